import { readsComputeNodes } from '../leader-node'
import { wordSet } from '../names'
import type { Node } from '../parse'
import { functionOf, inNoGrammar, type NodeRefusal } from './refusal'

/** Found at calls of aggregates and window functions, and at their windows. */
export const aggregateRefusals: NodeRefusal[] = [
  {
    node: 'FuncCall',
    fact: inNoGrammar,
    example: 'select count(*) filter (where a > 1) from t',
    sqlstate: '42601',
    message: 'syntax error at or near "filter"',
    hint: 'Use an aggregate of CASE WHEN … THEN … END.',
    when: ({ node }) => node['agg_filter'] !== undefined,
  },
  {
    node: 'FuncCall',
    fact: 'E: LISTAGG takes its order by WITHIN GROUP; no other aggregate takes any',
    example: "select listagg(b, ',' order by b) from t",
    sqlstate: '42601',
    message: 'syntax error at or near "order"',
    when: ({ node }) => node['agg_order'] !== undefined && node['agg_within_group'] !== true,
  },
  {
    node: 'FuncCall',
    fact: 'OHDSI/Achilles#232, real text',
    example: 'select sum(a) over (order by b) from t',
    sqlstate: '42601',
    message: 'Aggregate window functions with an ORDER BY clause require a frame clause',
    when: ({ node }) => {
      const over = node['over'] as Node | undefined
      if (!over?.['orderClause'] || !framed.has(functionOf(node))) return false
      return ((over['frameOptions'] as number) & frameGiven) === 0
    },
  },
  {
    node: 'WindowDef',
    fact: 'OHDSI/Achilles#232, real text',
    example: 'select sum(a) over (order by b range unbounded preceding) from t',
    sqlstate: '0A000',
    message: 'RANGE clause of window functions not yet implemented',
    when: ({ node }) =>
      ((node['frameOptions'] as number) & (frameGiven | frameRange)) === (frameGiven | frameRange),
  },
  {
    node: 'WindowDef',
    fact: 'docs c_Window_functions: frame_clause is ROWS only',
    example: 'select sum(a) over (order by b groups unbounded preceding) from t',
    sqlstate: '42601',
    message: 'syntax error in the frame clause: only ROWS is supported',
    when: ({ node }) => ((node['frameOptions'] as number) & (frameGroups | frameExclusion)) !== 0,
  },
  {
    node: 'FuncCall',
    fact: 'docs r_WF_MEDIAN, r_WF_LISTAGG, r_WF_PERCENTILE_CONT: OVER cannot contain an ordering or a frame',
    example: 'select median(a) over (partition by b order by a rows unbounded preceding) from t',
    sqlstate: '42601',
    message: ({ node }) =>
      `syntax error at or near "${(node['over'] as Node)['orderClause'] ? 'order' : 'rows'}"`,
    answer: 'syntax error at or near "order"',
    when: ({ node }) => {
      const over = node['over'] as Node | undefined
      if (!over || !isSorted(node)) return false
      return (
        over['orderClause'] !== undefined || ((over['frameOptions'] as number) & frameGiven) !== 0
      )
    },
  },
  {
    node: 'FuncCall',
    fact: 'E: LISTAGG and PERCENTILE_* alone take WITHIN GROUP',
    example: 'select rank(1) within group (order by a) from t',
    sqlstate: '42601',
    message: 'syntax error at or near "within"',
    when: ({ node }) => node['agg_within_group'] === true && !isSorted(node),
  },
  {
    node: 'FuncCall',
    fact: 'docs r_WF_LAG, r_WF_LEAD: value and offset; the text is from memory',
    example: 'select lag(a, 1, 0) over (order by a) from t',
    sqlstate: '0A000',
    message: ({ node }) =>
      `Default parameter not be supported for window function ${functionOf(node)}`,
    answer: 'Default parameter not be supported for window function lag',
    when: ({ node }) => ['lag', 'lead'].includes(functionOf(node)) && argsOf(node).length > 2,
  },
  {
    node: 'FuncCall',
    fact: 'docs r_WF_COUNT and the like: no DISTINCT',
    example: 'select count(distinct a) over (partition by b) from t',
    sqlstate: '0A000',
    message: 'DISTINCT is not supported for window functions',
    when: ({ node }) => node['over'] !== undefined && node['agg_distinct'] === true,
  },
  {
    node: 'WindowDef',
    fact: 'metabase/metabase#70888, real text',
    example: 'select rank() over (partition by 1 order by a) from t',
    sqlstate: '0A000',
    message: 'constant expressions are not supported in partition by clauses',
    when: ({ node }) => partsOf(node, 'partitionClause').some(isConstant),
  },
  {
    node: 'WindowDef',
    fact: 'metabase/metabase#70273: nor in ORDER BY; the text by analogy',
    example: 'select rank() over (order by 1) from t',
    sqlstate: '0A000',
    message: 'constant expressions are not supported in order by clauses',
    when: ({ node }) =>
      partsOf(node, 'orderClause').some((it) => isConstant((it['SortBy'] as Node)['node'] as Node)),
  },
  {
    node: 'FuncCall',
    fact: 'docs r_LISTAGG: the delimiter is a string constant',
    example: 'select listagg(b, b) from t',
    sqlstate: '0A000',
    message: 'The delimiter of LISTAGG must be a constant',
    when: ({ node }) => /^listagg/.test(functionOf(node)) && isVariable(argsOf(node)[1]),
  },
  {
    node: 'FuncCall',
    fact: 'docs c_SQL_functions_compute_node_only; C, real texts',
    example: 'select listagg(a) from (select 1 as a)',
    sqlstate: '0A000',
    message:
      'One or more of the used functions must be applied on at least one user created tables. ' +
      'Examples of user table only functions are LISTAGG, MEDIAN, PERCENTILE_CONT, etc',
    when: ({ node }, tree) => isSorted(node) && !readsComputeNodes(tree),
  },
  {
    node: 'SelectStmt',
    fact: 'metabase/metabase#38100, real text; docs r_MEDIAN: the same ORDER BY for all in a statement',
    example: 'select median(a), listagg(b) within group (order by b) from t',
    sqlstate: '0A000',
    message: 'within group ORDER BY clauses for aggregate functions must be the same',
    when: ({ node }) => {
      const orders = aggregatesOf(node).flatMap((call) => orderOf(call) ?? [])
      return orders.some((order) => order !== orders[0])
    },
  },
  {
    node: 'SelectStmt',
    fact: 'data-mie/dbt-profiler#84, real text',
    example: 'select median(a), count(distinct b) from t',
    sqlstate: '0A000',
    message:
      'Using LISTAGG/PERCENTILE_CONT/MEDIAN aggregate functions with other distinct aggregate function not supported',
    when: ({ node }) => {
      const calls = aggregatesOf(node)
      return (
        calls.some(isSorted) &&
        calls.some((call) => !isSorted(call) && call['agg_distinct'] === true)
      )
    },
  },
]

