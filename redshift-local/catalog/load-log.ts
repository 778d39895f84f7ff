import type { ClientBase, Pool } from 'pg'
import type { CopyOutcome, CopyProgress } from '../copy/load'
import type { LoadError } from '../copy/load-error'
import { cutBytes } from '../copy/utf8'
import { put, userId, withClient } from './outside'
import { blockOfNumbers } from './statement-log'

/** What is known of a COPY when it begins. */
export interface LoadFacts {
  /** The engine's role of the session. */
  user: string
  sessionId: number
  database: string
  tableId: number
  table: string
  dataSource: string
  fileFormat: string
}

/** A COPY tells how far it is this often, in milliseconds. */
const interval = 250

/**
 * What the system tables are told of one COPY, over connections of its own: what is written outlives a
 * rollback of the COPY (facts A6).
 */
export class LoadLog {
  readonly #startTime: Date
  #lastNote = Date.now()
  #noting: Promise<void> = Promise.resolve()

  private constructor(
    private readonly log: Pool,
    /** The number of the query. */
    readonly query: number,
    private readonly facts: LoadFacts,
    private readonly now: () => Date,
  ) {
    this.#startTime = now()
  }

  /** Gives the COPY its number; numbers grow, whatever is rolled back. */
  static async begin(log: Pool, facts: LoadFacts, now = () => new Date()): Promise<LoadLog> {
    return new LoadLog(log, await withClient(log, blockOfNumbers), facts, now)
  }

  /** Notes how far the COPY is, if the last note is old enough; a note that fails is missed by nobody. */
  note({ files, rows, bytes }: CopyProgress): void {
    if (Date.now() - this.#lastNote < interval) return
    this.#lastNote = Date.now()
    const load = { ...this.#load, status: 'running', rows, bytes, filesScanned: files }
    this.#noting = this.#noting
      .then(() => withClient(this.log, (client) => put(client, putLoad, load)))
      .catch(() => {})
  }

  /** Writes what became of it. @param outcome undefined where it ended for a reason that is no row's fault */
  async end(outcome: CopyOutcome | undefined): Promise<void> {
    await this.#noting
    const { failed = true, rows = 0, bytes = 0, files = [], errors = [] } = outcome ?? {}
    const status = failed ? 'aborted' : 'completed'
    const load = { ...this.#load, status, endTime: this.now(), rows, bytes }
    await withClient(this.log, async (client) => {
      await client.query('begin')
      try {
        await put(client, putLoad, load)
        await putFiles(client, this.query, files)
        await put(client, insertErrors, errors.map(cut), this.query)
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw error
      }
    })
  }

  get #load() {
    return { ...this.facts, query: this.query, startTime: this.#startTime }
  }
}

const putLoad = `
  insert into redshift_catalog.load_history
  select query, ${userId}, "sessionId", database, "tableId", "table", status,
    "startTime" at time zone 'UTC', "endTime" at time zone 'UTC', "dataSource", "fileFormat", rows, bytes,
    coalesce("filesScanned", 0)
  from jsonb_to_record($1::jsonb) as given (
    query bigint, "user" text, "sessionId" int, database text, "tableId" oid, "table" text, status text,
    "startTime" timestamptz, "endTime" timestamptz, "dataSource" text, "fileFormat" text,
    rows bigint, bytes bigint, "filesScanned" int)
  on conflict (query) do update set
    status = excluded.status, end_time = excluded.end_time, loaded_rows = excluded.loaded_rows,
    loaded_bytes = excluded.loaded_bytes, files_scanned = excluded.files_scanned`

// Columns and no rows: a COPY may read a hundred thousand files.
async function putFiles(
  client: ClientBase,
  query: number,
  files: CopyOutcome['files'],
): Promise<void> {
  if (files.length === 0) return
  await client.query('insert into redshift_catalog.file_lists values ($1, $2, $3, $4)', [
    query,
    files.map(({ name }) => name),
    `{${files.map(({ bytes }) => bytes).join()}}`,
    `{${files.map(({ lines }) => lines).join()}}`,
  ])
}

const insertErrors = `
  insert into redshift_catalog.load_errors
  select $2, 0, filename, "lineNumber", colname, type, "colLength", position, "rawLine",
    "rawFieldValue", "errCode", "errReason"
  from jsonb_to_recordset($1::jsonb) as given (
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
