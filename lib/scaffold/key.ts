import { listOf, textOf } from '../lineage/query-columns'
import type { Fields } from '../questions/dependencies'
import { stagingTables } from '../../sources/index'

/** A column of a staging table. */
interface StagedColumn {
  table: string
  column: string
  /** The query takes no row without a value of it. */
  hasValue: boolean
}

/**
 * The staged column whose value `name` is, where the rows of a query for each value are made of the staged
 * rows with that value and of nothing else: then a load affects the values that its rows have. Undefined
 * where that cannot be told.
 */
export function stagedKey(select: Fields, name: string): StagedColumn | undefined {
  const { fromClause, targetList, ...rest } = select
  const [item, ...others] = listOf(fromClause) as Record<string, Fields>[]
  if (!isPlain(rest) || item === undefined || others.length > 0) return undefined
  const columns = listOf(targetList).map((target) => (target as { ResTarget: Fields }).ResTarget)
  const column = columnBehind(columns, name)
  if (column === undefined || !keepsApart(select, columns, name, column)) return undefined
  const { RangeVar: table, RangeSubselect: query } = item
  const hasValue = demandsValue(select.whereClause, column)
  if (query && query.lateral !== true) {
    const within = stagedKey(selectOf(query.subquery), column)
    return within && { ...within, hasValue: hasValue || within.hasValue }
  }
  const staged = stagingTables.find((each) => each.name === table?.relname)
  const isColumn = staged && table!.schemaname === undefined && column in staged.columns
  return isColumn ? { table: staged.name, column, hasValue } : undefined
}

/** True where a condition is, or is among other things, that the column has a value. */
function demandsValue(condition: unknown, column: string): boolean {
  const { NullTest: test, BoolExpr: all } = (condition ?? {}) as Record<string, Fields | undefined>
  if (all?.boolop === 'AND_EXPR') return listOf(all.args).some((each) => demandsValue(each, column))
  return test?.nulltesttype === 'IS_NOT_NULL' && referred(test.arg) === column
}

/** The SELECT that a node of a syntax tree is. */
export function selectOf(node: unknown): Fields {
  return ((node as Fields).SelectStmt ?? node) as Fields
}

/** No set operation, no WITH, no part of the rows only, and no look at rows beside those of FROM. */
function isPlain({ op, ...rest }: Fields): boolean {
  const refused = ['withClause', 'limitCount', 'limitOffset', 'valuesLists', 'windowClause']
  return (
    op === 'SETOP_NONE' &&
    refused.every((clause) => rest[clause] === undefined) &&
    !JSON.stringify(rest).includes('"SubLink"')
  )
}

/** The column of FROM that a column of the select is, as it stands. */
function columnBehind(columns: Fields[], name: string): string | undefined {
  const found = columns.find((each) => nameOfTarget(each) === name)
  if (found) return referred(found.val)
  const isAll = columns.some(({ val }) => JSON.stringify(val).includes('"A_Star"'))
  return isAll ? name : undefined
}

/** True where groups, distinct rows and windows each have one value of the column. */
function keepsApart(select: Fields, columns: Fields[], name: string, column: string): boolean {
  const groups = listOf(select.groupClause)
  const place = columns.findIndex((each) => nameOfTarget(each) === name) + 1
  const isKey = (node: unknown) =>
    referred(node) === column || (place > 0 && (isPlace(node, place) || referred(node) === name))
  if (groups.length > 0 && !groups.some(isKey)) return false
  if (JSON.stringify(groups).includes('"GroupingSet"')) return false
  if (listOf(select.distinctClause).some((on) => Object.keys(on as Fields).length > 0)) return false
  // Sub-queries of FROM are looked at by themselves.
  const calls = callsIn([select.targetList, select.whereClause, select.havingClause])
  return calls.every((call) => {
    if (call.over) return listOf((call.over as Fields).partitionClause).some(isKey)
    return groups.length > 0 || !isAggregate(call)
  })
}

const aggregates =
  /^(count|sum|avg|min|max|median|listagg|any_value|stddev.*|var.*|bool_and|bool_or|bit_and|bit_or|percentile_.*|approximate.*)$/

function isAggregate({ agg_star, agg_within_group, funcname }: Fields): boolean {
  const name = textOf(listOf(funcname).at(-1))
  return agg_star === true || agg_within_group === true || aggregates.test(name)
}

/**
 * The columns by which a row of the query is known, as its GROUP BY or DISTINCT says: all expressions of the
 * one have to be among its columns. Undefined where it says nothing.
 */
export function impliedKey(select: Fields, names: string[]): string[] | undefined {
  if (select.op !== 'SETOP_NONE') return undefined
  const columns = listOf(select.targetList).map((each) => (each as { ResTarget: Fields }).ResTarget)
  const groups = listOf(select.groupClause)
  if (groups.length > 0) {
    const places = groups.map((group) =>
      columns.findIndex((column, i) => isGroup(group, column, i)),
    )
    return places.includes(-1) ? undefined : places.map((place) => names[place]!)
  }
  if (select.distinctClause) return names
  const isOneRow = callsIn([select.targetList]).some((call) => !call.over && isAggregate(call))
  return isOneRow ? names.slice(0, 1) : undefined
}

function isGroup(group: unknown, column: Fields, index: number): boolean {
  if (isPlace(group, index + 1) || placeless(group) === placeless(column.val)) return true
  const name = referred(group)
  return name !== undefined && (name === column.name || name === referred(column.val))
}

/** The column of FROM that a column of the select is, as the select names it: `events.location`. */
export function referenceOf(select: Fields, name: string): string {
  const columns = listOf(select.targetList).map((each) => (each as { ResTarget: Fields }).ResTarget)
  const found = columns.find((each) => nameOfTarget(each) === name)
  const { ColumnRef: column } = (found?.val ?? {}) as { ColumnRef?: Fields }
  return column ? listOf(column.fields).map(textOf).join('.') : name
}

/** What two nodes that say the same are equal in. */
function placeless(node: unknown): string {
  return JSON.stringify(node, (key, value: unknown) => (key === 'location' ? undefined : value))
}

function isPlace(node: unknown, place: number): boolean {
  const { ival } = ((node as Fields).A_Const ?? {}) as { ival?: { ival?: number } }
  return ival?.ival === place
}

function nameOfTarget({ name, val }: Fields): string | undefined {
  return (name as string | undefined) ?? referred(val)
}

/** The column that a node names, without its table. */
function referred(node: unknown): string | undefined {
  const { ColumnRef: column } = (node ?? {}) as { ColumnRef?: Fields }
  const name = column && textOf(listOf(column.fields).at(-1))
  return name === '*' ? undefined : name
}

/** All calls of functions in a piece of a syntax tree. */
export function callsIn(node: unknown): Fields[] {
  if (typeof node !== 'object' || node === null) return []
  const { FuncCall: call, ...rest } = node as Record<string, Fields>
  const within = Object.values(rest).flatMap(callsIn)
  return call ? [call, ...Object.values(call).flatMap(callsIn), ...within] : within
}