/** The aggregates that sort, and run on the compute nodes alone. */
function isSorted(call: Node): boolean {
  return /^(median|listagg(_distinct)?|percentile_(cont|disc))$/.test(functionOf(call))
}

function argsOf(call: Node): Node[] {
  return (call['args'] as Node[] | undefined) ?? []
}

function partsOf(window: Node, clause: string): Node[] {
  return (window[clause] as Node[] | undefined) ?? []
}

function isConstant(expression: Node): boolean {
  const cast = expression['TypeCast'] as Node | undefined
  return cast ? isConstant(cast['arg'] as Node) : expression['A_Const'] !== undefined
}

function isVariable(expression: Node | undefined): boolean {
  return JSON.stringify(expression ?? null).includes('"ColumnRef"')
}

/** The aggregates of a select list and HAVING, those of sub-queries and windows left out. */
function aggregatesOf(select: Node): Node[] {
  const calls: Node[] = []
  for (const field of ['targetList', 'havingClause']) collect(select[field])
  return calls

  function collect(value: unknown): void {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'SubLink') continue
      const isCall = key === 'FuncCall' && (inner as Node)['over'] === undefined
      if (isCall) calls.push(inner as Node)
      collect(inner)
    }
  }
}

/** What an aggregate sorts by; none for LISTAGG without an order. */
function orderOf(call: Node): string | undefined {
  if (!isSorted(call)) return undefined
  const sorted =
    functionOf(call) === 'median'
      ? [[argsOf(call)[0], false]]
      : (call['agg_order'] as { SortBy: Node }[] | undefined)?.map(({ SortBy }) => [
          SortBy['node'] as Node,
          SortBy['sortby_dir'] === 'SORTBY_DESC',
        ])
  return JSON.stringify(sorted, (key, value: unknown) => (key === 'location' ? undefined : value))
}

const framed = wordSet(
  'sum avg count min max stddev stddev_samp stddev_pop variance var_samp var_pop first_value last_value nth_value first_value_ignoring_nulls last_value_ignoring_nulls nth_value_ignoring_nulls',
)
// FRAMEOPTION_* of PostgreSQL's parsenodes.h
const [frameGiven, frameRange, frameGroups, frameExclusion] = [
  0x1,
  0x2,
  0x8,
  0x8000 | 0x10000 | 0x20000,
]
