import { SqlError } from '../errors'
import type { Calls } from './calls'
import { isSystemRelation, scanned } from './leader-node'
import { lastName, type Lookup, type Node, type Visit } from './parse'
import { quoteLiteral, quoteName } from './tokens'

interface LateView {
  schema: string
  name: string
  /** Whether its name alone means it. */
  isVisible: boolean
  query: string
  columns: string[]
}

const viewsQuery =
  'select schema, name, visible, query, columns::jsonb from redshift_catalog.late_binding_view'

function viewsIn(session: Lookup): LateView[] {
  return session.rowsOf(viewsQuery).map(([schema, name, visible, query, columns]) => ({
    schema: schema!,
    name: name!,
    isVisible: visible === 't',
    query: query!,
    columns: JSON.parse(columns!) as string[],
  }))
}

/** Writes a query in Redshift's SQL for the engine. */
type Rewrite = (query: string, session: Lookup) => string

/**
 * Where a statement reads views WITH NO SCHEMA BINDING: what they name is looked up when they are read, and need not
 * be there before. The engine has no such views. It has an empty one in the place of each, which names, rights and
 * drops are about; its query is kept as it was written, and stands in place of the name wherever a statement reads it.
 */
export class LateViews {
  readonly #read: { node: Node; view: LateView }[] = []
  readonly #listed: Visit[] = []

  constructor(
    tree: Node[],
    private readonly session: Lookup,
  ) {
    if (!session.lateBinding?.isUsed) return
    const relations = scanned(tree).filter((relation) => !isSystemRelation(relation))
    if (relations.length === 0) return
    const views = viewsIn(session)
    for (const node of relations) {
      const view = views.find((known) => isOf(node, known))
      if (view) this.#read.push({ node, view })
    }
  }

  /** Takes down a call of the function that tells of all such views. */
  note(visit: Visit): void {
    const { type, node } = visit
    if (type !== 'FuncCall' || lastName(node['funcname'] as Node[]) !== listing) return
    this.#listed.push(visit)
  }

  get areNone(): boolean {
    return this.#read.length + this.#listed.length === 0
  }

  /** Puts each view's query in the place of its name. */
  replace(calls: Calls, rewrite: Rewrite): void {
    for (const { node, view } of this.#read) {
      const first = calls.tokenOf(node)
      const parts = ['catalogname', 'schemaname', 'relname'].filter((part) => node[part]).length
      const { start } = calls.tokens[first]!
      const { end } = calls.tokens[first + 2 * (parts - 1)]!
      const alias = node['alias'] ? '' : ` as ${quoteName(view.name)}`
      calls.edits.replace({ start, end }, `${queryOf(view, this.session, rewrite)}${alias}`)
    }
    for (const visit of this.#listed) {
      const views = viewsIn(this.session).map((view) => ({
        schema: view.schema,
        name: view.name,
        query: queryOf(view, this.session, rewrite),
      }))
      const told = quoteLiteral(JSON.stringify(views))
      calls.at(visit).replace(() => `redshift_catalog.late_binding_view_cols(${told})`, listing)
    }
  }
}

const listing = 'pg_get_late_binding_view_cols'

function isOf(node: Node, view: LateView): boolean {
  if (node['relname'] !== view.name) return false
  return node['schemaname'] === undefined ? view.isVisible : node['schemaname'] === view.schema
}

function queryOf(
  { query, columns, schema, name }: LateView,
  session: Lookup,
  rewrite: Rewrite,
): string {
  const depth = (session.viewDepth ?? 0) + 1
  if (depth > deepest) {
    const message = `infinite recursion detected in rules for relation "${schema}.${name}"`
    throw new SqlError('42P17', message)
  }
  const written = rewrite(query, { ...session, viewDepth: depth })
  if (columns.length === 0) return `(${written})`
  return `(select * from (${written}) as named (${columns.map(quoteName).join(', ')}))`
}

/** Views read views, though no sensible ones so deep. */
const deepest = 50
