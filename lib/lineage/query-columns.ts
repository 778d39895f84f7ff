import { type Fields, syntaxTree } from '../questions/dependencies'
import type { Table } from '../warehouse/tables'

/** What a column's values are computed from. */
export interface Origin {
  /** Columns of tables, `songs.title`; `songs.*` where rows are counted, whatever their values. */
  from: string[]
  /** Set where that cannot be told, or not all of it: why. */
  unknown?: string
}

/**
 * The columns of a query, in their order, each with what its values are computed from. What only chooses or
 * joins rows (where, on, having) is not among it; what a window sorts and parts them by is.
 * @param tables whose columns are known
 * @throws SqlError where the query cannot be parsed
 */
export async function columnsOfQuery(
  sql: string,
  tables: Pick<Table, 'name' | 'columns'>[],
): Promise<(Origin & { name: string })[]> {
  const { stmts } = (await syntaxTree(sql)) as { stmts: { stmt: Fields }[] }
  const { columns } = ofQuery(stmts[0]!.stmt, { tables, queries: new Map(), items: [] })
  return columns.map(([name, { from, unknown }]) => ({
    name,
    from: [...from].sort(),
    ...(unknown.size > 0 && { unknown: [...unknown].join('; ') }),
  }))
}

interface Made {
  from: ReadonlySet<string>
  unknown: ReadonlySet<string>
}

type Column = [name: string, made: Made]

/** What a query gives. */
interface Result {
  columns: Column[]
  /** The tables whose rows its rows are, `songs.*`. */
  rows: Made
}

/** A result under a name of FROM. */
interface Relation extends Result {
  name: string
  /** Its columns are not known: of a table that nobody declares, or of something that is no table. */
  isOpen?: boolean
}

/** An item of FROM: what it gives by name, and its columns as `*` has them. */
interface Item {
  relations: Relation[]
  columns: Column[]
}

interface Scope {
  tables: Pick<Table, 'name' | 'columns'>[]
  /** Of WITH. */
  queries: ReadonlyMap<string, Result>
  items: Item[]
  /** Columns of the same select before this one, which Redshift takes by their names. */
  former?: Column[]
  windows?: unknown[]
  /** Of the query around a sub-query. */
  outer?: Scope
}

const nothing: Made = { from: new Set(), unknown: new Set() }
const columnsOf = (...names: string[]): Made => ({ from: new Set(names), unknown: new Set() })
const unknown = (why: string): Made => ({ from: new Set(), unknown: new Set([why]) })

function together(all: Made[]): Made {
  return {
    from: new Set(all.flatMap(({ from }) => [...from])),
    unknown: new Set(all.flatMap((made) => [...made.unknown])),
  }
}

/** A query, `{ SelectStmt }` or what stands in it. */
function ofQuery(node: unknown, around: Scope): Result {
  const select = ((node as Fields).SelectStmt ?? node) as Fields
  const scope = withQueries(select.withClause, { ...around, items: [], former: [], windows: [] })
  if (select.op !== undefined && select.op !== 'SETOP_NONE') return ofSetOperation(select, scope)
  if (select.valuesLists) return ofValues(select.valuesLists as { List: Fields }[], scope)
  for (const item of listOf(select.fromClause)) scope.items.push(itemOf(item, scope))
  scope.windows = listOf(select.windowClause)
  const columns = listOf(select.targetList).flatMap((target) => {
    const found = ofTarget((target as { ResTarget: Fields }).ResTarget, scope)
    scope.former!.push(...found)
    return found
  })
  return { columns, rows: rowsIn(scope) }
}

/** The nodes of a list of a syntax tree, where there is one. */
export function listOf(list: unknown): unknown[] {
  return (list ?? []) as unknown[]
}

/** The rows of EXCEPT are those of its first query. */
function ofSetOperation({ op, larg, rarg }: Fields, scope: Scope): Result {
  const first = ofQuery(larg, scope)
  const second = ofQuery(rarg, scope)
  return op === 'SETOP_UNION' ? united(first, second) : first
}

function united(first: Result, second: Result): Result {
  const columns = first.columns.map(([name, made], i): Column => {
    const other =
      second.columns[i]?.[1] ?? unknown('the queries of a union differ in their columns')
    return [name, together([made, other])]
  })
  return { columns, rows: together([first.rows, second.rows]) }
}

function ofValues(lists: { List: Fields }[], scope: Scope): Result {
  const rows = lists.map(({ List }) => listOf(List.items).map((value) => madeBy(value, scope)))
  const columns = rows[0]!.map((_, i): Column => [
    `column${i + 1}`,
    together(rows.map((row) => row[i] ?? nothing)),
  ])
  return { columns, rows: nothing }
}

