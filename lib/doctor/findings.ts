import type { OriginOf } from '../compact/origin'
import type { Source } from '../load/sources'
import type { Fault } from './fault'
import type { DeclaredColumn, Finding, LoggedError } from './finding'
import { textOf } from './keys'
import type { FileRecord } from './record-splitter'
import { recordAt } from './records'
import { remedyFor } from './remedies'
import { type Buckets, firstBytes } from './stored-text'

/** What is known of the table that errors are of, and of its files. */
export interface Context {
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
export async function findingsOf(errors: LoggedError[], context: Context): Promise<Finding[]> {
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
