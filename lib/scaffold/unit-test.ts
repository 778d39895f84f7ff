import type { Knex } from 'knex'
import { models, tables } from '../../models/index'
import { allRows } from '../../models/scope'
import { stagingTables } from '../../sources/index'
import { listOf, textOf } from '../lineage/query-columns'
import { type Fields, syntaxTree } from '../questions/dependencies'
import { withSources } from '../warehouse/select'
import type { Query } from './query'
import { tableColumns } from './query'

type Value = string | number | boolean | null
type Row = Record<string, Value>

/** Rows of staging, by table. */
export type Given = Record<string, Row[]>

/**
 * A row of each staging table that a query reads, itself or through models, so that it finds something
 * where that is possible: what a column is held against has to be in it, and all else is alike.
 */
export async function givenRows(knex: Knex, schema: string, query: Query): Promise<Given> {
  const needed = withSources(query.reads, tables)
  const texts = [query.sql, ...chainOf(query).map((model) => model.rows(allRows))]
  const said = (await Promise.all(texts.map(syntaxTree))).map(wordsOf)
  const named = new Set(said.flatMap(({ columns }) => columns))
  const values = new Map(said.flatMap((each) => each.values))
  const given: Given = {}
  for (const { name } of stagingTables.filter((table) => needed.has(table.name))) {
    const columns = await tableColumns(knex, schema, name)
    const wanted = columns.filter((each) => named.has(each.name) || each.isNotNull)
    const row = wanted
      .filter((column) => column.name !== 'loaded_at')
      .map((column) => [column.name, values.get(column.name) ?? valueOf(column.type)])
    given[name] = [Object.fromEntries(row) as Row]
  }
  return given
}

/** Stages the rows, and builds the models that the query reads. */
export async function stageGiven(knex: Knex, query: Query, given: Given): Promise<void> {
  for (const [table, rows] of Object.entries(given))
    for (const row of rows) await knex(table).insert({ ...row, loaded_at: '2018-11-01 00:00:00' })
  for (const model of chainOf(query)) await model.up(knex)
}

/** The models that a query reads, with those that these are made from, in the order of building. */
function chainOf({ reads }: Query) {
  const needed = withSources(reads, tables)
  return models.filter(({ name }) => needed.has(name))
}

/** The file of unit tests of a model. */
export function unitTestText(given: Given, expected: Record<string, unknown>[]): string {
  const isNone = Object.keys(given).length === 0
  const list = (rows: Record<string, unknown>[]) =>
    rows.length === 0 ? ' []' : rows.map((row) => `\n        - ${flow(row)}`).join('')
  return `unit_tests:
  - name: are what the query makes of a row of each table that it reads
    given:${isNone ? ' {}' : ''}
${Object.entries(given)
  .map(([table, rows]) => `      ${table}:${list(rows)}\n`)
  .join('')}    expect:${list(expected)}
`
}

function flow(row: Record<string, unknown>): string {
  const values = Object.entries(row).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
  return `{ ${values.join(', ')} }`
}

/** A value of a type, of those that are the same in every column. */
export function valueOf(type: string): Value {
  if (/^(smallint|integer|bigint|numeric|real|double)/.test(type)) return 1
  if (type === 'boolean') return true
  if (type === 'date') return '2018-11-01'
  return type.startsWith('timestamp') ? '2018-11-01 00:00:00' : 'a'
}

interface Words {
  columns: string[]
  /** What columns are held against, by `=` or IN. */
  values: [column: string, value: Value][]
}

function wordsOf(node: unknown): Words {
  if (typeof node !== 'object' || node === null) return { columns: [], values: [] }
  const { ColumnRef: column, A_Expr: expression } = node as Record<string, Fields | undefined>
  const within = Object.values(node).map(wordsOf)
  const name = nameIn(column)
  const value = expression && heldAgainst(expression)
  return {
    columns: [...(name ? [name] : []), ...within.flatMap(({ columns }) => columns)],
    values: [...(value ? [value] : []), ...within.flatMap(({ values }) => values)],
  }
}

function nameIn(column: Fields | undefined): string | undefined {
  return column && textOf(listOf(column.fields).at(-1))
}

function heldAgainst({ kind, name, lexpr, rexpr }: Fields): [string, Value] | undefined {
  const isAsked = kind === 'AEXPR_OP' || kind === 'AEXPR_IN'
  if (!isAsked || textOf(listOf(name)[0]) !== '=') return undefined
  const column = nameIn((lexpr as { ColumnRef?: Fields } | undefined)?.ColumnRef)
  const list = (rexpr as { List?: Fields } | undefined)?.List
  const value = constantOf(list ? listOf(list.items)[0] : rexpr)
  return column === undefined || value === undefined ? undefined : [column, value]
}

function constantOf(node: unknown): Value | undefined {
  const { sval, ival } = ((node as Fields | undefined)?.A_Const ?? {}) as {
    sval?: { sval?: string }
    ival?: { ival?: number }
  }
  return sval ? (sval.sval ?? '') : ival ? (ival.ival ?? 0) : undefined
}
