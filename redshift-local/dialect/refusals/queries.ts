import { readsCatalogOnly, readsUserTable } from '../leader-node'
import { isLeaderOnly } from '../names'
import { lastName, type Node, type Visit } from '../parse'
import { documentedUnsupported, inNoGrammar, type NodeRefusal } from './refusal'

/** Found at the nodes of a query: its clauses, expressions and types. */
export const queryRefusals: NodeRefusal[] = [
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
    fact: inNoGrammar,
    example: '(select a from t limit 1) union all select a from t',
    sqlstate: '0A000',
    message: 'LIMIT in an arm of a set operation is not supported',
    when: ({ node, field }) => /^[lr]arg$/.test(field) && node['limitCount'] !== undefined,
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
    node: 'A_ArrayExpr',
    fact: documentedUnsupported,
    example: 'select array[1, 2]',
    sqlstate: '0A000',
    message:
      'Array constructors are not carried out by the local Redshift: they make a SUPER there.',
    when: (_, tree) => !readsCatalogOnly(tree),
  },
  {
    node: 'SubLink',
    fact: documentedUnsupported,
    example: 'select array(select a from t)',
    sqlstate: '0A000',
    message: 'Array constructors are not supported on Redshift tables',
    when: ({ node }, tree) => node['subLinkType'] === 'ARRAY_SUBLINK' && !readsCatalogOnly(tree),
  },
  {
    node: 'A_Indices',
    fact: documentedUnsupported,
    example: 'select b[1] from t',
    sqlstate: '0A000',
    message: 'Subscripted expressions are not supported',
    when: (_, tree) => readsUserTable(tree),
  },
  {
    node: 'RowExpr',
    fact: documentedUnsupported,
    example: 'select row(1, 2)',
    sqlstate: '0A000',
    message: 'Row constructors are not supported',
    when: ({ node }, tree) =>
      node['row_format'] === 'COERCE_EXPLICIT_CALL' && !readsCatalogOnly(tree),
  },
  {
    node: 'A_Expr',
    fact: 'C: IS DISTINCT FROM in the list of unsupported functions',
    example: 'select 1 is distinct from 2',
    sqlstate: '42601',
    message: 'syntax error at or near "distinct"',
    when: ({ node }, tree) => /DISTINCT/.test(node['kind'] as string) && !readsCatalogOnly(tree),
  },
  {
    node: 'RangeFunction',
    fact: 'C: table functions',
    example: "select * from pg_catalog.repeat('a', 2)",
    sqlstate: '0A000',
    message: 'Table functions are not supported',
    when: ({ node }, tree) => !tableFunctions(node).every(isLeaderOnly) && !readsCatalogOnly(tree),
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