/** A scope with the queries of a WITH: each sees those before it, and a recursive one itself. */
function withQueries(clause: unknown, scope: Scope): Scope {
  if (!clause) return scope
  const { ctes, recursive } = clause as { ctes: { CommonTableExpr: Fields }[]; recursive?: boolean }
  const queries = new Map(scope.queries)
  const within = { ...scope, queries }
  for (const { CommonTableExpr: cte } of ctes) {
    const name = cte.ctename as string
    const given = () => renamed(ofQuery(cte.ctequery, within), cte.aliascolnames)
    if (recursive) {
      const { SelectStmt: select } = cte.ctequery as { SelectStmt: Fields }
      const start = select.larg ? ofQuery(select.larg, within) : { columns: [], rows: nothing }
      queries.set(name, renamed(start, cte.aliascolnames))
      // Each round adds what is found through the columns of the round before.
      for (let left = queries.get(name)!.columns.length; left > 0; left--)
        queries.set(name, given())
    }
    queries.set(name, given())
  }
  return within
}

function renamed(result: Result, names: unknown): Result {
  const given = listOf(names).map(textOf)
  const columns = result.columns.map(([name, made], i): Column => [given[i] ?? name, made])
  return { ...result, columns }
}

/** The word that a node is; `*` for that of all columns. */
export function textOf(node: unknown): string {
  return (node as { String?: { sval: string } }).String?.sval ?? '*'
}

function itemOf(node: unknown, scope: Scope): Item {
  const { RangeVar: table, RangeSubselect: query, JoinExpr: join } = node as Record<string, Fields>
  if (join) return itemOfJoin(join, scope)
  if (table) return itemOfRelation(table.relname as string, relationOf(table, scope), table.alias)
  if (query) {
    const around = { ...scope, items: [], ...(query.lateral === true && { outer: scope }) }
    return itemOfRelation('', ofQuery(query.subquery, around), query.alias)
  }
  const what = Object.keys(node as Fields)[0]!
  const strange = { columns: [], rows: unknown(`${what} in FROM`), isOpen: true }
  return itemOfRelation('', strange, Object.values(node as Record<string, Fields>)[0]!.alias)
}

function itemOfRelation(name: string, result: Result, alias: unknown): Item {
  const { aliasname, colnames } = (alias ?? {}) as { aliasname?: string; colnames?: unknown }
  const relation = { ...renamed(result, colnames), name: aliasname ?? name }
  return { relations: [relation], columns: relation.columns }
}

function relationOf(
  { relname, schemaname }: Fields,
  { queries, tables }: Scope,
): Result & { isOpen?: boolean } {
  const name = relname as string
  const query = schemaname === undefined ? queries.get(name) : undefined
  if (query) return query
  const declared = tables.find((table) => table.name === name)
  const columns = Object.keys(declared?.columns ?? {}).map((column): Column => [
    column,
    columnsOf(`${name}.${column}`),
  ])
  return { columns, rows: columnsOf(`${name}.*`), ...(!declared && { isOpen: true }) }
}

function itemOfJoin({ jointype, larg, rarg, usingClause, isNatural, alias }: Fields, scope: Scope) {
  const left = itemOf(larg, scope)
  const right = itemOf(rarg, { ...scope, items: [...scope.items, left] })
  const names = new Set(
    isNatural
      ? left.columns.map(([name]) => name).filter((name) => right.columns.some(has(name)))
      : listOf(usingClause).map(textOf),
  )
  const merged = [...names].map((name): Column => {
    const sides = { JOIN_RIGHT: [right], JOIN_FULL: [left, right] }[jointype as string] ?? [left]
    const found = sides.map(({ columns }) => columns.find(has(name))?.[1])
    return [name, together(found.map((made) => made ?? unknown(`no column ${name} to join by`)))]
  })
  const others = [...left.columns, ...right.columns].filter(([name]) => !names.has(name))
  const relations = [...left.relations, ...right.relations]
  const columns = [...merged, ...others]
  if (!alias) return { relations, columns }
  const rows = together(relations.map((relation) => relation.rows))
  return itemOfRelation('', { columns, rows }, alias)
}

const has =
  (wanted: string) =>
  ([name]: Column) =>
    name === wanted

function rowsIn({ items }: Scope): Made {
  return together(items.flatMap(({ relations }) => relations.map(({ rows }) => rows)))
}

/** A column of a select, or all that a `*` stands for. */
function ofTarget({ name, val }: Fields, scope: Scope): Column[] {
  const fields = listOf((val as { ColumnRef?: Fields }).ColumnRef?.fields)
  const isStar = typeof fields.at(-1) === 'object' && 'A_Star' in (fields.at(-1) as Fields)
  if (!isStar) return [[(name as string | undefined) ?? nameOf(val), madeBy(val, scope)]]
  const of = fields.length > 1 ? textOf(fields.at(-2)) : undefined
  const relations = scope.items
    .flatMap((item) => item.relations)
    .filter((relation) => of === undefined || relation.name === of)
  if (relations.length === 0) return [['*', unknown(`no table ${of ?? ''} for its *`)]]
  const open = relations.find(({ isOpen }) => isOpen)
  if (open) return [['*', unknown(`the columns of ${open.name} are not declared`)]]
  return of === undefined ? scope.items.flatMap(({ columns }) => columns) : relations[0]!.columns
}

