import { hostname, userInfo } from 'node:os'
import type { Knex } from 'knex'
import { steps } from '../steps'
import { besides } from '../warehouse'

/** What a load did to the star: rows written per table, and the audits that passed. */
export interface Publication {
  changed: Record<string, number>
  audits: number
}

/** A load, as the ledger tells of it. */
export interface Load {
  loaded_at: string
  finished_at: string
  state: 'loaded' | 'undone' | 'reloaded'
  files: number
  /** Of the files, as they are stored. */
  bytes: number
  /** Rows that COPY wrote. */
  staged: number
  changed: Record<string, number>
  audits: number
  user_name: string
  host_name: string
}

// Who waits longer than this is told for whom.
const silence = 1000

/**
 * Takes the lock of loads for the transaction: before anything is read, so that what is read is current.
 * Waits for a load that is under way, and says whose it is. The server frees the lock of a dead one.
 */
export async function beginLoad(transaction: Knex): Promise<void> {
  const telling = setTimeout(() => {
    void besides(transaction, tellWhoLoads).catch(() => {})
  }, silence)
  try {
    await transaction.raw('lock load_lock')
  } finally {
    clearTimeout(telling)
  }
}

interface Holder {
  txn_owner: string
  pid: number
  txn_start: string
}

async function tellWhoLoads(knex: Knex): Promise<void> {
  const { rows } = await knex.raw<{ rows: Holder[] }>(
    `select txn_owner, pid, txn_start
    from svv_transactions
    where relation = (select oid from pg_class where relname = 'load_lock') and granted`,
  )
  for (const { txn_owner, pid, txn_start } of rows) {
    steps.emit(
      'notice',
      `Another load is under way, of ${txn_owner} since ${txn_start} UTC (session ${pid}): waiting.`,
    )
  }
}

/** True where the load of this transaction staged files. */
export async function hasStaged(transaction: Knex): Promise<boolean> {
  const { rows } = await transaction.raw<{ rows: unknown[] }>(
    'select 1 from load_files where loaded_at = sysdate limit 1',
  )
  return rows.length > 0
}

/** Enters the load of this transaction, whose files are entered already. */
export async function publishLoad(
  transaction: Knex,
  { changed, audits }: Publication,
): Promise<void> {
  const staged = `
    (select count(*) from staging_events where loaded_at = sysdate)
    + (select count(*) from staging_songs where loaded_at = sysdate)`
  await transaction.raw(
    `insert into loads (
      loaded_at, finished_at, state, files, bytes, staged, changed, audits, user_name, host_name
    )
    select sysdate, getdate(), 'loaded', count(*), nvl(sum(size), 0), ${staged}, ?, ?, ?, ?
    from load_files
    where loaded_at = sysdate and state = 'loaded'`,
    [JSON.stringify(changed), audits, userInfo().username, hostname()],
  )
}

/** The loads, the latest first. */
export async function listLoads(knex: Knex): Promise<Load[]> {
  const { rows } = await knex.raw<{ rows: (Omit<Load, 'changed'> & { changed: string })[] }>(
    'select * from loads order by loaded_at desc',
  )
  return rows.map((row) => ({ ...row, changed: JSON.parse(row.changed) as Load['changed'] }))
}

/** The load that undo would take back; undefined where there is none. */
export async function latestLoad(knex: Knex): Promise<string | undefined> {
  const { rows } = await knex.raw<{ rows: { loaded_at: string | null }[] }>(
    `select to_char(max(loaded_at), 'YYYY-MM-DD HH24:MI:SS.US') as loaded_at
    from loads where state = 'loaded'`,
  )
  return rows[0]?.loaded_at ?? undefined
}

/** Removes what a load staged, and its files from the ledger. @returns the rows that were staged */
export async function removeStaged(transaction: Knex, isOfLoad: string): Promise<number> {
  let removed = 0
  for (const table of ['staging_events', 'staging_songs']) {
    const { rowCount } = await transaction.raw<{ rowCount: number }>(
      `delete from ${table} where ${isOfLoad}`,
    )
    removed += rowCount
  }
  await transaction.raw(`delete from load_files where ${isOfLoad}`)
  await transaction.raw(`update loads set state = 'undone' where ${isOfLoad}`)
  return removed
}
