import type { Knex } from 'knex'
import { type Source, sources } from '../../sources/index'
import { type OriginOf, tracer } from '../load/compact-part'
import type { StoredFile } from '../load/ledger'
import { UsageError } from '../warehouse/errors'
import { loggedErrors, ofLatest, ofQuery, ofSession, ofTime, type Which } from './error-log'
import { type FileRecord, recordAt, textOf } from './records'
import { remedyFor } from './remedies'
import { type Copied, missingRows, silentFaults } from './silent'
import type { Attempt } from './watch'
import {
  type Buckets,
  bucketsOf,
  firstBytes,
  keyOfColumns,
  pathsFinding,
  readSmall,
  wholeFaults,
} from './whole-copy'

/** What is known of the table that errors are of, and of its files. */
interface Context {
  buckets: Buckets
  table: string
  source: Source | undefined
  declared: DeclaredColumn[]
  /** The JSON key that each column is filled from. */
  keys: Map<string, string>
  /** From a compacted part to the original file. */
  originOf: OriginOf
}

const mostExamples = 3

/** Findings of logged errors: one per column and code, the most frequent first. */
async function findingsOf(errors: LoggedError[], context: Context): Promise<Finding[]> {
  const groups = new Map<string, LoggedError[]>()
  for (const error of errors) {
    const key = JSON.stringify([error.column, error.code])
    groups.set(key, [...(groups.get(key) ?? []), error])
  }
  const findings: Finding[] = []
  for (const group of groups.values()) findings.push(await findingOf(group, context))
  return findings.sort((one, other) => other.count - one.count)
}

async function findingOf(logged: LoggedError[], context: Context): Promise<Finding> {
  const errors = await withOrigins(logged, context)
  const fault = await faultOf(errors, context)
  const { needed, advice } = remedyFor(fault)
  const declared = fault.declared?.type ?? typeOf(fault)
  return {
    what: fault.reason,
    code: fault.code,
    count: errors.length,
    ...(fault.column && { column: fault.column }),
    ...(declared && { declared }),
    ...(needed && { needed: needed(fault) }),
    examples: errors.slice(0, mostExamples).map(({ url, line, value, rawLine }) => {
      const shown = fault.column ? value : rawLine
      return { url, line, ...(shown && { value: shown.slice(0, 200) }) }
    }),
    remedy: advice(fault),
  }
}

async function withOrigins(errors: LoggedError[], { originOf }: Context): Promise<LoggedError[]> {
  const translated = []
  for (const error of errors) {
    // Where the provenance cannot be read, the part is what can be named.
    const origin = await originOf(error.url, error.line).catch(() => ({}))
    translated.push({ ...error, ...origin })
  }
  return translated
}

async function faultOf(errors: LoggedError[], context: Context): Promise<Fault> {
  const [first] = errors as [LoggedError]
  const { code, reason, column, type, length, url, line, position } = first
  const record = await readRecord(first, context)
  const key = context.keys.get(column) ?? column
  const written = record && textOf((record.value as Record<string, unknown> | undefined)?.[key])
  const value = longest([first.value ?? '', written ?? ''])
  const values = errors.map((error) => error.value ?? '').concat(value)
  const declared = context.declared.find(({ name }) => name === column)
  return {
    table: context.table,
    code,
    reason,
    column,
    type,
    length,
    ...(declared && { declared }),
    values: values.filter((text) => text !== ''),
    bytes: Math.max(...values.map((text) => Buffer.byteLength(text))),
    first: { url, line, position, rawLine: first.rawLine ?? record?.text ?? '', value },
    ...(record && { record }),
    head: await firstBytes(context.buckets, url, 4).catch(() => ''),
    key,
    json: context.source?.json ?? 'auto',
  }
}

// The log cuts lines and values at 1,024 bytes; sys_load_error_detail has none.
async function readRecord(
  { url, line }: LoggedError,
  { buckets }: Context,
): Promise<FileRecord | undefined> {
  // What the log has is enough to go on where the file cannot be read.
  return recordAt(buckets, url, line).catch(() => undefined)
}

function longest(texts: string[]): string {
  return texts.reduce((one, other) => (other.length > one.length ? other : one))
}

function typeOf({ type, length }: Fault): string {
  return /^[1-9]/.test(length) ? `${type}(${length})` : type
}

/** The columns of a table as they are declared; none where there is no such table. */
export async function declaredColumns(knex: Knex, table: string): Promise<DeclaredColumn[]> {
  const { rows } = await knex.raw<{ rows: DeclaredColumn[] }>(
    `select trim("column") as name, trim(type) as type, trim(encoding) as encoding, "notnull"
    from pg_table_def where tablename = ?`,
    [table],
  )
  return rows
}

