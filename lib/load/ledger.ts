import { hostname, userInfo } from 'node:os'
import type { Knex } from 'knex'
import { stagingTables } from '../../sources/index'
import { environmentOf, withOwnConnection } from '../warehouse/connect'
import { UsageError } from '../warehouse/errors'
import { steps, type Warning } from '../warehouse/steps'
import { exactTime } from '../warehouse/times'
import { loadOptionsOf, rejectedBy } from './load'

/** True where the migrations have made the ledger. */
export function hasLedger(knex: Knex): Promise<boolean> {
  return knex.schema.hasTable('load_files')
}

/** @throws UsageError where the migrations have not made the tables yet, which `what` needs */
export async function expectTables(knex: Knex, what: string): Promise<void> {
  if (await hasLedger(knex)) return
  throw new UsageError(
    `The warehouse (${environmentOf(knex)}) has no tables yet, and ${what} needs them: ` +
      '`sparkify run` makes and fills them.',
  )
}

/** What a load did to the star: rows removed and written per table, and the audits that passed, by table. */
interface Publication {
  removed: Record<string, number>
  changed: Record<string, number>
  audits: number
  audited: Record<string, string[]>
  warnings: Warning[]
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
  /** That passed. */
  audits: number
  /** Audits that warned; null where it was not noted. */
  warnings: number | null
  /** Bad rows that a COPY was to skip; null where it was not noted. */
  max_errors: number | null
  /** Bad rows that its COPYs skipped; null where it was not noted. */
  rejected: number | null
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
    void withOwnConnection(transaction, tellWhoLoads).catch(() => {})
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

/** The staging tables that the load of this transaction staged files of; of none where all were put in quarantine. */
export async function stagedTables(transaction: Knex): Promise<string[]> {
  const { rows } = await transaction.raw<{ rows: { table_name: string }[] }>(
    "select distinct table_name from load_files where loaded_at = sysdate and state = 'loaded'",
  )
  return rows.map(({ table_name }) => table_name)
}

/** Chooses the staged rows of the load of this transaction. */
export const thisLoad = 'loaded_at = sysdate'

/** Chooses the staged rows of a load. @param loadedAt as the ledger names it */
export function ofLoad(loadedAt: string): string {
  return `loaded_at = timestamp '${loadedAt}'`
}

/** Enters the load of this transaction, whose files are entered already. */
export async function publishLoad(
  transaction: Knex,
  { removed, changed, audits, audited, warnings }: Publication,
): Promise<void> {
  // By itself: a query that writes is not carried out by several processes.
  const counted = await transaction.raw<{ rows: { staged: number }[] }>(
    `select ${stagedBy(thisLoad)} as staged`,
  )
  await transaction.raw(
    `insert into loads (
      loaded_at, finished_at, state, files, bytes, staged, changed, audits, max_errors, rejected,
      removed, audited, warned, user_name, host_name
    )
    select sysdate, getdate(), 'loaded', count(*), nvl(sum(size), 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
    from load_files
    where loaded_at = sysdate and state = 'loaded'`,
    [
      counted.rows[0]!.staged,
      JSON.stringify(changed),
      audits,
      loadOptionsOf(transaction).maxErrors,
      rejectedBy(transaction).rows,
      JSON.stringify(removed),
      JSON.stringify(audited),
      warnedText(warnings),
      userInfo().username,
      hostname(),
    ],
  )
}

const longestText = 65_535 // bytes of a VARCHAR

/** Warnings as JSON: without their examples where it would be too long. */
function warnedText(warnings: Warning[]): string {
  const text = JSON.stringify(warnings)
  if (Buffer.byteLength(text) <= longestText) return text
  return JSON.stringify(warnings.map((each) => ({ ...each, example: {} })))
}

/** The number of rows that a load staged, as an expression. */
function stagedBy(loadPredicate: string): string {
  return stagingTables
    .map(({ name }) => `(select count(*) from ${name} where ${loadPredicate})`)
    .join(' + ')
}

/** Enters what is left of loads whose files a later one replaced, or what came back to them by its undo. */
export async function recountLoads(transaction: Knex, loads: string[]): Promise<void> {
  if (loads.length === 0) return
  const those = `loaded_at in (${loads.map((load) => `timestamp '${load}'`).join(', ')})`
  const staged = stagingTables.map(
    ({ name }) =>
      `left join (select loaded_at, count(*) as rows from ${name} where ${those} group by loaded_at) as ${name}
        on ${name}.loaded_at = of_load.loaded_at`,
  )
  await transaction.raw(
    `update loads set
      files = counted.files, bytes = counted.bytes, staged = counted.staged,
      state = case when counted.files = 0 then 'reloaded' else 'loaded' end
    from (
      select of_load.loaded_at, nvl(entered.files, 0) as files, nvl(entered.bytes, 0) as bytes,
        ${stagingTables.map(({ name }) => `nvl(${name}.rows, 0)`).join(' + ')} as staged
      from loads as of_load
      left join (
        select loaded_at, count(*) as files, sum(size) as bytes
        from load_files
        where state = 'loaded' and ${those}
        group by loaded_at
      ) as entered on entered.loaded_at = of_load.loaded_at
      ${staged.join('\n')}
      where of_load.${those}
    ) as counted
    where loads.loaded_at = counted.loaded_at`,
  )
}

/** A row of the ledger, and the text that names its load; a former version noted less. */
export interface LoadRow extends Omit<Load, 'changed' | 'warnings'> {
  name: string
  changed: string
  removed?: string | null
  audited?: string | null
  warned?: string | null
}

/** The load that a row of the ledger tells of. */
export function loadOf(row: LoadRow): Load {
  const { name, changed, max_errors = null, rejected = null, warned, ...rest } = row
  const { finished_at, state, files, bytes, staged, audits, user_name, host_name } = rest
  return {
    loaded_at: name,
    ...{ finished_at, state, files, bytes, staged },
    changed: JSON.parse(changed) as Load['changed'],
    audits,
    warnings: typeof warned === 'string' ? (JSON.parse(warned) as Warning[]).length : null,
    ...{ max_errors, rejected, user_name, host_name },
  }
}

/** The loads, the latest first. */
export async function listLoads(knex: Knex): Promise<Load[]> {
  const { rows } = await knex.raw<{ rows: LoadRow[] }>(
    `select *, ${exactTime('loaded_at')} as name from loads order by loads.loaded_at desc`,
  )
  return rows.map(loadOf)
}

/** The load that undo would take back; null where there is none. */
export async function latestLoad(knex: Knex): Promise<string | null> {
  const { rows } = await knex.raw<{ rows: { loaded_at: string | null }[] }>(
    `select ${exactTime('max(loaded_at)')} as loaded_at
    from loads where state = 'loaded'`,
  )
  return rows[0]!.loaded_at
}
