import { isLeaderOnly } from '../function-names'
import { readsCatalogOnly } from '../leader-node'
import { lastName, type Node, type Visit, walk } from '../parse'
import { relationsNotKept } from '../system-relations'
import { documentedUnsupported, inNoGrammar, type NodeRefusal } from './refusal'

/** Found at the nodes of a query, by its clauses. */
export const queryRefusals: NodeRefusal[] = [
  {
    node: 'RangeVar',
    fact: 'docs cm_chap_system-tables: the system relations, many of which tell of what one machine has not',
    example: 'select query from stl_explain',
    sqlstate: '0A000',
    message: ({ node }) =>
      `${(node['relname'] as string).toUpperCase()} is not kept by the local Redshift.`,
    answer: 'STL_EXPLAIN is not kept by the local Redshift.',
    when: ({ node }) =>
      relationsNotKept.has(node['relname'] as string) &&
      [undefined, 'pg_catalog'].includes(node['schemaname'] as string | undefined),
  },
  {
    node: 'LockingClause',
    fact: inNoGrammar,
    example: 'select a from t for update',
    sqlstate: '0A000',
    message: 'SELECT FOR UPDATE/SHARE is not supported',
  },
  {
    node: 'RangeSubselect',
    fact: inNoGrammar,
    example: 'select 1 from t, lateral (select t.a) u',
    sqlstate: '0A000',
    message: 'LATERAL is not supported',
    when: ({ node }) => node['lateral'] === true,
  },
  {
    node: 'SelectStmt',
    fact: 'C: real text',
    example: 'select distinct on (a) a, b from t',
    sqlstate: '0A000',
    message: 'SELECT DISTINCT ON is not supported',
    when: ({ node }) =>
      (node['distinctClause'] as Node[] | undefined)?.some((it) => Object.keys(it).length > 0) ??
      false,
  },
  {
    node: 'RangeTableSample',
    fact: inNoGrammar,
    example: 'select a from t tablesample system (10)',
    sqlstate: '42601',
    message: 'syntax error at or near "tablesample"',
  },
  {
    node: 'SelectStmt',
    fact: documentedUnsupported,
    example: 'select * from (values (1), (2)) v',
    sqlstate: '0A000',
    message: 'A VALUES list used as a constant table is not supported',
    hint: 'Select the rows, with UNION ALL between them.',
    when: ({ node, parent }) => node['valuesLists'] !== undefined && parent?.type !== 'InsertStmt',
  },
  {
    node: 'SubLink',
    fact: 'C: real text',
    example: 'insert into t values (1), ((select max(a) from t))',
    sqlstate: '0A000',
    message: "can't use subqueries in multi-row VALUES",
    when: isInMultiRowValues,
  },
  {
    node: 'SelectStmt',
    fact: 'docs r_UNION, real text',
    example: '(select a from t limit 1) union all select a from t',
    sqlstate: '0A000',
    message: 'LIMIT may not be used within input to set operations.',
    when: ({ node, field }) =>
      /^[lr]arg$/.test(field) && (node['limitCount'] ?? node['limitOffset']) !== undefined,
  },
  {
    node: 'CommonTableExpr',
    fact: 'docs r_WITH_clause: for a recursive query the list of its columns is required',
    example:
      'with recursive q as (select 1 as n union all select n + 1 from q where n < 3) select n from q',
    sqlstate: '42601',
    message: ({ node }) => `recursive query "${node['ctename']}" must have a list of its columns`,
    answer: 'recursive query "q" must have a list of its columns',
    when: (visit) => visit.node['aliascolnames'] === undefined && isRecursive(visit),
  },
  {
    node: 'CommonTableExpr',
    fact: 'docs r_WITH_clause: a recursive query is a UNION ALL of two',
    example:
      'with recursive q (n) as (select 1 union select n + 1 from q where n < 3) select n from q',
    sqlstate: '0A000',
    message: ({ node }) =>
      `recursive query "${node['ctename']}" must be a UNION ALL of two queries`,
    answer: 'recursive query "q" must be a UNION ALL of two queries',
    when: (visit) => isRecursive(visit) && queryOf(visit)['all'] !== true,
  },
  {
    node: 'CommonTableExpr',
    fact: 'docs r_WITH_clause: a recursive query has no ORDER BY or LIMIT',
    example:
      'with recursive q (n) as (select 1 union all select n + 1 from q where n < 3 limit 2) select n from q',
    sqlstate: '0A000',
    message: ({ node }) => `recursive query "${node['ctename']}" cannot have ORDER BY or LIMIT`,
    answer: 'recursive query "q" cannot have ORDER BY or LIMIT',
    when: (visit) =>
      isRecursive(visit) &&
      (queryOf(visit)['sortClause'] ?? queryOf(visit)['limitCount']) !== undefined,
  },
  {
    node: 'WithClause',
    fact: 'docs r_WITH_clause: WITH RECURSIVE cannot be in a sub-query',
    example:
      'select * from (with recursive q (n) as (select 1 union all select n + 1 from q where n < 3) select n from q) s',
    sqlstate: '0A000',
    message: 'WITH RECURSIVE in a sub-query is not supported',
    when: ({ node, parent }) =>
      node['recursive'] === true && isInQuery(parent!.parent) && !isOurs(node),
  },
  {
    node: 'SelectStmt',
    fact: "r_UNION: INTERSECT ALL, EXCEPT ALL, and MINUS ALL aren't supported",
    example: 'select a from t intersect all select a from t',
    sqlstate: '0A000',
    message: 'ALL of INTERSECT, EXCEPT and MINUS is not supported',
    when: ({ node }) => node['op'] !== 'SETOP_UNION' && node['all'] === true,
  },
  {
    node: 'CommonTableExpr',
    fact: inNoGrammar,
    example: 'with q as materialized (select 1 as x) select x from q',
    sqlstate: '42601',
    message: 'syntax error at or near "materialized"',
    when: ({ node }) => node['ctematerialized'] !== 'CTEMaterializeDefault',
  },
  {
    node: 'CommonTableExpr',
    fact: inNoGrammar,
    example: 'with q as (delete from t) select 1',
    sqlstate: '42601',
    message: 'syntax error: only SELECT can be within WITH',
    when: ({ node }) => (node['ctequery'] as Node)['SelectStmt'] === undefined,
  },
  {
    node: 'SelectStmt',
    fact: inNoGrammar,
    example: 'select sum(a) over w from t window w as (partition by b)',
    sqlstate: '42601',
    message: 'syntax error at or near "window"',
    hint: 'Write the window into each OVER (…).',
    when: ({ node }) => node['windowClause'] !== undefined,
  },
  {
    node: 'SelectStmt',
    fact: 'docs r_SELECT_synopsis: at least one expression',
    example: 'select from t',
    sqlstate: '42601',
    message: 'syntax error at or near "from"',
    when: ({ node }) =>
      node['targetList'] === undefined &&
      node['valuesLists'] === undefined &&
      node['op'] === 'SETOP_NONE',
  },
  {
    node: 'SelectStmt',
    fact: inNoGrammar,
    example: 'select a from t group by distinct a',
    sqlstate: '42601',
    message: 'syntax error at or near "distinct"',
    when: ({ node }) => node['groupDistinct'] === true,
  },
  {
    node: 'SortBy',
    fact: 'docs r_ORDER_BY_clause: ASC or DESC',
    example: 'select a from t order by a using <',
    sqlstate: '42601',
    message: 'syntax error at or near "using"',
    when: ({ node }) => node['sortby_dir'] === 'SORTBY_USING',
  },
  {
    node: 'RangeVar',
    fact: `${inNoGrammar}; no inheritance`,
    example: 'select a from only t',
    sqlstate: '42601',
    message: 'syntax error at or near "only"',
    when: ({ node }) => node['inh'] !== true,
  },
  {
    node: 'JoinExpr',
    fact: inNoGrammar,
    example: 'select * from t join s using (a) as j',
    sqlstate: '42601',
    message: 'syntax error at or near "as"',
    when: ({ node }) => node['join_using_alias'] !== undefined,
  },
  {
    node: 'CommonTableExpr',
    fact: inNoGrammar,
    example: 'with q as (select a from t) search depth first by a set b select a from q',
    sqlstate: '42601',
    message: 'SEARCH and CYCLE are not supported',
    when: ({ node }) => node['search_clause'] !== undefined || node['cycle_clause'] !== undefined,
  },
  {
    node: 'RangeFunction',
    fact: inNoGrammar,
    example: 'select * from generate_series(1, 2) with ordinality',
    sqlstate: '42601',
    message: 'ROWS FROM and WITH ORDINALITY are not supported',
    when: ({ node }, tree) =>
      (node['ordinality'] === true || node['is_rowsfrom'] === true) && !readsCatalogOnly(tree),
  },
  {
    node: 'RangeFunction',
    fact: 'C: table functions',
    example: "select * from pg_catalog.repeat('a', 2)",
    sqlstate: '0A000',
    message: 'Table functions are not supported',
    // redshift_connector 2.1 asks for its catalogs `from current_database()`.
    when: ({ node }, tree) =>
      !tableFunctions(node).every((name) => isLeaderOnly(name) || name === 'current_database') &&
      !readsCatalogOnly(tree),
  },
]

