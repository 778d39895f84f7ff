import { readsCatalogOnly, readsUserTable } from '../leader-node'
import {
  isLeaderOnly,
  isAskedOfCatalog,
  isOfPostgres,
  isWithoutCounterpart,
  unknownTypes,
} from '../names'
import type { Node, Visit } from '../parse'
import { functionOf, inNoGrammar, type NodeRefusal, notCarriedOut, typeOf } from './refusal'

const notOnTables =
  'Specified types or functions (one per INFO message) not supported on Amazon Redshift tables.'

/** Found at calls of functions and at types. */
export const callRefusals: NodeRefusal[] = [
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
    fact: 'B, Types: SUPER, GEOMETRY, HLLSKETCH are not carried out',
    example: "select json_parse('{}')",
    sqlstate: '0A000',
    message: ({ node }) =>
      `${functionOf(node).toUpperCase()} is not carried out by the local Redshift.`,
    answer: 'JSON_PARSE is not carried out by the local Redshift.',
    when: ({ node }) => isWithoutCounterpart(functionOf(node)),
  },
  {
    node: 'FuncCall',
    fact: 'E: LISTAGG, MEDIAN and PERCENTILE_* are window functions as well; the engine has aggregates only',
    example: 'select median(a) over (partition by b) from t',
    sqlstate: '0A000',
    message: ({ node }) =>
      notCarriedOut(
        `${functionOf(node).toUpperCase().replace('_DISTINCT', '')} as a window function`,
      ),
    answer: 'MEDIAN as a window function is not carried out by the local Redshift.',
    when: ({ node }) =>
      node['over'] !== undefined &&
      /^(median|listagg(_distinct)?|percentile_(cont|disc))$/.test(functionOf(node)),
  },
  {
    node: 'FuncCall',
    fact: 'docs REGEXP_REPLACE: the fifth argument says how the pattern is to be read',
    example: "select regexp_replace('a', 'b', 'c', 1, 'p')",
    sqlstate: '0A000',
    message: notCarriedOut('The fifth argument of REGEXP_REPLACE'),
    when: ({ node }) =>
      functionOf(node) === 'regexp_replace' &&
      ((node['args'] as Node[] | undefined) ?? []).length > 4,
  },
  {
    node: 'TypeName',
    fact: 'C, Data types',
    example: "select '{1}'::int[]",
    sqlstate: '0A000',
    message: ({ node }) => `Type "${typeOf(node)}[]" is not supported.`,
    answer: 'Type "int4[]" is not supported.',
    when: ({ node }, tree) => node['arrayBounds'] !== undefined && !readsCatalogOnly(tree),
  },
  {
    node: 'TypeName',
    fact: 'C: real text for uuid',
    example: "select 'a'::uuid",
    sqlstate: '42704',
    message: ({ node }) => `type "${typeOf(node)}" does not exist`,
    answer: 'type "uuid" does not exist',
    when: ({ node }) => unknownTypes.has(typeOf(node)),
  },
  {
    node: 'FuncCall',
    fact: 'E, leader-only: NOW, CURRENT_SCHEMA, catalog functions and others; C, real texts',
    example: 'select now() from t',
    sqlstate: '0A000',
    message: notOnTables,
    detail: ({ node }) => `Function "${functionOf(node)}()" not supported.`,
    when: ({ node }, tree) => isLeaderOnly(functionOf(node)) && readsUserTable(tree),
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
      readsUserTable(tree),
  },
]

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

const framed = new Set(
  'sum avg count min max stddev stddev_samp stddev_pop variance var_samp var_pop first_value last_value nth_value'.split(
    ' ',
  ),
)
// FRAMEOPTION_* of PostgreSQL's parsenodes.h
const [frameGiven, frameRange, frameGroups, frameExclusion] = [
  0x1,
  0x2,
  0x8,
  0x8000 | 0x10000 | 0x20000,
]
