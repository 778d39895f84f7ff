import type { Knex } from 'knex'
import { documentedTables } from '../load/tables'
import { statementStarts } from '../load/sql-tokens'
import { columnsOfQuery, type Origin } from '../lineage/query-columns'
import { type Fields, syntaxTree, tablesReadBy } from '../questions/dependencies'
import { type AskedSql, positionIn } from '../questions/question'
import { describe, isOfStatement, isServerError, UsageError } from '../warehouse/errors'
import { callsIn, impliedKey, selectOf } from './key'

/** What is asked of something new that is made from a query. */
export interface QueryWishes {
  name: string
  text: string
  /** Where the text comes from, for messages. */
  file: string
}

/** The same, of what has rows of its own. */
export interface RowWishes extends QueryWishes {
  key: string[]
  grain: string | undefined
}

/** A query that something new is made from. */
export interface Query extends AskedSql {
  /** What PostgreSQL's parser makes of it. */
  select: Fields
  /** The tables that it reads, in the order of their names. */
  reads: string[]
}

/** A column of a query's result. */
export interface QueryColumn {
  name: string
  /** As a migration has it. */
  type: string
  /** What can be said of it. */
  meaning: string
}

/**
 * Reads the one query that a text has to be.
 * @param file where it stands, for messages: a file, or the option that it is given by
 * @throws UsageError with the place for what is no query, or reads a table that nobody declares
 */
export async function readQuery(text: string, file: string): Promise<Query> {
  const sql = text.trim().replace(/\s*;$/, '')
  const count = statementStarts(sql).length
  const found = count === 1 ? undefined : count === 0 ? 'nothing' : `${count} statements`
  if (found) throw new UsageError(`${file}: ${found} found: one query is expected, select or with.`)
  const asked = { file, sql, lines: { sql: 1 } }
  const reads = await tablesReadBy(asked)
  const { stmts } = (await syntaxTree(sql)) as { stmts: { stmt: Record<string, Fields> }[] }
  const [{ stmt } = { stmt: {} }] = stmts
  const select = selectOf(stmt)
  if (!stmt.SelectStmt || select.intoClause || !/^(select|with|\()/i.test(sql))
    throw new UsageError(
      `${file}: a query is expected, select or with; found "${sql.split(/\s/)[0]}".`,
    )
  const known = documentedTables.map(({ name }) => name)
  const unknown = reads.filter((name) => !known.includes(name))
  if (unknown.length > 0)
    throw new UsageError(
      `${file}: there is no table ${unknown.join(', ')}. What there is: ${known.join(', ')}.`,
    )
  return { ...asked, select, reads }
}

/** What is wrong with a query that Knex could not send as it stands. */
export function faultOfPlaceholders({ sql }: Query): string | undefined {
  if (!sql.includes('?')) return undefined
  return 'it has a ?, which Knex takes for a value to come: write chr(63)'
}

/**
 * The columns of a query as the server finds them, in their order.
 * @param knex whose tables are those of the migrations, in the schema
 * @throws UsageError for what the server refuses of the query, and for a column without a name of its own
 */
export async function columnsOf(knex: Knex, schema: string, query: Query): Promise<QueryColumn[]> {
  const create = 'create table scaffold_columns as\n'
  await accepted(query, create.length, () => knex.raw(create + query.sql.replaceAll('?', '\\?')))
  const found = await tableColumns(knex, schema, 'scaffold_columns')
  await knex.raw('drop table scaffold_columns')
  const unnamed = found.findIndex(({ name }) => !/^[a-z_][a-z\d_]*$/.test(name))
  if (unnamed >= 0)
    throw new UsageError(
      `${query.file}: column ${unnamed + 1} of the query is named "${found[unnamed]!.name}": lower-case ` +
        'letters, digits and _ are expected. Name it: `… as plays`.',
    )
  const origins = await columnsOfQuery(query.sql, documentedTables)
  const lengthens = await canLengthen(query.sql)
  return found.map(({ name, type }, i) => {
    const origin = origins.length === found.length ? origins[i]! : { from: [] }
    return { name, type: narrowed(type, origin, lengthens), meaning: meaningOf(name, origin) }
  })
}

/** The columns of a table that the transaction made, their types as migrations spell them. */
export async function tableColumns(
  knex: Knex,
  schema: string,
  table: string,
): Promise<{ name: string; type: string; isNotNull: boolean }[]> {
  const { rows } = await knex.raw<{
    rows: { column: string; type: string; notnull: boolean }[]
  }>(`select "column", type, "notnull" from pg_table_def where schemaname = ? and tablename = ?`, [
    schema,
    table,
  ])
  return rows.map(({ column, type, notnull }) => ({
    name: column,
    type: type
      .replace(/^character varying/, 'varchar')
      .replace(/^timestamp without time zone/, 'timestamp'),
    isNotNull: notnull,
  }))
}

/**
 * The key that is asked for, or that the query implies.
 * @throws UsageError where neither is, or a column is none of the query's
 */
export function keyOf({ file, select }: Query, columns: QueryColumn[], asked: string[]): string[] {
  const names = columns.map(({ name }) => name)
  const strange = asked.filter((name) => !names.includes(name))
  const there = `Its columns are ${names.join(', ')}.`
  if (strange.length > 0)
    throw new UsageError(`--key: the query has no column ${strange.join(', ')}. ${there}`)
  const key = asked.length > 0 ? asked : impliedKey(select, names)
  if (key) return key
  throw new UsageError(
    `${file}: by which columns is a row known? The query does not say it by GROUP BY or DISTINCT: name ` +
      `them, --key ${names[0]}. ${there}`,
  )
}

/** Does what sends a statement made of the query. @throws UsageError for what the server refuses of it */
export async function accepted<T>(
  query: AskedSql,
  before: number,
  work: () => PromiseLike<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!isServerError(error) || !(isOfStatement(error) || error.code.startsWith('22'))) throw error
    const { position } = error as { position?: string }
    const at = Number(position) - before
    const place = at > 0 ? positionIn(query, at) : query.file
    throw new UsageError(`${place}: ${describe(error)}`, { cause: error })
  }
}

