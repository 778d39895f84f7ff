/** A node of PostgreSQL's syntax tree; its fields are as libpg-query names them. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Node = Record<string, any>

export interface Visit {
  type: string
  node: Node
  parent?: Visit | undefined
  /** The field of the parent that holds this node. */
  field: string
}

/** Fields whose node stands there without its type's name around it. */
const typeOfField: Record<string, string> = {
  relation: 'RangeVar',
  rel: 'RangeVar',
  view: 'RangeVar',
  typeName: 'TypeName',
  larg: 'SelectStmt',
  rarg: 'SelectStmt',
  over: 'WindowDef',
  withClause: 'WithClause',
  into: 'IntoClause',
  intoClause: 'IntoClause',
  returningClause: 'ReturningClause',
  onConflictClause: 'OnConflictClause',
  alias: 'Alias',
}

/** Visits every node of a syntax tree once, parents first. */
export function walk(tree: unknown, visit: (visit: Visit) => void): void {
  step(tree, undefined, '')

  function step(value: unknown, parent: Visit | undefined, field: string): void {
    if (Array.isArray(value)) {
      for (const item of value) step(item, parent, field)
      return
    }
    if (typeof value !== 'object' || value === null) return
    for (const key in value) {
      const inner = (value as Node)[key] as unknown
      if (typeof inner !== 'object' || inner === null) continue
      const code = key.charCodeAt(0)
      if (code < 65 || code > 90) {
        const type = typeOfField[key]
        const named = type !== undefined && !Array.isArray(inner) && !startsWithType(inner)
        if (named) enter(type, inner, parent, key)
        else step(inner, parent, key)
      } else if (key !== 'A_Const' && key !== 'String') enter(key, inner, parent, field)
    }
  }

  function enter(type: string, node: Node, parent: Visit | undefined, field: string): void {
    const here = { type, node, parent, field }
    visit(here)
    step(node, here, field)
  }
}

function startsWithType(value: object): boolean {
  for (const key in value) return key.charCodeAt(0) >= 65 && key.charCodeAt(0) <= 90
  return false
}

/** The last part of a name: `extract` of `pg_catalog.extract`. */
export function lastName(names: Node[] | undefined): string {
  return (names?.at(-1)?.['String'] as { sval?: string } | undefined)?.sval ?? ''
}
