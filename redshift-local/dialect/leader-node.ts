import { isSystem } from './names'
import { type Node, type ParsedStatement, perTree, type Visit, walk } from './parse'
import { isOfStatements } from './system-relations'

/**
 * What is Redshift's leader node's: queries of the catalog alone, which the PostgreSQL that it is answers with
 * functions, arrays and table functions that no table of a user's can be queried with.
 */

/** Whether a statement scans a table of the user's: what runs on the leader node alone cannot be with it. */
export function readsUserTable(tree: Node[]): boolean {
  return scanned(tree).some((relation) => !isSystemRelation(relation))
}

/** Whether a statement reads the catalog, and no table of the user's. */
export function readsCatalogOnly(tree: Node[]): boolean {
  const relations = scanned(tree)
  return relations.length > 0 && relations.every(isSystemRelation)
}

/** Whether a statement reads a table that lies on the compute nodes: the user's, and STL_…, SVV_…, SYS_…. */
export function readsComputeNodes(tree: Node[]): boolean {
  return scanned(tree).some(
    (relation) =>
      !isSystemRelation(relation) ||
      /^(stl|stv|svl|svv|svcs|sys)_/.test(relation['relname'] as string),
  )
}

/** Whether a table is filled with the rows of a query, which the compute nodes then make. */
export function fillsTable([first]: Node[]): boolean {
  const statement = first?.['stmt'] as Record<string, Node> | undefined
  if (!statement) return false
  const { CreateTableAsStmt, InsertStmt, SelectStmt } = statement
  const query = (InsertStmt?.['selectStmt'] as Node | undefined)?.['SelectStmt'] as Node | undefined
  if (query) return query['valuesLists'] === undefined
  return CreateTableAsStmt !== undefined || SelectStmt?.['intoClause'] !== undefined
}

/** Whether a RangeVar means a relation of the system's. */
export function isSystemRelation(node: Node): boolean {
  return isSystem(node['schemaname'] as string | undefined, node['relname'] as string)
}

/** The relations that a statement reads, its own WITH queries left out. */
export const scanned = perTree((tree): Node[] => {
  const relations: Node[] = []
  const queryNames = new Set<string>()
  walk(tree, ({ type, node, parent, field }) => {
    if (type === 'CommonTableExpr') queryNames.add(node['ctename'] as string)
    if (type === 'RangeVar' && isScanned(parent, field)) relations.push(node)
  })
  return relations.filter(
    ({ schemaname, relname }) => schemaname !== undefined || !queryNames.has(relname as string),
  )
})

// A row that INSERT … VALUES makes is made by the leader node; a table that is scanned is not.
function isScanned(parent: Visit | undefined, field: string): boolean {
  if (field === 'fromClause' || field === 'usingClause') return true
  return ['JoinExpr', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'].includes(parent?.type ?? '')
}

/**
 * Relations of pg_catalog that are read through a view of the same name in redshift_catalog: it has the
 * columns that PostgreSQL 8.0 and Redshift have and the engine lacks, and leaves out what is the local
 * Redshift's own.
 */
export const viewedRelations = new Set([
  'pg_attrdef',
  'pg_attribute',
  'pg_auth_members',
  'pg_class',
  'pg_constraint',
  'pg_database',
  'pg_default_acl',
  'pg_group',
  'pg_index',
  'pg_indexes',
  'pg_namespace',
  'pg_proc',
  'pg_roles',
  'pg_stat_activity',
  'pg_tables',
  'pg_type',
  'pg_views',
])

/** Whether a node names a relation, or a column by its relation, that is read through a view of ours. */
export function isViewed({ type, node, parent, field }: Visit, tree: Node[]): boolean {
  if (type === 'ColumnRef') {
    const [schema, relation] = (node['fields'] as Node[]).slice(0, -1).map(textOf)
    return schema === 'pg_catalog' && viewedRelations.has(relation ?? '')
  }
  if (type !== 'RangeVar' || !viewedRelations.has(node['relname'] as string)) return false
  if (!isScanned(parent, field)) return false
  return node['schemaname'] === undefined
    ? scanned(tree).includes(node)
    : node['schemaname'] === 'pg_catalog'
}

const textOf = (node: Node) => (node['String'] as { sval?: string } | undefined)?.sval

/** Whether a statement reads relations that show what sessions ran. */
export function readsStatementLog({ tokens }: ParsedStatement): boolean {
  // No question of thousands of words is about them, and many an INSERT has millions.
  return tokens.length < 5000 && tokens.some(({ value }) => isOfStatements(value))
}