/** The name that PostgreSQL gives to a column without one. */
function nameOf(node: unknown): string {
  const [[kind, fields]] = Object.entries(node as Record<string, Fields>) as [[string, Fields]]
  if (kind === 'ColumnRef') return textOf(listOf(fields.fields).at(-1))
  if (kind === 'FuncCall') return textOf(listOf(fields.funcname).at(-1))
  if (kind === 'TypeCast') {
    const inner = nameOf(fields.arg)
    const { names } = fields.typeName as { names: unknown[] }
    return inner === '?column?' ? textOf(names.at(-1)) : inner
  }
  if (kind === 'CoalesceExpr') return 'coalesce'
  if (kind === 'CaseExpr') {
    const otherwise = fields.defresult ? nameOf(fields.defresult) : '?column?'
    return otherwise === '?column?' ? 'case' : otherwise
  }
  return '?column?'
}

/** Their first argument is a word, as in datediff(day, …), which the parser takes for a column. */
const takesDatePart = new Set(['datediff', 'dateadd', 'date_part'])

/** What an expression is computed from. */
function madeBy(node: unknown, scope: Scope): Made {
  if (typeof node !== 'object' || node === null) return nothing
  if (Array.isArray(node)) return together(node.map((each) => madeBy(each, scope)))
  const {
    ColumnRef: column,
    SubLink: query,
    FuncCall: call,
    ...rest
  } = node as Record<string, Fields>
  if (column) return ofColumn(listOf(column.fields).map(textOf), scope)
  if (query) return ofSubQuery(query, scope)
  if (call) return ofCall(call, scope)
  return together(Object.values(rest).map((each) => madeBy(each, scope)))
}

function ofCall({ funcname, args, over, agg_star, ...rest }: Fields, scope: Scope): Made {
  const [first, ...others] = listOf(args)
  const isWord = takesDatePart.has(textOf(listOf(funcname).at(-1)))
  const window = over && { ...(over as Fields), ...namedWindow(over as Fields, scope) }
  const within = madeBy([isWord ? others : args, window, ...Object.values(rest)], scope)
  // Without a value to look at, count(*) and a bare row_number() look at the rows.
  const isOfRows = agg_star === true || (over !== undefined && !first && within.from.size === 0)
  return isOfRows ? together([within, rowsIn(scope)]) : within
}

/** What a window of WINDOW adds to a window that names it. */
function namedWindow({ name, refname }: Fields, { windows = [] }: Scope): Fields {
  const wanted = name ?? refname
  const found = windows.find((each) => (each as { WindowDef: Fields }).WindowDef.name === wanted)
  return wanted && found ? { named: found } : {}
}

function ofSubQuery({ subLinkType, testexpr, subselect }: Fields, scope: Scope): Made {
  const { columns, rows } = ofQuery(subselect, { ...scope, outer: scope })
  const given = subLinkType === 'EXISTS_SUBLINK' ? [rows] : columns.map(([, made]) => made)
  return together([madeBy(testexpr, scope), ...given])
}

function ofColumn(path: string[], scope: Scope): Made {
  return found(path, scope) ?? unknown(`no column ${path.join('.')} is known`)
}

/** Words that look like columns, and are values. */
const values = new Set(['sysdate', 'current_date', 'current_user', 'user'])

function found(path: string[], scope: Scope): Made | undefined {
  const relations = scope.items.flatMap((item) => item.relations)
  for (let i = 0; i + 1 < path.length; i++) {
    const of = relations.find(({ name }) => name === path[i])
    const column = of?.columns.find(has(path[i + 1]!))
    if (column) return column[1]
    if (of?.isOpen) return openColumn(of, path[i + 1]!)
  }
  const name = path[0]!
  const columns = scope.items.flatMap((item) => item.columns).filter(has(name))
  if (columns.length > 1) return unknown(`${name} may be a column of several tables`)
  if (columns.length === 1) return columns[0]![1]
  const former = scope.former?.find(has(name))
  if (former) return former[1]
  const row = relations.find((relation) => relation.name === name)
  if (row) return row.isOpen ? row.rows : together(row.columns.map(([, made]) => made))
  const outer = scope.outer && found(path, scope.outer)
  if (outer) return outer
  if (path.length === 1 && values.has(name)) return nothing
  return relations.length === 1 && relations[0]!.isOpen
    ? openColumn(relations[0]!, name)
    : undefined
}

/** Of a table that is not declared, a column that is named is one of its own. */
function openColumn({ rows }: Relation, column: string): Made {
  if (rows.unknown.size > 0) return rows
  return columnsOf(...[...rows.from].map((table) => table.replace(/\*$/, column)))
}
