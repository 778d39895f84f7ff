import { readsCatalogOnly, readsUserTable } from '../leader-node'
import { knownOperators, operatorsOfLeaderNode, systemColumns } from '../names'
import { lastName, type Node, perTree, walk } from '../parse'
import {
  documentedUnsupported,
  inNoGrammar,
  type NodeRefusal,
  notCarriedOut,
  notOnTables,
} from './refusal'

/** Found at the nodes of an expression, operators, calls and types aside. */
export const expressionRefusals: NodeRefusal[] = [
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
    message: notCarriedOut('Navigation into a SUPER value by [ ]'),
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
    node: 'RowExpr',
    fact: documentedUnsupported,
    example: 'select count(distinct (a, b)) from t',
    sqlstate: '0A000',
    message: 'Row constructors are not supported',
    // `(a, b) in (select …)` and `(a, b) = (1, 2)` compare column by column; `group by (a, b)` is a list of keys.
    when: ({ parent, field }, tree) =>
      !['A_Expr', 'SubLink', 'RowExpr', 'List', 'MultiAssignRef', 'GroupingSet'].includes(
        parent?.type ?? '',
      ) &&
      field !== 'groupClause' &&
      !readsCatalogOnly(tree),
  },
  {
    node: 'A_Indirection',
    fact: documentedUnsupported,
    example: 'select (t).a from t',
    sqlstate: '0A000',
    message: notCarriedOut('Navigation into a SUPER value by `.`'),
    when: ({ node }, tree) =>
      (node['indirection'] as Node[]).some((it) => it['String'] !== undefined) &&
      !readsCatalogOnly(tree),
  },
  {
    node: 'ColumnRef',
    fact: 'docs query-super: navigation, alias.column.attribute',
    example: 'select x.a.b from t x',
    sqlstate: '0A000',
    message: notCarriedOut('Navigation into a SUPER value by `.`'),
    when: ({ node }, tree) => {
      const fields = node['fields'] as Node[]
      return fields.length > 2 && tableAliases(tree).has(lastName(fields.slice(0, 1)))
    },
  },
  {
    node: 'RangeVar',
    fact: 'docs query-super: unnesting, FROM table AS alias, alias.column',
    example: 'select y from t x, x.b as y',
    sqlstate: '0A000',
    message: notCarriedOut('Unnesting a SUPER value in FROM'),
    when: ({ node }, tree) =>
      node['schemaname'] !== undefined && tableAliases(tree).has(node['schemaname'] as string),
  },
  {
    node: 'BooleanTest',
    fact: 'docs r_Boolean_type, real text: no IS comparison in the SELECT list',
    example: 'select a = 1 is true from t',
    sqlstate: '0A000',
    message: 'Not implemented',
    hint: 'IS TRUE and its like can be in WHERE only: compare by = in the SELECT list.',
    when: ({ parent }, tree) =>
      parent?.type === 'ResTarget' && parent.field === 'targetList' && !readsCatalogOnly(tree),
  },
  {
    node: 'ColumnRef',
    fact: 'C: no system columns',
    example: 'select ctid from t',
    sqlstate: '42703',
    message: ({ node }) => `column "${lastName(node['fields'] as Node[])}" does not exist`,
    answer: 'column "ctid" does not exist',
    when: ({ node }, tree) =>
      systemColumns.has(lastName(node['fields'] as Node[])) && !readsCatalogOnly(tree),
  },
  {
    node: 'A_Expr',
    fact: 'docs r_range_condition: BETWEEN without SYMMETRIC',
    example: 'select a from t where a between symmetric 2 and 1',
    sqlstate: '42601',
    message: 'syntax error at or near "symmetric"',
    when: ({ node }) => (node['kind'] as string).endsWith('BETWEEN_SYM'),
  },
  {
    node: 'A_Expr',
    fact: 'C: arrays; ANY, SOME and ALL compare with a sub-query',
    example: "select a from t where a = any('{1,2}')",
    sqlstate: '0A000',
    message: 'ANY and ALL of an array are not supported on Amazon Redshift tables',
    when: ({ node }, tree) =>
      /_OP_(ANY|ALL)$/.test(node['kind'] as string) && !readsCatalogOnly(tree),
  },
  {
    node: 'A_Expr',
    fact: 'docs r_OPERATOR_SYMBOLS and the conditions: any other operator came after PostgreSQL 8.0',
    example: "select a from t where b @@ 'x'",
    sqlstate: '42883',
    message: ({ node }) => `operator does not exist: ${operatorOf(node)}`,
    answer: 'operator does not exist: @@',
    when: ({ node }, tree) =>
      node['kind'] === 'AEXPR_OP' &&
      !knownOperators.has(operatorOf(node)) &&
      !operatorsOfLeaderNode.has(operatorOf(node)) &&
      !readsCatalogOnly(tree),
  },
  {
    node: 'A_Expr',
    fact: 'docs pattern-matching-conditions-posix: ~ and !~; C, real texts',
    example: "select a from t where b ~* 'x'",
    sqlstate: '0A000',
    message: notOnTables,
    detail: ({ node }) => `Operator "${operatorOf(node)}" not supported.`,
    when: ({ node }, tree) =>
      node['kind'] === 'AEXPR_OP' &&
      operatorsOfLeaderNode.has(operatorOf(node)) &&
      readsUserTable(tree),
  },
  {
    node: 'CollateClause',
    fact: 'C: no collations; COLLATE is a function, and a property of columns and databases',
    example: 'select b collate "C" from t',
    sqlstate: '0A000',
    message: ({ node }) => `COLLATE "${lastName(node['collname'] as Node[])}" is not supported`,
    answer: 'COLLATE "c" is not supported',
    when: ({ node }) => lastName(node['collname'] as Node[]) !== 'default',
  },
  {
    node: 'NamedArgExpr',
    fact: inNoGrammar,
    example: "select upper(string => 'a')",
    sqlstate: '42601',
    message: 'syntax error at or near "=>"',
  },
  {
    node: 'CurrentOfExpr',
    fact: inNoGrammar,
    example: 'delete from t where current of c',
    sqlstate: '42601',
    message: 'syntax error at or near "of"',
  },
  {
    node: 'JsonSerializeExpr',
    fact: 'B, Types: SUPER, which the engine has not',
    example: "select json_serialize('1')",
    sqlstate: '0A000',
    message: notCarriedOut('JSON_SERIALIZE'),
  },
  ...[
    ['XmlExpr', 'select xmlelement(name a)'],
    ['XmlSerialize', "select xmlserialize(content 'a' as text)"],
    ['JsonParseExpr', "select json('1')"],
    ['JsonScalarExpr', 'select json_scalar(1)'],
    ['JsonArrayConstructor', 'select json_array(1, 2)'],
    ['JsonObjectConstructor', "select json_object('a': 1)"],
    ['JsonArrayQueryConstructor', 'select json_array(select 1)'],
    ['JsonArrayAgg', 'select json_arrayagg(a) from t'],
    ['JsonObjectAgg', 'select json_objectagg(b: a) from t'],
    ['JsonFuncExpr', "select json_value('1', '$')"],
    ['JsonTable', "select * from json_table('1', '$' columns (a int)) x"],
  ].map(([node = '', example = '']) => ({
    node,
    fact: 'C: XML and JSON functions of SQL, which came after PostgreSQL 8.0',
    example,
    sqlstate: '0A000',
    message: 'XML and JSON functions of PostgreSQL are not supported',
  })),
  {
    node: 'JsonIsPredicate',
    fact: 'C: it came after PostgreSQL 8.0',
    example: "select '{}' is json",
    sqlstate: '42601',
    message: 'syntax error at or near "json"',
  },
]

/** The aliases by which a statement knows its tables. */
const tableAliases = perTree((tree) => {
  const aliases = new Set<string>()
  walk(tree, ({ type, node }) => {
    const alias = type === 'RangeVar' ? (node['alias'] as Node | undefined) : undefined
    if (alias) aliases.add(alias['aliasname'] as string)
  })
  return aliases
})

function operatorOf(expression: Node): string {
  return lastName(expression['name'] as Node[])
}
