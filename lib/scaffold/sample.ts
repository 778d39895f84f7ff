import { readFileSync } from 'node:fs'
import { recordsIn } from '../doctor/records'
import { describe, UsageError } from '../warehouse/errors'

/** A column of files: its name, its type, and the key that its values have there. */
export interface FileColumn {
  name: string
  type: string
  key: string
}

type JsonObject = Record<string, unknown>

const mostRecords = 10_000

/**
 * The columns of the records of a file, in the order in which their keys come up: each as wide as twice what
 * stands in it.
 * @throws UsageError for a file that has none, or values that no column has
 */
export async function columnsOfSample(file: string): Promise<FileColumn[]> {
  const records = await recordsOf(file)
  const keys = [...new Set(records.flatMap(Object.keys))]
  const columns = keys.map((key) => {
    const values = records.map((record) => record[key] ?? null).filter((value) => value !== null)
    return { key, name: columnName(key), values }
  })
  const faults = columns.flatMap(({ key, name, values }, i) => [
    ...(/^[a-z]/.test(name) ? [] : [`the key ${JSON.stringify(key)} gives no name of a column`]),
    ...(columns.findIndex((other) => other.name === name) < i
      ? [`several keys give the name ${name}`]
      : []),
    ...(name === 'loaded_at' ? ['the key loaded_at has the name of a column of every source'] : []),
    ...(values.some((value) => typeof value === 'object')
      ? [`${key} is an object or a list in some record, and a column has one value`]
      : []),
  ])
  if (faults.length > 0)
    throw new UsageError(
      `${faults.map((fault) => `--sample ${file}: ${fault}.`).join('\n')}\nName the columns by --columns.`,
    )
  return columns.map(({ key, name, values }) => ({ key, name, type: typeOf(values) }))
}

async function recordsOf(file: string): Promise<JsonObject[]> {
  const records: JsonObject[] = []
  for await (const { value, line } of recordsIn([bytesOf(file)])) {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new UsageError(`--sample ${file}:${line}: a JSON object is expected, as COPY takes it.`)
    if (records.push(value as JsonObject) === mostRecords) break
  }
  if (records.length > 0) return records
  throw new UsageError(
    `--sample ${file} has no record: JSON objects are expected, as COPY takes them.`,
  )
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw new UsageError(`--sample ${file} cannot be read: ${describe(error)}`, { cause: error })
  }
}

/** userId is user_id. */
function columnName(key: string): string {
  return key
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z\d]+/g, '_')
    .replace(/^_|_$/g, '')
    .toLowerCase()
}

/** Types by what every value has to be, the narrowest first. */
const types: [type: string, takes: (value: unknown) => boolean][] = [
  ['boolean', (value) => typeof value === 'boolean'],
  ['integer', (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31],
  ['bigint', (value) => Number.isSafeInteger(value)],
  ['double precision', (value) => typeof value === 'number'],
  ['date', (value) => /^\d{4}-\d\d-\d\d$/.test(String(value))],
  ['timestamp', (value) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?$/.test(String(value))],
]

const mostBytes = 65535

function typeOf(values: unknown[]): string {
  const known = types.find(([, takes]) => values.length > 0 && values.every(takes))
  if (known) return known[0]
  const bytes = Math.max(0, ...values.map((value) => Buffer.byteLength(String(value))))
  const width =
    values.length === 0 ? 256 : Math.max(32, 2 ** Math.ceil(Math.log2(2 * (bytes || 1))))
  return `varchar(${Math.min(width, mostBytes)})`
}
