import { readsUserTable } from '../leader-node'
import { wordSet } from '../names'
import { lastName, type Node, type Visit, wholeNumber } from '../parse'
import { functionOf, type NodeRefusal } from './refusal'

const unsupported = {
  sqlstate: 'XX000',
  message: 'This type of correlated subquery pattern is not supported due to internal error',
}

/**
 * Correlated sub-queries that Redshift cannot decorrelate. The tree alone does not tell whose an unqualified
 * column is, so only `table.column` counts as a reference.
 */
export const correlationRefusals: NodeRefusal[] = [
  {
    node: 'SubLink',
    fact: 'docs r_correlated_subqueries: a reference that skips a query block',
    example:
      'select a from t where not exists (select 1 from s where not exists (select 1 from t x where x.a = t.a))',
    ...unsupported,
    when: (visit, tree) => isReference(visit, tree, ({ level }) => level > 1),
  },
  {
    node: 'SubLink',
    fact: 'docs r_correlated_subqueries: in the ON clause of an outer join',
    example:
      'select * from t left join s on t.a = s.a and s.a = (select max(x.a) from t x where x.b = s.b)',
    ...unsupported,
    when: (visit, tree) => isInOuterJoin(visit) && isReference(visit, tree),
  },
  {
    node: 'SubLink',
    fact: 'docs r_correlated_subqueries: from within a sub-query with a window function',
    example: 'select a from t where a not in (select sum(s.a) over () from s where s.a = t.a)',
    ...unsupported,
    when: (visit, tree) =>
      callsOf(selectOf(visit)).some((call) => call['over'] !== undefined) &&
      isReference(visit, tree),
  },
  {
    node: 'SubLink',
    fact: 'docs r_correlated_subqueries: IN (aggregate … GROUP BY), but for MIN and MAX',
    example: 'select a from t where a in (select sum(s.a) from s where s.b = t.b group by s.b)',
    ...unsupported,
    when: (visit, tree) => {
      const select = selectOf(visit)
      if (visit.node['subLinkType'] !== 'ANY_SUBLINK' || !select['groupClause']) return false
      const names = callsOf(select).map(functionOf)
      const isGrouped = names.some((name) => aggregates.has(name) && !/^(min|max)$/.test(name))
      return isGrouped && isReference(visit, tree)
    },
  },
  {
    node: 'SubLink',
    fact: 'SQLMesh/sqlmesh#5342, real text: an aggregate over rows that another operator than = chooses',
    example: 'select a, (select count(*) from s where s.b = t.b and s.a < t.a) from t',
    ...unsupported,
    when: (visit, tree) =>
      callsOf(selectOf(visit)).some((call) => aggregates.has(functionOf(call))) &&
      isReference(visit, tree, ({ operator }) => inequalities.has(operator)),
  },
  {
    node: 'SubLink',
    fact: 'SQLMesh/sqlmesh#5342, by analogy: nothing equal to join by; docs merge-examples: else it is taken',
    example: 'select a from t where exists (select 1 from s where s.a < t.a)',
    ...unsupported,
    when: (visit, tree) =>
      isReference(visit, tree, ({ operator }) => inequalities.has(operator)) &&
      !isReference(visit, tree, ({ operator }) => operator === '='),
  },
  {
    node: 'SubLink',
    fact: 'docs r_correlated_subqueries, by analogy, from memory: a correlated scalar sub-query with LIMIT',
    example: 'select a, (select s.b from s where s.a = t.a limit 1) from t',
    ...unsupported,
    when: (visit, tree) =>
      visit.node['subLinkType'] === 'EXPR_SUBLINK' &&
      selectOf(visit)['limitCount'] !== undefined &&
      isReference(visit, tree),
  },
  {
    node: 'SelectStmt',
    fact: 'docs r_correlated_subqueries: GROUP BY the result; databricks/spark-redshift#337, real text',
    example: 'select a, (select count(s.a) from s where s.a = t.a) as n from t group by n, a',
    ...unsupported,
    when: ({ node }, tree) =>
      readsUserTable(tree) &&
      listOf(node['groupClause']).some((key) => isCorrelated(targetOf(key, node))),
  },
]

const inequalities = new Set(['<', '>', '<=', '>=', '<>'])
const aggregates = wordSet(
  'min max avg count sum stddev stddev_pop stddev_samp var_pop var_samp variance listagg median',
)

/** A column of a table outside of a sub-query, and the operator that compares it. */
interface Reference {
  table: string
  /** How many query blocks outwards its table is. */
  level: number
  operator: string
}

