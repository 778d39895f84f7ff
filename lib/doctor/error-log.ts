import type { Knex } from 'knex'
import { isServerError } from '../warehouse/errors'
import type { Session } from './watch'
import type { LoggedError } from './diagnose'

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

/** The errors of the latest COPY of a transaction. */
export const ofSession = ({ session, after, since }: Session): Which => ({
  condition: (relation) => `query = (
    select max(query) from (${relation}) as every
    where session = ? and query > ? and starttime >= ?::timestamp
  )`,
  bindings: [session, after, since],
})

/** The errors logged between two moments. */
export const ofTime = (from: string, to: string): Which => ({
  condition: () => 'starttime between ?::timestamp and ?::timestamp',
  bindings: [from, to],
})

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

// The one view may be a COPY behind the other.
function join(sys: LoggedError[], stl: LoggedError[]): LoggedError[] {
  if ((stl[0]?.query ?? 0) > (sys[0]?.query ?? 0)) return stl
  const raw = new Map(stl.map((error) => [keyOf(error), error]))
  return sys.map((error) => ({ ...raw.get(keyOf(error)), ...error }))
}

function keyOf({ query, url, line, column, position }: LoggedError): string {
  return JSON.stringify([query, url, line, column, position])
}

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
