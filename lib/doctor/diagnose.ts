import type { Knex } from 'knex'
import { sources } from '../../sources/index'
import type { Source, StoredFile } from '../../sources/source'
import { objectStoreOf } from '../warehouse/connect'
import { UsageError } from '../warehouse/errors'
import { type CopySession, ofLatest, ofQuery, ofSession, ofTime } from './error-log'
import type { Diagnosis } from './finding'
import { pathsFinding } from './json-paths'
import { type OriginOf, rejectedRows } from './rejected-rows'
import { type Copied, missingRows, silentFaults } from './silent'
import { wholeFaults } from './whole-copy'

/** A COPY by its number; the latest that has errors for none. */
interface CopyByNumber {
  query?: number | undefined
}

/** The COPYs of a load that succeeded. */
interface CopiesOfLoad {
  /** As `sparkify loads` shows it. */
  loadedAt: string
}

/** A COPY that failed, its transaction rolled back. */
export interface FailedCopy {
  source: Source
  files: StoredFile[]
  session: CopySession
  /** What it failed with. */
  error: unknown
}

interface Delivered {
  /** Where the lines of compacted files came from; without it, they are their own origin. */
  originOf?: OriginOf
}

/** What is asked about. */
type CopyInQuestion = (CopyByNumber | CopiesOfLoad | FailedCopy) & Delivered

/**
 * Why a COPY failed, or which rows it rejected or left out; no findings where there is nothing.
 * @throws UsageError for a load that does not exist
 */
export async function diagnose(knex: Knex, copy: CopyInQuestion = {}): Promise<Diagnosis> {
  const { originOf = asDelivered } = copy
  if ('session' in copy) return diagnoseFailure(knex, copy, originOf)
  if ('loadedAt' in copy) return diagnoseLoad(knex, copy, originOf)
  return rejectedRows(knex, copy.query === undefined ? ofLatest : ofQuery(copy.query), originOf)
}

const asDelivered: OriginOf = (url, line) => Promise.resolve({ url, line })

async function diagnoseFailure(
  knex: Knex,
  { source, files, session, error }: FailedCopy,
  originOf: OriginOf,
): Promise<Diagnosis> {
  const logged = await rejectedRows(knex, ofSession(session), originOf)
  const store = await objectStoreOf(knex)
  if (logged.findings.length === 0)
    return { table: source.table, findings: await wholeFaults(store, source, files, error) }
  // A JSONPaths file without "jsonpaths" fails no COPY by itself, and the rows for it.
  const paths = await pathsFinding(store, source, files).catch(() => undefined)
  return { ...logged, findings: [paths ?? [], logged.findings].flat() }
}

async function diagnoseLoad(
  knex: Knex,
  { loadedAt }: CopiesOfLoad,
  originOf: OriginOf,
): Promise<Diagnosis> {
  const { from, to } = await timesOf(knex, loadedAt)
  const rejected = await rejectedRows(knex, ofTime(from, to), originOf)
  const findings = [...rejected.findings]
  for (const source of sources(knex)) {
    const copied = await copiedFrom(knex, source, from)
    if (copied.files.length === 0) continue
    findings.push(...(await silentFaults(knex, copied)))
    findings.push(...(await missingRows(knex, copied)))
  }
  return { ...rejected, findings }
}

// finished_at is in whole seconds: the next load may have begun by the end of the last one.
const times = `
  select to_char(loaded_at, 'YYYY-MM-DD HH24:MI:SS.US') as "from",
    to_char(least(dateadd(second, 1, finished_at), next), 'YYYY-MM-DD HH24:MI:SS.US') as "to"
  from (
    select loaded_at, finished_at, lead(loaded_at) over (order by loaded_at) as next from loads
  ) as every
  where to_char(loaded_at, 'YYYY-MM-DD HH24:MI:SS.US') like ?
  order by loaded_at desc
  limit 1`

async function timesOf(knex: Knex, loadedAt: string): Promise<{ from: string; to: string }> {
  const { rows } = await knex.raw<{ rows: { from: string; to: string }[] }>(times, [
    `${loadedAt.replace('T', ' ').replace(/Z$/, '')}%`,
  ])
  if (rows[0]) return rows[0]
  throw new UsageError(
    `There is no load ${loadedAt}: a time that \`sparkify loads\` shows is expected, or the number of a COPY.`,
  )
}

async function copiedFrom(knex: Knex, source: Source, from: string): Promise<Copied> {
  const { rows } = await knex.raw<{ rows: StoredFile[] }>(
    `select url, etag, size from load_files
    where table_name = ? and state = 'loaded' and loaded_at = ?::timestamp order by url`,
    [source.table, from],
  )
  return { source, files: rows, predicate: `loaded_at = timestamp '${from}'` }
}
