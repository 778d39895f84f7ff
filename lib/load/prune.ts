import type { Knex } from 'knex'
import { stagingTables } from '../../sources/index'
import { objectStoreOf } from '../warehouse/connect'
import { exactTime } from '../warehouse/times'
import { beginLoad, latestLoad } from './ledger'
import { discardReplaced } from './replaced'
import { listWork } from './work-data'

interface PruneOptions {
  /** Only what is older than so many days goes; of WORK_DATA everything that no load reads. */
  days: number
  /** Also the former rows that an undo could bring back; those of the latest load stay. */
  replaced: boolean
  /** Finds out what would go, and leaves it. */
  dryRun: boolean
}

/** What a pruning removes. */
export interface Pruned {
  /** Details of loads before this time, UTC. */
  before: string
  /** Loads that are undone, or replaced as a whole with nothing left that could bring them back. */
  loads: string[]
  /** Former rows that undo can bring back no more, by staging table. */
  replaced: { table: string; rows: number }[]
  /** The loads whose undo would have brought them back. */
  unreplaced: string[]
  /** Rows that audits had kept before that time. */
  auditRows: number
  /** Manifests and lists of files that this warehouse's loads have left under WORK_DATA. */
  work: string[]
}

/**
 * Removes what the ledger keeps of former loads and nothing needs, and what loads left under WORK_DATA, in one
 * transaction, while no load is under way. Which files are loaded stays, and the latest load can be undone as
 * before.
 */
export async function prune(knex: Knex, options: PruneOptions): Promise<Pruned> {
  const transaction = await knex.transaction()
  try {
    const pruned = await pruneWithin(transaction, options)
    if (options.dryRun) await transaction.rollback()
    else {
      // Before the commit: the lock keeps loads from writing them. Whoever is killed here prunes again.
      const store = await objectStoreOf(knex)
      for (const url of pruned.work) await store.remove(url)
      await transaction.commit()
    }
    return pruned
  } catch (error) {
    if (!transaction.isCompleted()) await transaction.rollback()
    throw error
  }
}

async function pruneWithin(transaction: Knex, { days, replaced }: PruneOptions): Promise<Pruned> {
  await beginLoad(transaction)
  const cutoff = await namesOf(transaction, `select dateadd(day, -${days}, sysdate) as loaded_at`)
  const before = cutoff[0]!
  const given = replaced
    ? await pruneReplaced(transaction, before)
    : { replaced: [], unreplaced: [] }
  const loads = await pruneLoads(transaction, before)
  const auditRows = await pruneAuditRows(transaction, before)
  return { before, loads, ...given, auditRows, work: await listWork(transaction) }
}

async function pruneReplaced(
  transaction: Knex,
  before: string,
): Promise<Pick<Pruned, 'replaced' | 'unreplaced'>> {
  const latest = await latestLoad(transaction)
  if (latest === null) return { replaced: [], unreplaced: [] }
  const old = `replaced_by < timestamp '${before}' and replaced_by <> timestamp '${latest}'`
  const unreplaced = await namesOf(
    transaction,
    `select distinct replaced_by as loaded_at from load_files_replaced where ${old}`,
  )
  const counted = []
  for (const { name } of stagingTables)
    counted.push({ table: name, rows: await discardReplaced(transaction, name, old) })
  await transaction.raw(`delete from load_files_replaced where ${old}`)
  return { replaced: counted.filter(({ rows }) => rows > 0), unreplaced }
}

async function pruneAuditRows(transaction: Knex, before: string): Promise<number> {
  // The warehouse of a former version has none until its next run.
  if (!(await transaction.schema.hasTable('audit_rows'))) return 0
  const { rowCount } = await transaction.raw<{ rowCount: number }>(
    `delete from audit_rows where audited_at < timestamp '${before}'`,
  )
  return rowCount
}

async function pruneLoads(transaction: Knex, before: string): Promise<string[]> {
  const old = `loaded_at < timestamp '${before}' and (
    state = 'undone'
    or state = 'reloaded' and loaded_at not in (
      select loaded_at from load_files_replaced union all select replaced_by from load_files_replaced
    )
  )`
  const loads = await namesOf(transaction, `select loaded_at from loads where ${old}`)
  await transaction.raw(`delete from loads where ${old}`)
  return loads
}

/** The loads that a query gives, the first one first. */
async function namesOf(knex: Knex, query: string): Promise<string[]> {
  const { rows } = await knex.raw<{ rows: { load: string }[] }>(
    `select ${exactTime('loaded_at')} as load from (${query}) as loads order by loaded_at`,
  )
  return rows.map(({ load }) => load)
}
