import { type ClientBase } from 'pg'
import type { LoadError } from '../copy/column'

/** One COPY, as its history tells it afterwards. */
export interface LoadRecord {
  sessionId: number
  database: string
  tableId: number
  table: string
  query: number
  status: 'completed' | 'aborted'
  startTime: Date
  endTime: Date
  dataSource: string
  fileFormat: string
  rows: number
  bytes: number
  files: { name: string; bytes: number; lines: number }[]
  errors: LoadError[]
}

/** A COPY under way, as far as it has come. */
type RunningLoad = Omit<LoadRecord, 'status' | 'endTime' | 'files' | 'errors'> & {
  filesScanned: number
}

/** The next number of a query; numbers grow, whatever is rolled back. */
export async function nextQueryId(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `select nextval('redshift_catalog.query_id') as id`,
  )
  return Number(rows[0]!.id)
}

/** Writes how far a COPY has come; see recordLoad. */
export async function noteRunningLoad(client: ClientBase, load: RunningLoad): Promise<void> {
  await client.query(putLoad, [JSON.stringify(clean({ ...load, status: 'running' }))])
}

/**
 * Writes a COPY and its errors into the load relations. To outlive a rollback it needs a connection of
 * its own, not the one that loads.
 */
export async function recordLoad(client: ClientBase, record: LoadRecord): Promise<void> {
  const { files, errors, ...load } = record
  await client.query('begin')
  try {
    await client.query(putLoad, [JSON.stringify(clean(load))])
    await client.query(insertFiles, [record.query, JSON.stringify(clean(files))])
    await client.query(insertErrors, [record.query, JSON.stringify(clean(errors.map(cut)))])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

const putLoad = `
  insert into redshift_catalog.load_history
  select query, "sessionId", database, "tableId", "table", status,
    "startTime" at time zone 'UTC', "endTime" at time zone 'UTC', "dataSource", "fileFormat", rows, bytes,
    coalesce("filesScanned", 0)
  from jsonb_to_record($1::jsonb) as given (
    query bigint, "sessionId" int, database text, "tableId" oid, "table" text, status text,
    "startTime" timestamptz, "endTime" timestamptz, "dataSource" text, "fileFormat" text,
    rows bigint, bytes bigint, "filesScanned" int)
  on conflict (query) do update set
    status = excluded.status, end_time = excluded.end_time, loaded_rows = excluded.loaded_rows,
    loaded_bytes = excluded.loaded_bytes, files_scanned = excluded.files_scanned`

const insertFiles = `
  insert into redshift_catalog.load_files
  select $1, name, bytes, lines
  from jsonb_to_recordset($2::jsonb) as given (name text, bytes bigint, lines bigint)`

const insertErrors = `
  insert into redshift_catalog.load_errors
  select $1, 0, filename, "lineNumber", colname, type, "colLength", position, "rawLine",
    "rawFieldValue", "errCode", "errReason"
  from jsonb_to_recordset($2::jsonb) as given (
    filename text, "lineNumber" bigint, colname text, type text, "colLength" text,
    position int, "rawLine" text, "rawFieldValue" text, "errCode" int, "errReason" text)`

/** The widths of the columns, in bytes (facts G). */
function cut(row: LoadError): LoadError {
  return {
    ...row,
    filename: cutBytes(row.filename, 256),
    colname: cutBytes(row.colname, 127),
    rawLine: cutBytes(row.rawLine, 1024),
    rawFieldValue: cutBytes(row.rawFieldValue, 1024),
    errReason: cutBytes(row.errReason, 100),
  }
}

function cutBytes(text: string, bytes: number): string {
  const whole = Buffer.from(text)
  if (whole.length <= bytes) return text
  let end = bytes
  while (end > 0 && (whole[end]! & 0xc0) === 0x80) end--
  return whole.toString('utf8', 0, end)
}

// The engine's text holds neither a NUL nor half of a surrogate pair.
function clean<Value>(value: Value): Value {
  if (typeof value === 'string') return Buffer.from(value.replaceAll('\0', ' ')).toString() as Value
  if (value instanceof Date || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item: unknown) => clean(item)) as Value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, clean(item as unknown)]),
  ) as Value
}
