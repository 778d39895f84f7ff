import type { Knex } from 'knex'
import { sources } from '../../sources/index'
import { tables } from '../../models/index'
import { describe, exitCodeOf } from '../warehouse/errors'
import { diffFiles } from './file-diff'
import { hasLedger, latestLoad as latestLoadOf } from './ledger'

/** What a warehouse holds, and which files wait to be loaded. */
export interface WarehouseState {
  /** When its latest load was, UTC; null where nothing is loaded. */
  latestLoad: string | null
  /** Rows per table, staging first; none where nothing is loaded. */
  tables: { name: string; rows: number }[]
  newFiles: number
  /** Changed since they were loaded. */
  changedFiles: number
  quarantinedFiles: number
  /** Why the files of a source cannot be listed; null where they can. */
  filesFault: string | null
}

/** Looks at the ledger, the tables and the files; changes nothing. */
export async function stateOf(knex: Knex): Promise<WarehouseState> {
  const latestLoad = (await hasLedger(knex)) ? await latestLoadOf(knex) : null
  const counted = latestLoad === null ? [] : await countTables(knex)
  const files = { newFiles: 0, changedFiles: 0, quarantinedFiles: 0 }
  let filesFault: string | null = null
  for (const source of sources(knex)) {
    const diff = await diffFiles(knex, source).catch((error: unknown) => {
      if (![3, 4].includes(exitCodeOf(error))) throw error
      filesFault ??= describe(error)
    })
    if (!diff) continue
    files.newFiles += diff.new.length
    files.changedFiles += diff.changed.length
    files.quarantinedFiles += diff.quarantined.length
  }
  return { latestLoad, tables: counted, ...files, filesFault }
}

/** The rows of tables, all where none are named, counted by one statement. */
export async function countTables(
  knex: Knex,
  names = tables.map(({ name }) => name),
): Promise<{ name: string; rows: number }[]> {
  if (names.length === 0) return []
  const counts = names.map((name) => `(select count(*) from ${name}) as ${name}`)
  const { rows } = await knex.raw<{ rows: Record<string, number>[] }>(`select ${counts.join(', ')}`)
  return Object.entries(rows[0]!).map(([name, rows]) => ({ name, rows }))
}