/** The name of a table by its number; undefined where it is there no more. */
async function tableOf(knex: Knex, id: number): Promise<string | undefined> {
  const { rows } = await knex.raw<{ rows: { name: string }[] }>(
    'select relname as name from pg_class where oid = ?',
    [id],
  )
  return rows[0]?.name
}

/** The source that fills a table, or that a file belongs to. */
function sourceOf(knex: Knex, table: string | undefined, url: string): Source | undefined {
  const all = sources(knex)
  return (
    all.find((source) => source.table === table) ?? all.find(({ from }) => url.startsWith(from))
  )
}

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

/** Where a fault shows. */
interface Example {
  url: string
  /** The last line of the record, from 1 on. */
  line?: number
  value?: string
}

/** What to do about a fault. */
export interface Advice {
  /** In a sentence. */
  says: string
  /** To be pasted: a migration's body, an option of COPY, a JSONPaths file, or the line to change. */
  paste?: string
}

/** One kind of fault: all its cases in one column. */
export interface Finding {
  /** In the server's words, where it said something. */
  what: string
  /** err_code of stl_load_errors. */
  code?: number
  /** How often it was logged. */
  count: number
  column?: string
  /** The column's type with its length. */
  declared?: string
  /** The type that would take the values. */
  needed?: string
  examples: Example[]
  remedy: Advice
}

/** Why a COPY failed, or what it passed over. */
export interface Diagnosis {
  /** The number of the COPY, where its errors were logged. */
  query?: number
  table?: string
  /** When the COPY began, UTC. */
  at?: string
  findings: Finding[]
}

/** A row that COPY could not load, as Redshift logged it. */
export interface LoggedError {
  query: number
  tableId: number
  at: string
  url: string
  line: number
  /** '' where the whole record is wrong. */
  column: string
  type: string
  length: string
  position: number
  code: number
  reason: string
  /** The beginning of the record. Not in sys_load_error_detail. */
  rawLine?: string
  value?: string
}

/** How a column is declared. */
export interface DeclaredColumn {
  name: string
  /** With its length: character varying(1024). */
  type: string
  encoding: string
  notnull: boolean
}

/** The errors of one column and code, and what is known of them: what a remedy is chosen by. */
export interface Fault {
  table: string
  code: number
  reason: string
  /** '' where the whole record is wrong. */
  column: string
  /** As the log has it: int4, varchar. */
  type: string
  length: string
  declared?: DeclaredColumn
  /** The values that were refused, as far as they are known. */
  values: string[]
  /** Of the longest value. */
  bytes: number
  /** The first of the errors. */
  first: Pick<LoggedError, 'url' | 'line' | 'position'> & { rawLine: string; value: string }
  /** The record that the first error is of, where it could be read. */
  record?: FileRecord
  /** The first four bytes of the file, in hex; '' where it could not be read. */
  head: string
  /** The JSON key that the column is filled from. */
  key: string
  /** What COPY is told of the JSON: 'auto', or a JSONPaths file's URL. */
  json: string
}

/** A diagnosis for people. */
export function formatDiagnosis({ query, table, at, findings }: Diagnosis): string {
  if (findings.length === 0) return 'There are no errors of COPY.'
  const copy = [table && `COPY into ${table}`, query && `query ${query}`, at && `${at} UTC`]
  const head = copy.filter(Boolean).join(', ') || 'COPY'
  return [`${head}:`, ...findings.map(formatFinding)].join('\n\n')
}

function formatFinding(finding: Finding, index: number): string {
  const { what, code, count, column, declared, needed, examples, remedy } = finding
  const title = [column, what].filter(Boolean).join(': ')
  const cases = [code && `code ${code}`, count > 1 && `${count} times`].filter(Boolean).join(', ')
  const types = [declared && `declared ${declared}`, needed && `needed ${needed}`]
  const head = `${index + 1}. ${title}${cases && ` (${cases})`}`
  const facts = [types.filter(Boolean).join(', '), ...examples.map(formatExample), remedy.says]
  const paste = remedy.paste === undefined ? [] : remedy.paste.split('\n')
  return [
    head,
    ...facts.filter((line) => line !== '').map((line) => `   ${line}`),
    ...paste.map((line) => line && `       ${line}`),
  ].join('\n')
}

function formatExample({ url, line, value }: Example): string {
  const place = line === undefined ? url : `${url}, line ${line}`
  return value === undefined ? place : `${place}: ${JSON.stringify(value)}`
}
