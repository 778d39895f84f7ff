import { isSystemRelation } from '../leader-node'
import { isSystem, isSystemSchema, wordSet } from '../names'
import type { Node } from '../parse'
import { inNoGrammar, type NodeRefusal, notCarriedOut } from './refusal'

/** Found at the nodes of what is no query: writes, definitions, and what is done with rights and cursors. */
export const writeRefusals: NodeRefusal[] = [
  {
    node: 'OnConflictClause',
    fact: inNoGrammar,
    example: 'insert into t values (1) on conflict do nothing',
    sqlstate: '42601',
    message: 'syntax error at or near "conflict"',
    hint: 'Redshift has no ON CONFLICT, and does not enforce keys: use MERGE, or DELETE … USING and INSERT.',
  },
  {
    node: 'ReturningClause',
    fact: inNoGrammar,
    example: 'insert into t values (1) returning a',
    sqlstate: '42601',
    message: 'syntax error at or near "returning"',
  },
  {
    node: 'JoinExpr',
    fact: 'C: outer join in UPDATE..FROM',
    example: 'update t set a = 1 from t u left join t v on u.a = v.a where t.a = u.a',
    sqlstate: '0A000',
    message: 'Target table must be part of an equijoin predicate',
    when: ({ node, parent, field }) =>
      parent?.type === 'UpdateStmt' && field === 'fromClause' && node['jointype'] !== 'JOIN_INNER',
  },
  {
    node: 'InsertStmt',
    fact: inNoGrammar,
    example: 'insert into t overriding system value values (1)',
    sqlstate: '42601',
    message: 'syntax error at or near "overriding"',
    when: ({ node }) => node['override'] !== 'OVERRIDING_NOT_SET',
  },
  {
    node: 'InsertStmt',
    fact: 'docs r_INSERT_30: WITH is a part of the query, behind INSERT INTO',
    example: 'with q as (select 1 as a) insert into t (a) select a from q',
    sqlstate: '42601',
    message: 'syntax error at or near "insert"',
    hint: 'Write INSERT INTO … WITH … SELECT ….',
    when: ({ node }) => node['withClause'] !== undefined,
  },
  {
    node: 'IntoClause',
    fact: inNoGrammar,
    example: 'create table u as select a from t with no data',
    sqlstate: '42601',
    message: 'syntax error at or near "no"',
    when: ({ node }) => node['skipData'] === true,
  },
  {
    node: 'ViewStmt',
    fact: 'docs r_CREATE_VIEW: WITH NO SCHEMA BINDING is all that can follow',
    example: 'create view v as select a from t with check option',
    sqlstate: '42601',
    message: 'syntax error at or near "check"',
    when: ({ node }) => node['withCheckOption'] !== 'NO_CHECK_OPTION',
  },
  {
    node: 'ViewStmt',
    fact: inNoGrammar,
    example: 'create view v with (security_barrier) as select a from t',
    sqlstate: '42601',
    message: 'syntax error at or near "with"',
    when: ({ node }) => node['options'] !== undefined,
  },
  {
    node: 'DeclareCursorStmt',
    fact: 'docs declare: DECLARE name CURSOR FOR query',
    example: 'declare c scroll cursor for select a from t',
    sqlstate: '0A000',
    message: 'DECLARE takes no BINARY, INSENSITIVE, SCROLL or WITH HOLD',
    when: ({ node }) => ((node['options'] as number) & cursorOptions) !== 0,
  },
  {
    node: 'CommentStmt',
    fact: 'docs r_COMMENT; here, keys are recorded without comments',
    example: "comment on constraint k on t is 'a'",
    sqlstate: '0A000',
    message: notCarriedOut('COMMENT ON CONSTRAINT'),
    when: ({ node }) => node['objtype'] === 'OBJECT_TABCONSTRAINT',
  },
  {
    node: 'CommentStmt',
    fact: 'docs r_COMMENT: tables, columns, constraints, databases, views; a schema is taken too',
    example: "comment on function abs(int) is 'a'",
    sqlstate: '0A000',
    message: 'COMMENT ON is supported for tables, columns, constraints, databases and views',
    when: ({ node }) => !commented.has(node['objtype'] as string),
  },
  {
    node: 'MultiAssignRef',
    fact: 'C: not in any documented grammar: UPDATE … SET column = value [,...]',
    example: 'update t set (a, b) = (select 1, 2)',
    sqlstate: '42601',
    message: 'syntax error at or near "("',
  },
  {
    node: 'MergeStmt',
    fact: 'D: no alias for the target',
    example:
      'merge into t x using s on x.a = s.a when matched then delete when not matched then insert values (1, 2)',
    sqlstate: '42601',
    message: 'syntax error at or near "x"',
    when: ({ node }) => (node['relation'] as Node)['alias'] !== undefined,
  },
  {
    node: 'MergeStmt',
    fact: 'D: source = table, not a view or sub-query',
    example:
      'merge into t using (select 1 as a) s on t.a = s.a when matched then delete when not matched then insert values (1, 2)',
    sqlstate: '42601',
    message: 'syntax error at or near "("',
    when: ({ node }) => (node['sourceRelation'] as Node)['RangeVar'] === undefined,
  },
  {
    node: 'MergeStmt',
    fact: 'D: source <> target',
    example:
      'merge into t using t s on t.a = s.a when matched then delete when not matched then insert values (1, 2)',
    sqlstate: '0A000',
    message: 'The source and the target of MERGE cannot be the same table.',
    when: ({ node }) => {
      const [target, source] = [
        node['relation'] as Node,
        (node['sourceRelation'] as Node)['RangeVar'] as Node,
      ]
      return (
        target['relname'] === source['relname'] && target['schemaname'] === source['schemaname']
      )
    },
  },
  {
    node: 'MergeWhenClause',
    fact: 'D: no AND cond, no DO NOTHING',
    example:
      'merge into t using s on t.a = s.a when matched and s.a > 1 then delete when not matched then insert values (1, 2)',
    sqlstate: '42601',
    message: ({ node }) => `syntax error at or near "${node['condition'] ? 'and' : 'do'}"`,
    answer: 'syntax error at or near "and"',
    when: ({ node }) => node['condition'] !== undefined || node['commandType'] === 'CMD_NOTHING',
  },
  {
    node: 'MergeStmt',
    fact: 'D: exactly one MATCHED and one NOT MATCHED clause in that order (NOT MATCHED alone: dbt emits it)',
    example:
      'merge into t using s on t.a = s.a when not matched then insert values (1, 2) when matched then delete',
    sqlstate: '42601',
    message:
      'MERGE takes WHEN MATCHED THEN and WHEN NOT MATCHED THEN INSERT, once each, in this order',
    when: ({ node }) => {
      const kinds = (node['mergeWhenClauses'] as Node[]).map(
        (it) => (it['MergeWhenClause'] as Node)['matchKind'] as string,
      )
      return ![
        'MERGE_WHEN_MATCHED,MERGE_WHEN_NOT_MATCHED_BY_TARGET',
        'MERGE_WHEN_NOT_MATCHED_BY_TARGET',
      ].includes(kinds.join())
    },
  },
  {
    node: 'MergeStmt',
    fact: 'D: no WITH',
    example:
      'with q as (select 1) merge into t using s on t.a = s.a when not matched then insert values (1, 2)',
    sqlstate: '42601',
    message: 'syntax error at or near "merge"',
    when: ({ node }) => node['withClause'] !== undefined,
  },
  {
    node: 'TruncateStmt',
    fact: 'C: only TRUNCATE [TABLE] t',
    example: 'truncate t, s',
    sqlstate: '42601',
    message: 'TRUNCATE takes one table, and nothing after its name',
    when: ({ node }) =>
      (node['relations'] as Node[]).length > 1 ||
      node['restart_seqs'] === true ||
      node['behavior'] === 'DROP_CASCADE',
  },
  {
    node: 'ExplainStmt',
    fact: 'C: not in the documented grammar, EXPLAIN [VERBOSE] query',
    example: 'explain analyze select 1',
    sqlstate: '0A000',
    message: 'EXPLAIN takes no option but VERBOSE',
    when: ({ node }) =>
      JSON.stringify(node['options'] ?? [])
        .replace(/"defname":"verbose"/, '')
        .includes('"defname"'),
  },
  {
    node: 'AccessPriv',
    fact: 'C: RULE & TRIGGER privileges',
    example: 'grant trigger on t to public',
    sqlstate: '0A000',
    message: 'GRANT/REVOKE of RULE and TRIGGER is not supported',
    when: ({ node }) => ['rule', 'trigger'].includes(node['priv_name'] as string),
  },
  {
    node: 'AccessPriv',
    fact: 'docs r_GRANT: DROP and ALTER, which the engine leaves to owners',
    example: 'grant drop on t to public',
    sqlstate: '0A000',
    message: ({ node }) => notCarriedOut(`GRANT ${(node['priv_name'] as string).toUpperCase()} ON`),
    answer: 'GRANT DROP ON is not carried out by the local Redshift.',
    when: ({ node }) => ['drop', 'alter'].includes(node['priv_name'] as string),
  },
  {
    node: 'FetchStmt',
    fact: 'C: cursors read forward only',
    example: 'fetch backward 1 from c',
    sqlstate: '0A000',
    message: 'FETCH reads forward only',
    when: ({ node }) => node['direction'] !== undefined && node['direction'] !== 'FETCH_FORWARD',
  },
  {
    node: 'RangeVar',
    fact: "D: target not system; G: the system relations are the server's own",
    example: 'delete from pg_catalog.pg_class',
    sqlstate: '42501',
    message: ({ node }) => `permission denied: "${node['relname']}" is a system catalog`,
    answer: 'permission denied: "pg_class" is a system catalog',
    when: ({ node, parent, field }) =>
      ['relation', 'relations', 'view', 'rel'].includes(field) &&
      writes.has(parent?.type ?? '') &&
      isSystemRelation(node),
  },
  {
    node: 'RenameStmt',
    fact: "G: the system relations are the server's own",
    example: 'alter schema pg_catalog rename to x',
    sqlstate: '42501',
    message: 'permission denied: a system catalog cannot be renamed',
    when: ({ node }) => isSystemSchema((node['subname'] as string | undefined) ?? ''),
  },
  {
    node: 'DropStmt',
    fact: "G: the system relations are the server's own",
    example: 'drop schema redshift_catalog cascade',
    sqlstate: '42501',
    message: 'permission denied: a system catalog cannot be dropped',
    when: ({ node }) => (node['objects'] as Node[]).some(isSystemObject),
  },
]

// CURSOR_OPT_* of PostgreSQL's parsenodes.h
const cursorOptions = 0x1 | 0x2 | 0x8 | 0x20

const commented = wordSet('OBJECT_TABLE OBJECT_COLUMN OBJECT_DATABASE OBJECT_VIEW OBJECT_SCHEMA')

const writes = wordSet(
  'InsertStmt UpdateStmt DeleteStmt MergeStmt TruncateStmt AlterTableStmt RenameStmt CreateStmt IntoClause ViewStmt',
)

function isSystemObject(object: Node): boolean {
  const items = (object['List'] as { items: Node[] } | undefined)?.items ?? [object]
  const names = items.map((item) => (item['String'] as { sval: string } | undefined)?.sval ?? '')
  const [first = '', second] = names
  return second === undefined
    ? isSystemSchema(first) || isSystem(undefined, first)
    : isSystem(first, second)
}