function tableFunctions(node: Node): string[] {
  const lists = node['functions'] as { List: { items: Node[] } }[]
  return lists.map(({ List }) => {
    const call = List.items[0]?.['FuncCall'] as Node | undefined
    return lastName(call?.['funcname'] as Node[] | undefined)
  })
}

function isInMultiRowValues({ parent }: Visit): boolean {
  for (let at = parent; at && at.type !== 'SubLink'; at = at.parent) {
    if (at.field === 'valuesLists') return (at.parent!.node['valuesLists'] as Node[]).length > 1
  }
  return false
}

function queryOf({ node }: Visit): Node {
  return (node['ctequery'] as { SelectStmt?: Node }).SelectStmt ?? {}
}

/** Of WITH RECURSIVE a query that reads itself. */
function isRecursive(visit: Visit): boolean {
  if (visit.parent?.node['recursive'] !== true) return false
  const name = visit.node['ctename'] as string
  let isRead = false
  walk([visit.node['ctequery'] as Node], ({ type, node }) => {
    isRead ||= type === 'RangeVar' && node['relname'] === name && node['schemaname'] === undefined
  })
  return isRead
}

function isInQuery(visit: Visit | undefined): boolean {
  for (let at = visit; at; at = at.parent) if (at.type === 'SelectStmt') return true
  return false
}

/** What stands for CONNECT BY. */
function isOurs(clause: Node): boolean {
  const [first] = clause['ctes'] as { CommonTableExpr: Node }[]
  return first?.CommonTableExpr['ctename'] === 'redshift_tree'
}
