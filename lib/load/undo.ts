import type { Knex } from 'knex'
import { models } from '../../models/index'
import { stagingTables } from '../../sources/index'
import { columnsOfFiles } from '../../sources/source'
import type { Warning } from '../warehouse/steps'
import { exactTime } from '../warehouse/times'
import { beginLoad, latestLoad, ofLoad, recountLoads } from './ledger'
import { captureAffected, refreshStar } from './refresh'
import { putBack } from './replaced'

/** What an undo does to a table. */
export interface UndoneTable {
  name: string
  removed: number
  /** Brought back, or written anew. */
  added: number
}

/** What an undo does: the files whose rows go, those of which the former rows come back, and the rows. */
export interface Undone {
  loaded_at: string
  files: { removed: string[]; returned: string[] }
  /** Staging tables first. */
  tables: UndoneTable[]
  /** What audits warned of, of what is left. */
  warnings: Warning[]
}

/**
 * Takes back the latest load, in one transaction: its rows and files go, what it replaced comes back.
 * @param dryRun finds out what it does, and leaves everything as it is
 * @returns undefined where there is no load
 */
export async function undo(knex: Knex, { dryRun = false } = {}): Promise<Undone | undefined> {
  const transaction = await knex.transaction()
  try {
    const undone = await undoLatest(transaction)
    await (dryRun ? transaction.rollback() : transaction.commit())
    return undone
  } catch (error) {
    if (!transaction.isCompleted()) await transaction.rollback()
    throw error
  }
}

async function undoLatest(transaction: Knex): Promise<Undone | undefined> {
  await beginLoad(transaction)
  const load = await latestLoad(transaction)
  if (load === null) return undefined
  await captureAffected(transaction, { loadPredicate: ofLoad(load), came: false })
  const staged = []
  for (const { name, columns } of stagingTables) {
    const { rowCount: removed } = await transaction.raw<{ rowCount: number }>(
      `delete from ${name} where ${ofLoad(load)}`,
    )
    const source = { table: name, columns: columnsOfFiles(columns) }
    staged.push({ name, removed, added: await putBack(transaction, source, load) })
  }
  const files = await undoFiles(transaction, load)
  const { removed, changed, warnings } = await refreshStar(transaction, [])
  const built = models.map(({ name }) => ({ name, removed: removed[name]!, added: changed[name]! }))
  return { loaded_at: load, files, tables: [...staged, ...built], warnings }
}

/** Makes the ledger what it was before a load. */
async function undoFiles(transaction: Knex, load: string): Promise<Undone['files']> {
  const removed = await urlsOf(transaction, `load_files where ${ofLoad(load)} and state = 'loaded'`)
  await transaction.raw(`delete from load_files where ${ofLoad(load)}`)
  await transaction.raw(`update loads set state = 'undone' where ${ofLoad(load)}`)
  return { removed, returned: await returnFiles(transaction, load) }
}

async function returnFiles(transaction: Knex, load: string): Promise<string[]> {
  // The warehouse of a former version has none until its next run.
  if (!(await transaction.schema.hasTable('load_files_replaced'))) return []
  const replaced = `load_files_replaced where replaced_by = timestamp '${load}'`
  const returned = await urlsOf(transaction, replaced)
  const { rows } = await transaction.raw<{ rows: { load: string }[] }>(
    `select distinct ${exactTime('loaded_at')} as load from ${replaced}`,
  )
  await transaction.raw(
    `insert into load_files (url, etag, size, table_name, loaded_at, state)
    select url, etag, size, table_name, loaded_at, 'loaded' from ${replaced}`,
  )
  await transaction.raw(`delete from ${replaced}`)
  await recountLoads(
    transaction,
    rows.map((row) => row.load),
  )
  return returned
}

async function urlsOf(knex: Knex, from: string): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { url: string }[] }>(
    `select url from ${from} order by url`,
  )
  return rows.map(({ url }) => url)
}
