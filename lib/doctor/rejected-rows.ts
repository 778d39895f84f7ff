import type { Knex } from 'knex'
import { readStart } from '../../object-store/index'
import type { ObjectStore } from '../../object-store/store'
import { sources } from '../../sources/index'
import type { Source } from '../../sources/source'
import { objectStoreOf } from '../warehouse/connect'
import {
  type DeclaredColumn,
  declaredColumns,
  type LoggedError,
  loggedErrors,
  tableName,
  type Which,
} from './error-log'
import type { Fault } from './fault'
import { type Diagnosis, excerpt, type Finding, mostExamples } from './finding'
import { keysOfColumns } from './json-paths'
import { recordAt, textOf } from './records'
import { remedyFor } from './remedies'

/** From a file that COPY read, and a line of it, to the file as it was delivered, and the line there. */
export type OriginOf = (url: string, line: number) => Promise<{ url: string; line: number }>

/** The rows that the server rejected and logged: of each COPY, one finding per column and code. */
export async function rejectedRows(
  knex: Knex,
  which: Which,
  originOf: OriginOf,
): Promise<Diagnosis[]> {
  const diagnoses: Diagnosis[] = []
  for (const errors of groups(await loggedErrors(knex, which), ({ query }) => query))
    diagnoses.push(await diagnosisOf(knex, errors, originOf))
  return diagnoses
}

async function diagnosisOf(
  knex: Knex,
  errors: LoggedError[],
  originOf: OriginOf,
): Promise<Diagnosis> {
  const first = errors[0]!
  const target = await targetOf(knex, first)
  const findings: Finding[] = []
  for (const group of groups(errors, ({ column, code }) => JSON.stringify([column, code])))
    findings.push(await findingOf(await translated(group, originOf), target))
  // The most frequent first.
  findings.sort((one, other) => other.count - one.count)
  return { query: first.query, at: first.at, table: target.table, findings }
}

/** What is known of the table that errors are of, and of its files. */
interface Target {
  store: ObjectStore
  table: string
  source: Source | undefined
  declared: DeclaredColumn[]
  /** The JSON key that each column is filled from. */
  keys: Map<string, string>
}

async function targetOf(knex: Knex, { tableId, url }: LoggedError): Promise<Target> {
  const store = await objectStoreOf(knex)
  const known = await tableName(knex, tableId)
  const source = sourceOf(knex, known, url)
  const table = known ?? source?.table ?? `table ${tableId}`
  const keys = source && (await keysOfColumns(store, source).catch(() => undefined))
  const declared = await declaredColumns(knex, table)
  return { store, table, source, declared, keys: keys ?? new Map<string, string>() }
}

/** The source that fills a table, or that a file belongs to. */
function sourceOf(knex: Knex, table: string | undefined, url: string): Source | undefined {
  const all = sources(knex)
  return (
    all.find((source) => source.table === table) ?? all.find(({ from }) => url.startsWith(from))
  )
}

function groups(
  errors: LoggedError[],
  keyOf: (error: LoggedError) => string | number,
): LoggedError[][] {
  const found = new Map<string | number, LoggedError[]>()
  for (const error of errors) {
    const group = found.get(keyOf(error))
    if (group) group.push(error)
    else found.set(keyOf(error), [error])
  }
  return [...found.values()]
}

async function translated(errors: LoggedError[], originOf: OriginOf): Promise<LoggedError[]> {
  const origins = []
  for (const error of errors) {
    // Where the provenance cannot be read, the part is what can be named.
    const origin = await originOf(error.url, error.line).catch(() => ({}))
    origins.push({ ...error, ...origin })
  }
  return origins
}

async function findingOf(errors: LoggedError[], target: Target): Promise<Finding> {
  const fault = await faultOf(errors, target)
  const { needed, advice } = remedyFor(fault)
  const declared = fault.declared?.type ?? loggedType(fault)
  return {
    what: fault.reason,
    code: fault.code,
    count: errors.length,
    ...(fault.column && { column: fault.column }),
    ...(declared && { declared }),
    ...(needed && { needed: needed(fault) }),
    examples: errors.slice(0, mostExamples).map(({ url, line, value, rawLine }) => {
      const shown = fault.column ? value : rawLine
      return { url, line, ...(shown && { value: excerpt(shown) }) }
    }),
    remedy: advice(fault),
  }
}

async function faultOf(errors: LoggedError[], target: Target): Promise<Fault> {
  const [first] = errors as [LoggedError]
  const { code, reason, column, type, length, url, line, position } = first
  const { store, table, source, keys } = target
  // What the log has is enough to go on where the file cannot be read; but the log cuts lines and
  // values at 1,024 bytes, and sys_load_error_detail has none.
  const record = await recordAt(store, url, line).catch(() => undefined)
  const head = await readStart(store, url, 4).catch(() => undefined)
  const key = keys.get(column) ?? column
  const written = textOf((record?.value as Record<string, unknown> | undefined)?.[key])
  const value = longest([first.value ?? '', written])
  const values = errors.map((error) => error.value ?? '').concat(value)
  const declared = target.declared.find(({ name }) => name === column)
  return {
    table,
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
    head: head?.toString('hex') ?? '',
    key,
    required: target.declared
      .filter(({ notnull }) => notnull)
      .map(({ name }) => keys.get(name) ?? name),
    json: source?.json ?? 'auto',
  }
}

function longest(texts: string[]): string {
  return texts.reduce((one, other) => (other.length > one.length ? other : one))
}

function loggedType({ type, length }: Fault): string {
  return /^[1-9]/.test(length) ? `${type}(${length})` : type
}
