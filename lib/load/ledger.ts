import { hostname, userInfo } from 'node:os'
import type { Knex } from 'knex'
import { listAll } from '../../object-store/index'
import { s3Location } from '../../object-store/store'
import { stagingTables } from '../../sources/index'
import type { Source, StoredFile } from '../../sources/source'
import { objectStoreOf, withOwnConnection } from '../warehouse/connect'
import { DataRefused } from '../warehouse/errors'
import { steps } from '../warehouse/steps'
import { loadOptionsOf } from './load'

/** A file that does not load. */
export interface BadFile extends StoredFile {
  /** What is wrong with it. */
  reason: string
}

/** A file that is left alone until it changes. */
export interface QuarantinedFile extends BadFile {
  /** It was loaded as it was before, and the rows of then stay. */
  hasFormerRows: boolean
}

/** The files of a source, held against the ledger. */
export interface FileDiff {
  /** Not in the ledger, or changed since they were put in quarantine: to be loaded. */
  new: StoredFile[]
  /** Loaded, with another etag. */
  changed: StoredFile[]
  /** In quarantine as they are now. */
  quarantined: QuarantinedFile[]
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
  const { loaded, quarantined } = await enteredFiles(knex, source.table)
  const ignored = listed.filter(({ url }) => !isData(url, source)).map(({ url }) => url)
  const files = listed.filter(({ url }) => isData(url, source))
  const there = new Set(files.map(({ url }) => url))
  const isQuarantined = ({ url, etag }: StoredFile) => quarantined.get(url)?.etag === etag
  const others = files.filter((file) => !isQuarantined(file))
  return {
    new: others.filter(({ url }) => !loaded.has(url)),
    changed: others.filter(({ url, etag }) => loaded.has(url) && loaded.get(url)!.etag !== etag),
    quarantined: files.filter(isQuarantined).map((file) => ({
      ...file,
      reason: quarantined.get(file.url)!.reason ?? '',
      hasFormerRows: loaded.has(file.url),
    })),
    missing: [...loaded.keys()].filter((url) => url.startsWith(source.from) && !there.has(url)),
    ignored,
    known: loaded.size + quarantined.size,
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
}

/** Removes those from quarantine that changed, or no longer exist. */
export async function leaveQuarantine(
  knex: Knex,
  table: string,
  { quarantined }: FileDiff,
): Promise<void> {
  const staying = new Set(quarantined.map(({ url }) => url))
  const entered = await knex('load_files')
    .pluck<string[]>('url')
    .where({ table_name: table, state: 'quarantined' })
  const leaving = entered.filter((url) => !staying.has(url))
  await removeEntries(knex, table, 'quarantined', leaving)
}

/** Removes files of a state from the ledger. */
export async function removeEntries(
  knex: Knex,
  table: string,
  state: Entry['state'],
  urls: string[],
): Promise<void> {
  for (let from = 0; from < urls.length; from += rowsAtOnce) {
    const some = urls.slice(from, from + rowsAtOnce)
    await knex('load_files').where({ table_name: table, state }).whereIn('url', some).del()
  }
}

function entryOf(file: StoredFile | BadFile) {
  const reason = 'reason' in file ? file.reason.slice(0, 256) : null // varchar(1024), in bytes
  return [file.url, file.etag, file.size, reason === null ? 'loaded' : 'quarantined', reason]
}

async function list(knex: Knex, { from, table }: Source): Promise<StoredFile[]> {
  const buckets = await objectStoreOf(knex)
  const listed = await listAll(buckets, from)
  const files = listed.map(({ url, etag = '', size = 0 }) => ({ url, etag, size }))
  if (files.length > 0) return files
  throw new DataRefused(
    `The specified S3 prefix '${s3Location(from).key}' does not exist: the files of ${table} are expected at ${from}`,
  )
}

interface Entry {
  url: string
  etag: string
  state: 'loaded' | 'quarantined'
  reason: string | null
}

async function enteredFiles(
  knex: Knex,
  table: string,
): Promise<Record<Entry['state'], Map<string, Entry>>> {
  const rows = (await hasLedger(knex))
    ? await knex<Entry>('load_files')
        .select('url', 'etag', 'state', 'reason')
        .where({ table_name: table } as object)
    : []
  const inState = (wanted: Entry['state']) =>
    new Map(rows.filter(({ state }) => state === wanted).map((entry) => [entry.url, entry]))
  return { loaded: inState('loaded'), quarantined: inState('quarantined') }
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
  /** Bad rows that a COPY was to skip; null where it was not noted. */
  max_errors: number | null
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

/** True where the load of this transaction staged files; it did not where all were put in quarantine. */
export async function hasStaged(transaction: Knex): Promise<boolean> {
  const { rows } = await transaction.raw<{ rows: unknown[] }>(
    "select 1 from load_files where loaded_at = sysdate and state = 'loaded' limit 1",
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
  await transaction.raw(
    `insert into loads (
      loaded_at, finished_at, state, files, bytes, staged, changed, audits, max_errors, user_name, host_name
    )
    select sysdate, getdate(), 'loaded', count(*), nvl(sum(size), 0), ${stagedBy(thisLoad)}, ?, ?, ?, ?, ?
    from load_files
    where loaded_at = sysdate and state = 'loaded'`,
    [
      JSON.stringify(changed),
      audits,
      loadOptionsOf(transaction).maxErrors,
      userInfo().username,
      hostname(),
    ],
  )
}

/** The number of rows that a load staged, as an expression. */
function stagedBy(loadPredicate: string): string {
  return stagingTables
    .map(({ name }) => `(select count(*) from ${name} where ${loadPredicate})`)
    .join(' + ')
}

/** Enters what is left of loads whose files a later one replaced, or what came back to them by its undo. */
export async function recountLoads(transaction: Knex, loads: Iterable<string>): Promise<void> {
  for (const load of loads) {
    await transaction.raw(
      `update loads set
        files = entered.files, bytes = entered.bytes, staged = ${stagedBy(ofLoad(load))},
        state = case when entered.files = 0 then 'reloaded' else 'loaded' end
      from (
        select timestamp '${load}' as load, count(*) as files, nvl(sum(size), 0) as bytes
        from load_files
        where ${ofLoad(load)} and state = 'loaded'
      ) as entered
      where loads.loaded_at = entered.load`,
    )
  }
}

/** The loads, the latest first. */
export async function listLoads(knex: Knex): Promise<Load[]> {
  const { rows } = await knex.raw<{ rows: (Omit<Load, 'changed'> & { changed: string })[] }>(
    'select * from loads order by loaded_at desc',
  )
  return rows.map((row) => ({ ...row, changed: JSON.parse(row.changed) as Load['changed'] }))
}

/** A file in quarantine, as the ledger has it. */
export interface QuarantineEntry {
  table_name: string
  url: string
  reason: string
  /** The run that put it there. */
  loaded_at: string
}

/** The files that are in quarantine. */
export async function listQuarantined(knex: Knex): Promise<QuarantineEntry[]> {
  return knex<QuarantineEntry>('load_files')
    .select('table_name', 'url', 'reason', 'loaded_at')
    .where({ state: 'quarantined' } as object)
    .orderBy(['table_name', 'url'])
}

/** The load that undo would take back; undefined where there is none. */
export async function latestLoad(knex: Knex): Promise<string | undefined> {
  const { rows } = await knex.raw<{ rows: { loaded_at: string | null }[] }>(
    `select to_char(max(loaded_at), 'YYYY-MM-DD HH24:MI:SS.US') as loaded_at
    from loads where state = 'loaded'`,
  )
  return rows[0]?.loaded_at ?? undefined
}
