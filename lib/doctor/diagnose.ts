import type { Knex } from 'knex'
import { sources } from '../../sources/index'
import type { Source, StoredFile } from '../../sources/source'
import { objectStoreOf } from '../warehouse/connect'
import { UsageError } from '../warehouse/errors'
import { exactTime, typedTime } from '../warehouse/times'
import { type CopySession, ofLatest, ofQuery, ofSession, ofTime, tableIds } from './error-log'
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
 * Why COPYs failed, or which rows they rejected or left out: one diagnosis for each of which there is
 * something to say.
 * @throws UsageError for a load that does not exist
 */
export async function diagnose(knex: Knex, copy: CopyInQuestion = {}): Promise<Diagnosis[]> {
  const { originOf = asDelivered } = copy
  if ('session' in copy) return diagnoseFailure(knex, copy, originOf)
  if ('loadedAt' in copy) return diagnoseLoad(knex, copy, originOf)
  if (copy.query === undefined) return diagnoseLatest(knex, originOf)
  return rejectedRows(knex, ofQuery(copy.query), originOf)
}

const asDelivered: OriginOf = (url, line) => Promise.resolve({ url, line })

async function diagnoseFailure(
  knex: Knex,
  { source, files, session, error }: FailedCopy,
  originOf: OriginOf,
): Promise<Diagnosis[]> {
  const [logged] = await rejectedRows(knex, ofSession(session), originOf)
  const store = await objectStoreOf(knex)
  if (logged === undefined) {
    const findings = await wholeFaults(store, source, files, error)
    return saying({ table: source.table, findings })
  }
  // A JSONPaths file without "jsonpaths" fails no COPY by itself, and the rows for it.
  const paths = await pathsFinding(store, source, files).catch(() => undefined)
  return [{ ...logged, findings: [paths ?? [], logged.findings].flat() }]
}

function saying(diagnosis: Diagnosis): Diagnosis[] {
  return diagnosis.findings.length > 0 ? [diagnosis] : []
}

/** The latest COPY that has errors; with the others of its load, where that was published. */
async function diagnoseLatest(knex: Knex, originOf: OriginOf): Promise<Diagnosis[]> {
  const latest = await rejectedRows(knex, ofLatest, originOf)
  const [{ at, query } = {}] = latest
  if (at === undefined || !(await knex.schema.hasTable('loads'))) return latest
  const load = await timesOf(
    knex,
    "date_trunc('second', loaded_at) <= ?::timestamp and finished_at >= ?::timestamp",
    [at, at],
  )
  if (load === undefined) return latest
  const all: Diagnosis[] = []
  for (const source of sources(knex)) all.push(...(await rejectedOf(knex, source, load, originOf)))
  return all.some((each) => each.query === query) ? all : latest
}

/** When a load ran. */
interface Times {
  from: string
  to: string
}

async function rejectedOf(
  knex: Knex,
  { table }: Source,
  { from, to }: Times,
  originOf: OriginOf,
): Promise<Diagnosis[]> {
  return rejectedRows(knex, ofTime(await tableIds(knex, table), from, to), originOf)
}

async function diagnoseLoad(
  knex: Knex,
  { loadedAt }: CopiesOfLoad,
  originOf: OriginOf,
): Promise<Diagnosis[]> {
  const load = await timesOf(knex, `${exactTime('loaded_at')} like ?`, [typedTime(loadedAt)])
  if (load === undefined) {
    throw new UsageError(
      `There is no load ${loadedAt}: a time that \`sparkify loads\` shows is expected, or the number of a COPY.`,
    )
  }
  const diagnoses: Diagnosis[] = []
  for (const source of sources(knex)) {
    const copied = await copiedFrom(knex, source, load.from)
    if (copied.files.length === 0) continue
    const [logged] = await rejectedOf(knex, source, load, originOf)
    const findings = [
      ...(logged?.findings ?? []),
      ...(await silentFaults(knex, copied)),
      ...(await missingRows(knex, copied)),
    ]
    diagnoses.push(...saying({ table: source.table, ...logged, findings }))
  }
  return diagnoses
}

// finished_at is in whole seconds: the next load may have begun by the end of the last one.
const times = (condition: string) => `
  select ${exactTime('loaded_at')} as "from",
    ${exactTime('least(dateadd(second, 1, finished_at), next)')} as "to"
  from (
    select loaded_at, finished_at, lead(loaded_at) over (order by loaded_at) as next from loads
  ) as every
  where ${condition}
  order by loaded_at desc
  limit 1`

/** The latest of the loads that a condition holds of. */
async function timesOf(
  knex: Knex,
  condition: string,
  bindings: string[],
): Promise<Times | undefined> {
  const { rows } = await knex.raw<{ rows: Times[] }>(times(condition), bindings)
  return rows[0]
}

async function copiedFrom(knex: Knex, source: Source, from: string): Promise<Copied> {
  const { rows } = await knex.raw<{ rows: StoredFile[] }>(
    `select url, etag, size from load_files
    where table_name = ? and state = 'loaded' and loaded_at = ?::timestamp order by url`,
    [source.table, from],
  )
  return { source, files: rows, predicate: `loaded_at = timestamp '${from}'` }
}
