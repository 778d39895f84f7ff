import type { Knex } from 'knex'
import { tracer } from '../compact/origin'
import { UsageError } from '../errors'
import type { StoredFile } from '../load/ledger'
import { type Source, sources } from '../load/sources'
import type { Attempt } from './attempt'
import { type Which, loggedErrors, ofLatest, ofQuery, ofSession, ofTime } from './error-log'
import type { Diagnosis, LoggedError } from './finding'
import { type Context, findingsOf } from './findings'
import { keyOfColumns } from './json-paths'
import { missingRows } from './missing-rows'
import { type Copied, silentFaults } from './silent'
import { bucketsOf, readSmall } from './stored-text'
import { declaredColumns, sourceOf, tableOf } from './table'
import { pathsFinding, wholeFaults } from './whole-copy'

/**
 * Why a COPY failed, or which rows it passed over; no findings where none did.
 * @param query the number of the COPY; the latest that has errors for none
 */
export function diagnose(knex: Knex, query?: number): Promise<Diagnosis> {
  return diagnosisOf(knex, query === undefined ? ofLatest : ofQuery(query))
}

/** Why the COPY failed that a transaction was at, once that transaction is over. */
export async function diagnoseFailure(
  knex: Knex,
  { source, files, ...session }: Attempt,
  error: unknown,
): Promise<Diagnosis> {
  const logged = await diagnosisOf(knex, ofSession(session))
  const paths = await misreadPaths(knex, source, files)
  const whole = logged.findings.length > 0 ? paths : await wholeFaults(knex, source, files, error)
  return { table: source.table, ...logged, findings: [...whole, ...logged.findings] }
}

/**
 * What a load that succeeded passed over or left out.
 * @param loadedAt as `sparkify loads` tells it
 * @throws UsageError where there is no such load
 */
export async function diagnoseLoad(knex: Knex, loadedAt: string): Promise<Diagnosis> {
  const { from, to } = await timesOf(knex, loadedAt)
  const passed = await diagnosisOf(knex, ofTime(from, to))
  const findings = [...passed.findings]
  for (const source of sources(knex)) {
    const copied = await copiedFrom(knex, source, from)
    if (copied.files.length === 0) continue
    findings.push(...(await silentFaults(knex, copied)))
    const rows = await countRows(knex, copied)
    findings.push(...(await missingRows(knex, copied, rows)))
  }
  return { ...passed, findings }
}

async function diagnosisOf(knex: Knex, which: Which): Promise<Diagnosis> {
  const errors = await loggedErrors(knex, which)
  const [first] = errors
  if (!first) return { findings: [] }
  const { query, at } = first
  const context = await contextOf(knex, first)
  return { query, at, table: context.table, findings: await findingsOf(errors, context) }
}

async function contextOf(knex: Knex, { tableId, url }: LoggedError): Promise<Context> {
  const buckets = await bucketsOf(knex)
  const known = await tableOf(knex, tableId)
  const source = sourceOf(knex, known, url)
  const table = known ?? source?.table ?? `table ${tableId}`
  const paths = source?.json.startsWith('s3://')
    ? await readSmall(buckets, source.json).catch(() => undefined)
    : undefined
  return {
    buckets,
    table,
    source,
    declared: await declaredColumns(knex, table),
    keys: keyOfColumns(source ?? { columns: [] }, paths),
    originOf: tracer(buckets),
  }
}

// A JSONPaths file without "jsonpaths" fails no COPY by itself, and the rows for it.
async function misreadPaths(knex: Knex, source: Source, files: StoredFile[]) {
  const found = await pathsFinding(await bucketsOf(knex), source, files).catch(() => undefined)
  return found ? [found] : []
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
  return { ...source, files: rows, isOfLoad: `loaded_at = timestamp '${from}'` }
}

async function countRows(knex: Knex, { table, isOfLoad }: Copied): Promise<number> {
  const { rows } = await knex.raw<{ rows: { count: number }[] }>(
    `select count(*) as count from ${table} where ${isOfLoad}`,
  )
  return rows[0]!.count
}