const widest = 'varchar(65535)'

/** Functions, and operators, whose text may be longer than what it is made of. */
const lengthening =
  /^(concat|repeat|l?pad|rpad|replace|translate|listagg|regexp_replace|format|quote_.*|to_char|md5|sha.*|func_sha1|json_.*|initcap|to_hex)$/

async function canLengthen(sql: string): Promise<boolean> {
  const tree = await syntaxTree(sql)
  const names = callsIn(tree).map(({ funcname }) => JSON.stringify(funcname))
  const isCalled = names.some((name) =>
    lengthening.test(/"sval":"([^"]*)"}}\]$/.exec(name)?.[1] ?? ''),
  )
  return isCalled || JSON.stringify(tree).includes('"sval":"||"')
}

/** The local Redshift says of any computed text that it may be of any length. */
function narrowed(type: string, { from, unknown }: Origin, lengthens: boolean): string {
  if (type !== widest || lengthens || unknown !== undefined) return type
  const widths = from.map((place) => {
    const [, width] = /^varchar\((\d+)\)$/.exec(declared(place)?.[0] ?? '') ?? []
    return Number(width ?? 64)
  })
  const sum = widths.reduce((one, other) => one + other, 0)
  return `varchar(${Math.min(65535, Math.max(256, 2 ** Math.ceil(Math.log2(sum || 1))))})`
}

function declared(place: string) {
  const [table, column] = place.split('.') as [string, string]
  return documentedTables.find(({ name }) => name === table)?.columns[column]
}

const longest = 256 // bytes of a comment in the catalog

function meaningOf(name: string, { from }: Origin): string {
  const [only] = from
  if (from.length === 1 && only!.endsWith(`.${name}`)) return declared(only!)?.[1] ?? name
  if (only === undefined) return 'what the query says'
  const places = from.map((place) => place.replace(/^(\w+)\.\*$/, 'the rows of $1'))
  const text = `computed from ${places.join(', ')}`
  return text.length <= longest
    ? text
    : `${text.slice(0, longest - 6).replace(/,[^,]*$/, '')} and more`
}
