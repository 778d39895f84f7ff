import { hostname, userInfo } from 'node:os'
import type { Knex } from 'knex'
import { s3Location } from '../../object-store/store'
import { stagingTables } from '../../sources/index'
import type { Source, StoredFile } from '../../sources/source'
import { objectStoreOf, withOwnConnection } from '../warehouse/connect'
import { DataRefused } from '../warehouse/errors'
import { steps } from '../warehouse/steps'

/** A file that does not load. */
export interface BadFile extends StoredFile {
  /** What is wrong with it. */
  reason: string
}

/** The files of a source, held against the ledger. */
export interface FileDiff {
  /** Not in the ledger, or changed since they were put in quarantine: to be loaded. */
  new: StoredFile[]
  /** Loaded, with another etag. */
  changed: StoredFile[]
  /** Loaded, and not in the bucket. */
  missing: string[]
  /** No data: the JSONPaths file, manifests, folder markers. */
  ignored: string[]
  /** How many are in the ledger. */
  known: number
}

/** True where the migrations have made the ledger. */
export function hasLedger(knex: Knex): Promise<boolean> {
  return knex.schema.hasTable('load_files')
}

/** Lists a source and holds it against the ledger, where there is one yet; nothing is changed. */
export async function diffFiles(knex: Knex, source: Source): Promise<FileDiff> {
  const listed = await list(knex, source)
  const entered = (await hasLedger(knex))
    ? await enteredFiles(knex, source.table)
    : new Map<string, Entry>()
  const ignored = listed.filter(({ url }) => !isData(url, source)).map(({ url }) => url)
  const files = listed.filter(({ url }) => isData(url, source))
  const there = new Set(files.map(({ url }) => url))
  const differs = ({ url, etag }: StoredFile, state: Entry['state']) => {
    const entry = entered.get(url)
    return entry?.state === state && entry.etag !== etag
  }
  return {
    new: files.filter((file) => !entered.has(file.url) || differs(file, 'quarantined')),
    changed: files.filter((file) => differs(file, 'loaded')),
    missing: [...entered.values()]
      .filter(({ url, state }) => state === 'loaded' && url.startsWith(source.from))
      .flatMap(({ url }) => (there.has(url) ? [] : [url])),
    ignored,
    known: entered.size,
  }
}

// 32,767 bindings are the most that Redshift takes; six a row.
const rowsAtOnce = 5000

/** Enters files as staged by the load of this transaction; those with a reason as quarantined. */
export async function enterFiles(
  knex: Knex,
  table: string,
  files: (StoredFile | BadFile)[],
): Promise<void> {
  for (let from = 0; from < files.length; from += rowsAtOnce) {
    const some = files.slice(from, from + rowsAtOnce)
    const rows = some.map(() => '(?, ?, ?, ?, ?, ?, sysdate)').join(', ')
    const values = some.flatMap((file) => [...entryOf(file), table])
    await knex.raw(
      `insert into load_files (url, etag, size, state, reason, table_name, loaded_at) values ${rows}`,
      values,
    )
  }
  await knex.raw(forgetFormerQuarantine, [table, table])
}

// A file that changed is tried again, and entered again.
const forgetFormerQuarantine = `
  delete from load_files
  where table_name = ? and state = 'quarantined' and loaded_at < sysdate
    and url in (select url from load_files where table_name = ? and loaded_at = sysdate)`

function entryOf(file: StoredFile | BadFile) {
  const reason = 'reason' in file ? file.reason.slice(0, 256) : null // varchar(1024), in bytes
  return [file.url, file.etag, file.size, reason === null ? 'loaded' : 'quarantined', reason]
}

/**
 * The loads that brought the changed files, as a condition on staged rows. A staged row knows its load
 * and not its file, so these loads are staged again as a whole.
 * @throws DataRefused where another of their files no longer exists, and its rows would be lost
 */
export async function replacedLoads(
  knex: Knex,
  { table }: Source,
  { changed, missing }: FileDiff,
): Promise<string> {
  const { rows } = await knex.raw<{ rows: { url: string; load: string }[] }>(
    `select url, to_char(loaded_at, 'YYYY-MM-DD HH24:MI:SS.US') as load
    from load_files where table_name = ? and state = 'loaded'`,
    [table],
  )
  const urls = new Set(changed.map(({ url }) => url))
  const loads = new Set(rows.filter(({ url }) => urls.has(url)).map(({ load }) => load))
  const lost = rows.filter(({ url, load }) => loads.has(load) && missing.includes(url))
  if (lost.length > 0) {
    throw new DataRefused(
      `A changed file is loaded again with all files of its load, and ${lost[0]!.url} no longer exists ` +
        `(${lost.length} such files): put them back, or leave out --reload.`,
    )
  }
  return `loaded_at in (${[...loads].map((load) => `timestamp '${load}'`).join(', ')})`
}

/** Removes what loads staged into a table, and their files from the ledger. */
export async function forgetLoads(
  knex: Knex,
  { table }: Source,
  loadPredicate: string,
): Promise<void> {
  await knex.raw(`delete from ${table} where ${loadPredicate}`)
  await knex.raw(`delete from load_files where table_name = ? and ${loadPredicate}`, [table])
  await knex.raw(
    `update loads set state = 'reloaded'
    where ${loadPredicate} and loaded_at not in (select loaded_at from load_files)`,
  )
}

async function list(knex: Knex, { from, table }: Source): Promise<StoredFile[]> {
  const buckets = await objectStoreOf(knex)
  const files: StoredFile[] = []
  for await (const { url, etag = '', size = 0 } of buckets.list(from))
    files.push({ url, etag, size })
  if (files.length > 0) return files
  throw new DataRefused(
    `The specified S3 prefix '${s3Location(from).key}' does not exist: the files of ${table} are expected at ${from}`,
  )
}

interface Entry {
  url: string
  etag: string
  state: 'loaded' | 'quarantined'
}

async function enteredFiles(knex: Knex, table: string): Promise<Map<string, Entry>> {
  const { rows } = await knex.raw<{ rows: Entry[] }>(
    'select url, etag, state from load_files where table_name = ?',
    [table],
  )
  return new Map(rows.map((entry) => [entry.url, entry]))
}

function isData(url: string, { json }: Source): boolean {
  return url !== json && !/(\/|_\$folder\$|\.manifest)$/.test(url)
}

/** What a load did to the star: rows written per table, and the audits that passed. */
interface Publication {
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

/** True where the load of this transaction staged files. */
export async function hasStaged(transaction: Knex): Promise<boolean> {
  const { rows } = await transaction.raw<{ rows: unknown[] }>(
    'select 1 from load_files where loaded_at = sysdate limit 1',
  )
  return rows.length > 0
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
  { changed, audits }: Publication,
): Promise<void> {
  const staged = stagingTables
    .map(({ name }) => `(select count(*) from ${name} where ${thisLoad})`)
    .join(' + ')
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
export async function removeStaged(transaction: Knex, loadPredicate: string): Promise<number> {
  let removed = 0
  for (const { name } of stagingTables) {
    const { rowCount } = await transaction.raw<{ rowCount: number }>(
      `delete from ${name} where ${loadPredicate}`,
    )
    removed += rowCount
  }
  await transaction.raw(`delete from load_files where ${loadPredicate}`)
  await transaction.raw(`update loads set state = 'undone' where ${loadPredicate}`)
  return removed
}