function isReference(
  visit: Visit,
  tree: Node[],
  fits: (reference: Reference) => boolean = () => true,
): boolean {
  if (!readsUserTable(tree)) return false
  const free = freeReferences(selectOf(visit))
  if (free.length === 0) return false
  const blocks = blocksAround(visit)
  return free.some(({ table, operator }) => {
    const level = blocks.findIndex((names) => names.has(table)) + 1
    return level > 0 && fits({ table, level, operator })
  })
}

/** The names of the tables of each query block around a sub-query, from the inside. */
function blocksAround({ parent }: Visit): Set<string>[] {
  const blocks: Set<string>[] = []
  for (let at = parent; at; at = at.parent) {
    if (at.type === 'RangeSubselect' || at.type === 'CommonTableExpr') break
    const isBlock = ['SelectStmt', 'UpdateStmt', 'DeleteStmt'].includes(at.type)
    const names = isBlock ? tablesOf(at.node) : new Set<string>()
    if (names.size > 0) blocks.push(names)
  }
  return blocks
}

function selectOf({ node }: Visit): Node {
  return (node['subselect'] as Node)['SelectStmt'] as Node
}

/** What a query block refers to by the name of a table that it has not; its own sub-queries aside. */
function freeReferences(select: Node): { table: string; operator: string }[] {
  const own = tablesOf(select)
  const found: { table: string; operator: string }[] = []
  for (const field of ['targetList', 'whereClause', 'groupClause', 'havingClause', 'fromClause'])
    collect(select[field], '')
  return found

  function collect(value: unknown, operator: string): void {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value) as [string, Node][]) {
      if (key === 'SubLink' || key === 'RangeSubselect') continue
      if (key === 'ColumnRef') {
        const table = lastName((inner['fields'] as Node[]).slice(0, -1))
        if (table !== '' && !own.has(table)) found.push({ table, operator })
      } else if (key === 'A_Expr' && inner['kind'] === 'AEXPR_OP') {
        collect(inner, lastName(inner['name'] as Node[]))
      } else collect(inner, key === 'BoolExpr' ? '' : operator)
    }
  }
}

/** The names by which a query block knows its tables. */
function tablesOf(block: Node): Set<string> {
  const names = new Set<string>()
  const relation = block['relation'] as Node | undefined
  if (relation) add(relation)
  collect(block['fromClause'])
  collect(block['usingClause'])
  return names

  function collect(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value) as [string, Node][]) {
      if (['RangeVar', 'RangeSubselect', 'RangeFunction'].includes(key)) add(inner)
      else if (key !== 'quals') collect(inner)
    }
  }

  function add(range: Node): void {
    const alias = (range['alias'] as Node | undefined)?.['aliasname'] as string | undefined
    names.add(alias ?? (range['relname'] as string | undefined) ?? '')
  }
}

function isInOuterJoin(visit: Visit): boolean {
  for (let at: Visit | undefined = visit; at && at.type !== 'SelectStmt'; at = at.parent) {
    const join = at.parent
    if (join?.type === 'JoinExpr' && at.field === 'quals')
      return join.node['jointype'] !== 'JOIN_INNER'
  }
  return false
}

/** The calls in a select list. */
function callsOf(select: Node): Node[] {
  return listOf(select['targetList']).flatMap((target) => {
    const call = ((target['ResTarget'] as Node)['val'] as Node | undefined)?.['FuncCall'] as
      Node | undefined
    return call ? [call] : []
  })
}

function listOf(value: unknown): Node[] {
  return (value as Node[] | undefined) ?? []
}

/** The expression of the select list that a key of GROUP BY names or counts. */
function targetOf(key: Node, select: Node): Node | undefined {
  const targets = listOf(select['targetList']).map((target) => target['ResTarget'] as Node)
  const place = wholeNumber(key)
  if (place !== undefined) return targets[place - 1]?.['val'] as Node | undefined
  const fields = listOf((key['ColumnRef'] as Node | undefined)?.['fields'])
  if (fields.length !== 1) return undefined
  const named = targets.find((target) => target['name'] === lastName(fields))
  return named?.['val'] as Node | undefined
}

function isCorrelated(expression: Node | undefined): boolean {
  const select = ((expression?.['SubLink'] as Node | undefined)?.['subselect'] as Node | undefined)
    ?.SelectStmt as Node | undefined
  return select !== undefined && freeReferences(select).length > 0
}
