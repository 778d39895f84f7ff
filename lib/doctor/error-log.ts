import type { Knex } from 'knex'
import { isServerError } from '../warehouse/errors'
import { exactTime } from '../warehouse/times'

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

/**
 * The logged errors of a COPY in the order of files and lines: from sys_load_error_detail, with raw
 * lines and values from stl_load_errors; each where the warehouse has it and lets us read it
 * (Serverless has only the first).
 */
export async function loggedErrors(knex: Knex, which: Which): Promise<LoggedError[]> {
  const sys = await readable(knex, sysView, which)
  const stl = await readable(knex, stlView, which)
  if (stl.errors === undefined && sys.errors === undefined) throw stl.refusal
  return join(sys.errors ?? [], stl.errors ?? [])
}

/** Which errors are meant: a condition on the columns of `LoggedError`. */
export interface Which {
  condition: (relation: string) => string
  bindings: (string | number)[]
}

/** The errors of a COPY by its number. */
export const ofQuery = (query: number): Which => ({
  condition: () => 'query = ?',
  bindings: [query],
})

/** The errors of the latest COPY that has any. */
export const ofLatest: Which = {
  condition: (relation) => `query = (select max(query) from (${relation}) as every)`,
  bindings: [],
}

/** The errors of the latest COPY of a session. */
export const ofSession = ({ session, after, since }: CopySession): Which => ({
  condition: (relation) => `query = (
    select max(query) from (${relation}) as every
    where session = ? and query > ? and starttime >= ?::timestamp
  )`,
  bindings: [session, after, since],
})

/** The errors of COPYs into a table that began between two moments. @param ids of the table */
export const ofTime = (ids: number[], from: string, to: string): Which => ({
  condition: () =>
    `table_id in (${ids.map(() => '?').join(', ')}) and starttime between ?::timestamp and ?::timestamp`,
  bindings: [...ids, from, to],
})

/** What the errors of a transaction's next COPY can be told by. */
export interface CopySession {
  /** The server's process. */
  session: number
  /** The last COPY that it finished before. */
  after: number
  /** When the transaction began, UTC. */
  since: string
}

/** What the errors of the next COPY of `transaction` can be told by, also when it is over. */
export async function copySessionOf(transaction: Knex): Promise<CopySession> {
  const { rows } = await transaction.raw<{ rows: CopySession[] }>(
    `select pg_backend_pid() as session, pg_last_copy_id() as after,
      ${exactTime('sysdate')} as since`,
  )
  return rows[0]!
}

const sysView = `
  select query_id as query, session_id as session, start_time as starttime, table_id,
    trim(file_name) as url, line_number as line, trim(column_name) as "column",
    trim(column_type) as type, trim(column_length) as length, position, error_code as code,
    trim(error_message) as reason
  from sys_load_error_detail`

const stlView = `
  select query, session, starttime, tbl as table_id,
    trim(filename) as url, line_number as line, trim(colname) as "column",
    trim(type) as type, trim(col_length) as length, position, err_code as code,
    trim(err_reason) as reason, rtrim(raw_line) as raw_line, rtrim(raw_field_value) as value
  from stl_load_errors`

// Redshift folds "tableId" to lower case.
interface Row extends Pick<
  LoggedError,
  'query' | 'at' | 'url' | 'line' | 'position' | 'code' | 'reason'
> {
  table_id: number
  raw_line?: string | null
  value?: string | null
  column: string | null
  type: string | null
  length: string | null
}

async function readable(knex: Knex, relation: string, { condition, bindings }: Which) {
  const query = `
    select *, to_char(starttime, 'YYYY-MM-DD HH24:MI:SS') as at
    from (${relation}) as errors
    where ${condition(relation)}
    order by query desc, url, line`
  try {
    const { rows } = await knex.raw<{ rows: Row[] }>(query, bindings)
    return { errors: rows.map(errorOf) }
  } catch (error) {
    // Undefined table, or a view that is not ours to read.
    if (isServerError(error) && ['42P01', '42501'].includes(error.code)) return { refusal: error }
    throw error
  }
}

// Redshift trims CHAR(n) to '' or NULL.
function errorOf({ table_id, raw_line, value, ...row }: Row): LoggedError {
  const [column, type, length] = [row.column ?? '', row.type ?? '', row.length ?? '']
  const raw = { ...(raw_line && { rawLine: raw_line }), ...(value && { value }) }
  return { ...row, column, type, length, tableId: table_id, ...raw }
}

// The one view may be a COPY behind the other.
function join(sys: LoggedError[], stl: LoggedError[]): LoggedError[] {
  if ((stl[0]?.query ?? 0) > (sys[0]?.query ?? 0)) return stl
  const raw = new Map(stl.map((error) => [keyOf(error), error]))
  return sys.map((error) => ({ ...raw.get(keyOf(error)), ...error }))
}

function keyOf({ query, url, line, column, position }: LoggedError): string {
  return JSON.stringify([query, url, line, column, position])
}

/** The name of a table by the number that the log has; undefined where it no longer exists. */
export async function tableName(knex: Knex, id: number): Promise<string | undefined> {
  const { rows } = await knex.raw<{ rows: { name: string }[] }>(
    'select relname as name from pg_class where oid = ?',
    [id],
  )
  return rows[0]?.name
}

/** The numbers that the log has for a table of this name: several where schemas share it. */
export async function tableIds(knex: Knex, name: string): Promise<number[]> {
  const { rows } = await knex.raw<{ rows: { id: number }[] }>(
    'select oid::bigint as id from pg_class where relname = ?',
    [name],
  )
  return rows.map(({ id }) => id)
}

/** How a column is declared. */
export interface DeclaredColumn {
  name: string
  /** With its length: character varying(1024). */
  type: string
  encoding: string
  notnull: boolean
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
