import {
  isAskedOfCatalog,
  isKnownFunction,
  isLackingFunction,
  isOfPostgres,
  runsOnTables,
} from '../function-names'
import { fillsTable, readsCatalogOnly, readsUserTable } from '../leader-node'
import { wordSet } from '../names'
import type { Node, Visit } from '../parse'
import { functionOf, inNoGrammar, type NodeRefusal, notCarriedOut, notOnTables } from './refusal'

/** Found at calls of functions, by their names. */
export const callRefusals: NodeRefusal[] = [
  {
    node: 'FuncCall',
    fact: 'B, Types: SUPER, GEOMETRY, HLLSKETCH are not carried out',
    example: "select json_parse('{}')",
    sqlstate: '0A000',
    message: ({ node }) => notCarriedOut(functionOf(node).toUpperCase()),
    answer: 'JSON_PARSE is not carried out by the local Redshift.',
    when: ({ node }) => isLackingFunction(functionOf(node)),
  },
  {
    node: 'FuncCall',
    fact: 'C, Functions',
    example: "select string_agg(b, ',') from t",
    sqlstate: '0A000',
    message: ({ node }) => `Function "${functionOf(node)}" not supported.`,
    answer: 'Function "string_agg" not supported.',
    when: ({ node }, tree) =>
      isOfPostgres(functionOf(node)) &&
      !(isAskedOfCatalog(functionOf(node)) && readsCatalogOnly(tree)),
  },
  {
    node: 'FuncCall',
    fact: 'E, leader-only: NOW, CURRENT_SCHEMA, catalog functions and others, and no table can be filled from there; C, real texts',
    example: 'select now() from t',
    sqlstate: '0A000',
    message: notOnTables,
    detail: ({ node }) =>
      functionOf(node) === 'substr'
        ? 'SUBSTR() function is not supported (Hint: use SUBSTRING instead)'
        : `Function "${functionOf(node)}()" not supported.`,
    when: ({ node }, tree) => isOfLeaderNode(node) && runsOnComputeNodes(tree),
  },
  {
    node: 'SQLValueFunction',
    fact: 'E, leader-only: CURRENT_TIME and its like; open point 4: as a default, CURRENT_TIMESTAMP is taken',
    example: 'select current_timestamp from t',
    sqlstate: '0A000',
    message: notOnTables,
    detail: ({ node }) => `Function "${leaderOnlyValues[node['op'] as string]}()" not supported.`,
    when: (visit, tree) =>
      leaderOnlyValues[visit.node['op'] as string] !== undefined &&
      !isInsideDefault(visit) &&
      runsOnComputeNodes(tree),
  },
  {
    node: 'FuncCall',
    fact: inNoGrammar,
    example: "select normalize('a')",
    sqlstate: '42601',
    message: ({ node }) => `${functionOf(node).toUpperCase()} is not supported`,
    answer: 'NORMALIZE is not supported',
    when: ({ node }) =>
      node['funcformat'] === 'COERCE_SQL_SYNTAX' && syntaxOfPostgres.has(functionOf(node)),
  },
  {
    node: 'FuncCall',
    fact: inNoGrammar,
    example: "select timestamp '2020-01-01' at local",
    sqlstate: '42601',
    message: 'syntax error at or near "local"',
    when: ({ node }) =>
      node['funcformat'] === 'COERCE_SQL_SYNTAX' &&
      functionOf(node) === 'timezone' &&
      (node['args'] as Node[]).length === 1,
  },
  {
    node: 'FuncCall',
    fact: inNoGrammar,
    example: "select concat(variadic 'a')",
    sqlstate: '42601',
    message: 'syntax error at or near "variadic"',
    when: ({ node }) => node['func_variadic'] === true,
  },
  {
    node: 'FuncCall',
    fact: 'docs r_SUBSTRING: FROM and FOR take numbers',
    example: "select substring(b from 'a' for '#') from t",
    sqlstate: '0A000',
    message: 'SUBSTRING by a pattern is not supported',
    hint: 'Use REGEXP_SUBSTR.',
    when: ({ node }) =>
      node['funcformat'] === 'COERCE_SQL_SYNTAX' &&
      functionOf(node) === 'substring' &&
      (node['args'] as Node[]).slice(1).some((it) => (it['A_Const'] as Node | undefined)?.['sval']),
  },
  {
    node: 'SQLValueFunction',
    fact: 'C, Functions: CURRENT_CATALOG',
    example: 'select current_catalog',
    sqlstate: '0A000',
    message: ({ node }) => `${(node['op'] as string).slice('SVFOP_'.length)} is not supported`,
    answer: 'CURRENT_CATALOG is not supported',
    when: ({ node }) => /_(CATALOG|ROLE)$/.test(node['op'] as string),
  },
]

/** Calls that PostgreSQL 18 writes with words of their own, and 8.0 has not. */
const syntaxOfPostgres = wordSet('normalize is_normalized pg_collation_for xmlexists system_user')

function isOfLeaderNode(call: Node): boolean {
  const name = functionOf(call)
  return isKnownFunction(name) && !runsOnTables(name)
}

function runsOnComputeNodes(tree: Node[]): boolean {
  return readsUserTable(tree) || fillsTable(tree)
}

const leaderOnlyValues: Record<string, string> = {
  SVFOP_CURRENT_TIME: 'current_time',
  SVFOP_CURRENT_TIME_N: 'current_time',
  SVFOP_CURRENT_TIMESTAMP: 'current_timestamp',
  SVFOP_CURRENT_TIMESTAMP_N: 'current_timestamp',
  SVFOP_LOCALTIME: 'localtime',
  SVFOP_LOCALTIME_N: 'localtime',
  SVFOP_LOCALTIMESTAMP: 'localtimestamp',
  SVFOP_LOCALTIMESTAMP_N: 'localtimestamp',
  SVFOP_CURRENT_SCHEMA: 'current_schema',
}

function isInsideDefault({ parent }: Visit): boolean {
  for (let at = parent; at; at = at.parent) {
    if (at.type === 'ColumnDef' || at.type === 'Constraint') return true
  }
  return false
}
