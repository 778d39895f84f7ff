import { lastName, type Node, type Visit } from './parse'

const isQuery = ({ type }: Visit) => ['SelectStmt', 'UpdateStmt', 'DeleteStmt'].includes(type)

/** The query that a node stands in. */
export function queryAround({ parent }: Visit): Visit | undefined {
  let at = parent
  while (at && !isQuery(at)) at = at.parent
  return at
}

/** Whether a node is an item of a select list. */
export function isItem({ type, parent, field }: Visit): boolean {
  return type === 'ResTarget' && field === 'targetList' && parent?.type === 'SelectStmt'
}

/** Whether a node is the whole of an item that has no name, so that it gives the column its own. */
export function isUnnamedItem({ parent, field }: Visit): boolean {
  return (
    field === 'val' && parent !== undefined && isItem(parent) && parent.node['name'] === undefined
  )
}

/** The items of its select list. */
export const itemsOf = ({ node, type }: Visit): Node[] =>
  type !== 'SelectStmt'
    ? []
    : ((node['targetList'] ?? []) as { ResTarget: Node }[]).map(({ ResTarget }) => ResTarget)

/** What the column of an item is called, where that is known. */
export function nameOf(item: Node): string | undefined {
  const { name, val } = item as { name?: string; val?: Node }
  if (name !== undefined) return name
  const { ColumnRef, FuncCall } = (val ?? {}) as { ColumnRef?: Node; FuncCall?: Node }
  return ColumnRef
    ? lastName(ColumnRef['fields'] as Node[])
    : FuncCall && lastName(FuncCall['funcname'] as Node[])
}

/** A relation that a query reads. */
export interface Source {
  /** By which its columns are told apart. */
  name: string | undefined
  /** Names of its columns, where they have others than their own. */
  columns: string[] | undefined
  /** The query that it is, if it is one of this statement's. */
  query: Node | undefined
}

/** What FROM is made of, through the parentheses of joins. */
export function sources(query: Visit): Source[] {
  const { fromClause = [], usingClause = [] } = query.node
  const relation = query.node['relation'] as Node | undefined
  const written = [...(fromClause as Node[]), ...(usingClause as Node[])].flatMap(withinJoins)
  const read = relation ? [{ RangeVar: relation }, ...written] : written
  return read.map(({ RangeVar, RangeSubselect }) =>
    sourceOf(RangeVar as Node | undefined, RangeSubselect as Node | undefined, query),
  )
}

function withinJoins(source: Node): Node[] {
  const join = source['JoinExpr'] as { larg: Node; rarg: Node } | undefined
  return join ? [...withinJoins(join.larg), ...withinJoins(join.rarg)] : [source]
}

function sourceOf(relation: Node | undefined, subselect: Node | undefined, query: Visit): Source {
  const { alias, relname, schemaname } = relation ?? subselect ?? {}
  const known = alias as { aliasname: string; colnames?: Node[] } | undefined
  const isPlain = relname !== undefined && schemaname === undefined
  const named = isPlain ? withQueryNamed(relname as string, query) : undefined
  const columns = known?.colnames ?? (named?.['aliascolnames'] as Node[] | undefined)
  const inner = (subselect?.['subquery'] ?? named?.['ctequery']) as Node | undefined
  return {
    name: known?.aliasname ?? (relname as string | undefined),
    columns: columns?.map((column) => lastName([column])),
    query: inner?.['SelectStmt'] as Node | undefined,
  }
}

function withQueryNamed(name: string, query: Visit): Node | undefined {
  for (let at: Visit | undefined = query; at; at = queryAround(at)) {
    const { ctes = [] } = (at.node['withClause'] ?? {}) as { ctes?: { CommonTableExpr: Node }[] }
    const named = ctes.find(({ CommonTableExpr }) => CommonTableExpr['ctename'] === name)
    if (named) return named.CommonTableExpr
  }
  return undefined
}
