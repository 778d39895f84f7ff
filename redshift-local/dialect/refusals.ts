import {
  isLeaderOnly,
  isOfPostgres,
  isSystem,
  isSystemSchema,
  isWithoutCounterpart,
  unknownTypes,
} from './names'
import { lastName, type Node, type ParsedStatement, textOf, type Visit, walk } from './parse'
import { Cursor, isWord, type Token } from './tokens'

/**
 * One thing that Redshift refuses, or that the local one cannot carry out faithfully. This file is the table
 * of them all, in four parts: by the words that a statement begins with, by name where a definition is
 * read, by a word, by a node of the syntax tree. `check` looks them up. To add one is to add an entry; a test
 * runs every example. `Found` is what the entry is told of the place.
 */
export interface Refusal<Found extends unknown[]> {
  /** The section of docs/redshift-facts.md that it rests on, or a page of AWS's or an issue. */
  fact: string
  example: string
  sqlstate: string
  message: string | ((...found: Found) => string)
  /** What the example is answered, where `message` depends on the statement. */
  answer?: string
  detail?: (...found: Found) => string
  hint?: string
  /** In which cases; absent, always. */
  when?: (...found: Found) => boolean
}

const notCarriedOut = (what: string) => `${what} is not carried out by the local Redshift.`
const notOnTables =
  'Specified types or functions (one per INFO message) not supported on Amazon Redshift tables.'

const carriedOutByRedshift = 'C: supported by Redshift, and not carried out here'
const inNoGrammar = 'C: not in any documented grammar'
const documentedUnsupported = 'C: documented unsupported features'

/** Found by the words that a statement begins with; NAME stands for any name. */
interface StatementRefusal extends Refusal<[ParsedStatement]> {
  starts: string[]
}

const lacking = (what: string, ...more: string[]): StatementRefusal => ({
  starts: [what.toLowerCase(), ...more],
  fact: carriedOutByRedshift,
  example: `${what} x`,
  sqlstate: '0A000',
  message: notCarriedOut(what),
})

const unsupported = (what: string, ...more: string[]): StatementRefusal => ({
  starts: [what.toLowerCase(), ...more],
  fact: inNoGrammar,
  example: `${what} x`,
  sqlstate: '0A000',
  message: `${what} is not supported`,
})

export const statementRefusals: StatementRefusal[] = [
  {
    starts: ['create index', 'create unique index'],
    fact: 'C: real text',
    example: 'CREATE INDEX my_idx ON test_table (data)',
    sqlstate: '0A000',
    message: (statement) => `SQL command "${textOf(statement)}" not supported on Redshift tables`,
    answer:
      'SQL command "CREATE INDEX my_idx ON test_table (data)" not supported on Redshift tables',
  },
  {
    starts: ['create type'],
    fact: 'C: real text',
    example: "CREATE TYPE myenum AS ENUM ('a')",
    sqlstate: '42601',
    message: ({ tokens }) => {
      const [name = '', as = '', what = ''] = tokens.slice(2, 5).map(({ text }) => text)
      return `syntax error at or near "${what}" in context "TYPE ${name} ${as} ${what}"`
    },
    answer: 'syntax error at or near "ENUM" in context "TYPE myenum AS ENUM"',
  },
  lacking('UNLOAD'),
  lacking('CALL'),
  lacking(
    'CREATE MATERIALIZED VIEW',
    'drop materialized view',
    'refresh materialized view',
    'alter materialized view',
  ),
  lacking('CREATE EXTERNAL', 'drop external', 'alter external'),
  lacking('CREATE PROCEDURE', 'create or replace procedure', 'drop procedure', 'alter procedure'),
  lacking('CREATE FUNCTION', 'create or replace function', 'drop function', 'alter function'),
  lacking('CREATE LIBRARY', 'create or replace library', 'drop library'),
  lacking('CREATE DATABASE', 'drop database', 'alter database'),
  lacking('CREATE USER', 'create group', 'create role', 'drop user', 'drop group', 'drop role'),
  lacking('ALTER USER', 'alter group', 'alter role', 'alter default privileges'),
  lacking('CREATE MODEL', 'drop model', 'show model'),
  lacking('CREATE DATASHARE', 'alter datashare', 'drop datashare'),
  lacking('CREATE RLS POLICY', 'create masking policy', 'attach', 'detach'),
  lacking('PREPARE TRANSACTION'),
  lacking('ANALYZE COMPRESSION', 'analyse compression'),
  unsupported('CREATE GLOBAL TEMPORARY TABLE', 'create global temp table'),
  unsupported('SAVEPOINT'),
  unsupported('RELEASE'),
  {
    starts: ['rollback', 'abort'],
    fact: 'C, Functions: ROLLBACK TO SAVEPOINT',
    example: 'rollback to savepoint x',
    sqlstate: '0A000',
    message: 'ROLLBACK TO SAVEPOINT is not supported',
    when: ({ tokens }) => tokens.some((token) => isWord(token, 'to')),
  },
  unsupported('CREATE SEQUENCE', 'alter sequence', 'drop sequence'),
  unsupported('CREATE TRIGGER', 'drop trigger', 'create event trigger'),
  unsupported('CREATE RULE', 'create or replace rule', 'drop rule'),
  unsupported('CREATE EXTENSION', 'drop extension', 'alter extension'),
  unsupported('CREATE DOMAIN', 'drop domain', 'alter domain', 'drop type', 'alter type'),
  unsupported('CREATE TABLESPACE', 'drop tablespace'),
  unsupported('DROP INDEX', 'alter index', 'reindex', 'cluster'),
  unsupported('DO'),
  unsupported('LISTEN'),
  unsupported('NOTIFY', 'unlisten'),
  unsupported('DISCARD'),
  {
    starts: ['create view', 'create or replace view'],
    fact: carriedOutByRedshift,
    example: 'create view v as select a from public.t with no schema binding',
    sqlstate: '0A000',
    message: notCarriedOut('WITH NO SCHEMA BINDING'),
    when: ({ tokens }) => new Cursor(tokens.slice(-4)).is('with', 'no', 'schema', 'binding'),
  },
  {
    starts: ['alter table'],
    fact: "G: the system relations are the server's own",
    example: 'alter table pg_catalog.pg_class rename to x',
    sqlstate: '42501',
    message: ({ tokens }) =>
      `permission denied: "${new Cursor(tokens, 2).qualifiedName().name}" is a system catalog`,
    answer: 'permission denied: "pg_class" is a system catalog',
    when: ({ tokens }) => {
      const { schema, name } = new Cursor(tokens, 2).qualifiedName()
      return isSystem(schema, name)
    },
  },
  {
    starts: ['alter table NAME append from'],
    fact: carriedOutByRedshift,
    example: 'alter table t append from s',
    sqlstate: '0A000',
    message: notCarriedOut('ALTER TABLE APPEND'),
  },
  {
    starts: ['alter table NAME row level security'],
    fact: carriedOutByRedshift,
    example: 'alter table t row level security on',
    sqlstate: '0A000',
    message: notCarriedOut('ROW LEVEL SECURITY'),
  },
  {
    starts: ['alter table NAME set'],
    fact: 'B, ALTER TABLE: for external tables only',
    example: 'alter table t set schema x',
    sqlstate: '0A000',
    message: 'ALTER TABLE SET is not supported',
  },
  {
    starts: ['alter table NAME alter interleaved sortkey'],
    fact: 'B, ALTER TABLE: ALTER [COMPOUND] SORTKEY',
    example: 'alter table t alter interleaved sortkey (a, b)',
    sqlstate: '0A000',
    message: 'ALTER INTERLEAVED SORTKEY is not supported',
  },
  {
    starts: [
      'alter table NAME alter column NAME set not null',
      'alter table NAME alter NAME set not null',
    ],
    fact: 'B, ALTER TABLE, real text',
    example: 'alter table t alter column a set not null',
    sqlstate: '0A000',
    message: 'ALTER COLUMN SET NOT NULL is not supported',
  },
  {
    starts: [
      'alter table NAME alter column NAME drop not null',
      'alter table NAME alter NAME drop not null',
    ],
    fact: 'B, ALTER TABLE: SET/DROP NOT NULL do not exist',
    example: 'alter table t alter a drop not null',
    sqlstate: '0A000',
    message: 'ALTER COLUMN DROP NOT NULL is not supported',
  },
  {
    starts: [
      'alter table NAME alter column NAME set default',
      'alter table NAME alter column NAME drop default',
      'alter table NAME alter NAME set default',
      'alter table NAME alter NAME drop default',
    ],
    fact: 'B, ALTER TABLE, real text',
    example: 'alter table t alter column a drop default',
    sqlstate: '0A000',
    message: 'ALTER COLUMN SET/DROP DEFAULT is not supported',
  },
]

/** Found where a definition or a rewrite is under way, which throws it by its name: see `refused`. */
type ReaderRefusal = Refusal<string[]>

export const readerRefusals = {
  tableOption: {
    fact: 'B: no INHERITS, PARTITION BY, TABLESPACE or WITH(...)',
    example: 'create table u (a int) inherits (t)',
    sqlstate: '0A000',
    message: (option) => `CREATE TABLE ${option} is not supported`,
    answer: 'CREATE TABLE INHERITS is not supported',
  },
  check: {
    fact: 'C: real text',
    example: 'create table u (a int check (a > 0))',
    sqlstate: '0A000',
    message: (command) => `${command} CHECK constraint is not supported`,
    answer: 'CREATE TABLE CHECK constraint is not supported',
  },
  exclude: {
    fact: 'C: documented unsupported features: CHECK and EXCLUDE constraints',
    example: 'create table u (a int, exclude (a with =))',
    sqlstate: '0A000',
    message: (command) => `${command} EXCLUDE constraint is not supported`,
    answer: 'CREATE TABLE EXCLUDE constraint is not supported',
  },
  generatedAlways: {
    fact: 'B: no GENERATED ALWAYS',
    example: 'create table u (a int generated always as identity)',
    sqlstate: '0A000',
    message: 'GENERATED ALWAYS is not supported: Redshift has GENERATED BY DEFAULT AS IDENTITY',
  },
  caseInsensitive: {
    fact: 'B: COLLATE CASE_INSENSITIVE, which the engine has not',
    example: 'create table u (a varchar(3) collate case_insensitive)',
    sqlstate: '0A000',
    message: notCarriedOut('COLLATE CASE_INSENSITIVE'),
  },
  columnType: {
    fact: 'C: real text for SERIAL; Data types',
    example: 'create table u (id serial)',
    sqlstate: '0A000',
    message: (column, type) => `Column "${column}" has unsupported type "${type}".`,
    answer: 'Column "u.id" has unsupported type "serial".',
  },
  lackingType: {
    fact: 'B, Types: SUPER, VARBYTE, GEOMETRY, HLLSKETCH, INTERVAL, which the engine has not',
    example: 'create table u (a super)',
    sqlstate: '0A000',
    message: (type) => notCarriedOut(`Type ${type.toUpperCase()}`),
    answer: 'Type SUPER is not carried out by the local Redshift.',
  },
  encoding: {
    fact: 'B, ENCODE list',
    example: 'create table u (a int encode text255)',
    sqlstate: '0A000',
    message: (encoding, type) => `encoding "${encoding}" is not supported for data type ${type}`,
    answer: 'encoding "text255" is not supported for data type integer',
  },
  addColumn: {
    fact: 'B, ADD COLUMN: no keys, no IDENTITY or COLLATE, not a DISTKEY or SORTKEY',
    example: 'alter table t add column c int identity(1, 1)',
    sqlstate: '0A000',
    message: (what) => `ALTER TABLE ADD COLUMN with ${what} is not supported`,
    answer: 'ALTER TABLE ADD COLUMN with IDENTITY is not supported',
  },
  addNotNull: {
    fact: 'B, ADD COLUMN: NOT NULL needs DEFAULT',
    example: 'alter table t add column c int not null',
    sqlstate: '0A000',
    message: 'ALTER TABLE ADD COLUMN defined as NOT NULL must have a non-null default expression',
  },
  alterType: {
    fact: 'B, ALTER COLUMN TYPE: VARCHAR size only',
    example: 'alter table t alter column a type bigint',
    sqlstate: '0A000',
    message: 'ALTER COLUMN TYPE is supported for the size of VARCHAR columns only',
  },
  topInSetOperation: {
    fact: carriedOutByRedshift,
    example: 'select top 1 a from t union select a from s',
    sqlstate: '0A000',
    message: notCarriedOut('TOP in an arm of a set operation'),
  },
  settingValue: {
    fact: 'B, Identifiers: enable_case_sensitive_identifier, of which the local Redshift has one value',
    example: 'set enable_case_sensitive_identifier to true',
    sqlstate: '0A000',
    message: (name, value) => notCarriedOut(`SET ${name} TO ${value}`),
    answer:
      'SET enable_case_sensitive_identifier TO true is not carried out by the local Redshift.',
  },
  forbiddenSetting: {
    fact: 'C: set GUC unknown / forbidden, real text',
    example: 'set client_min_messages to warning',
    sqlstate: '42501',
    message: (name, value) => `permission denied to set parameter "${name}" to "${value}"`,
    answer: 'permission denied to set parameter "client_min_messages" to "warning"',
  },
} satisfies Record<string, ReaderRefusal>

/** Found at a word of a statement, or at a string by its prefix: `e'`. */
interface WordRefusal extends Refusal<[tokens: Token[], i: number]> {
  word: string
}

export const wordRefusals: WordRefusal[] = [
  {
    word: 'qualify',
    fact: carriedOutByRedshift,
    example: 'select a from t qualify row_number() over (order by a) = 1',
    sqlstate: '0A000',
    message: `${notCarriedOut('QUALIFY')} Filter a sub-select instead.`,
    when: (tokens, i) => i > 0 && !['.', 'as', ','].some((word) => isWord(tokens[i - 1], word)),
  },
  {
    word: 'pivot',
    fact: carriedOutByRedshift,
    example: 'select * from t pivot (count(a) for b in (1, 2))',
    sqlstate: '0A000',
    message: notCarriedOut('PIVOT'),
    when: (tokens, i) => isWord(tokens[i + 1], '('),
  },
  {
    word: 'unpivot',
    fact: carriedOutByRedshift,
    example: 'select * from t unpivot (x for y in (a, b))',
    sqlstate: '0A000',
    message: notCarriedOut('UNPIVOT'),
    when: (tokens, i) => isWord(tokens[i + 1], '('),
  },
  {
    word: 'ignore',
    fact: carriedOutByRedshift,
    example: 'select first_value(a) ignore nulls over (order by b rows unbounded preceding) from t',
    sqlstate: '0A000',
    message: notCarriedOut('IGNORE NULLS'),
    when: (tokens, i) => isWord(tokens[i + 1], 'nulls'),
  },
  {
    // It came with a PostgreSQL later than 8.0.
    word: "e'",
    fact: 'npgsql/npgsql#515, real text',
    example: "select e'a'",
    sqlstate: '42704',
    message: 'type "e" does not exist',
  },
  ...["b'", "x'"].map((word) => ({
    word,
    fact: 'C, Data types: BIT/VARBIT',
    example: `select ${word}1'`,
    sqlstate: '0A000',
    message: 'Type "bit" is not supported.',
  })),
]

/** Found at a node of PostgreSQL's syntax tree. */
interface NodeRefusal extends Refusal<[visit: Visit, tree: Node[]]> {
  node: string
}

export const nodeRefusals: NodeRefusal[] = [
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
  },
  {
    node: 'A_Indices',
    fact: documentedUnsupported,
    example: 'select b[1] from t',
    sqlstate: '0A000',
    message: 'Subscripted expressions are not supported',
  },
  {
    node: 'RowExpr',
    fact: documentedUnsupported,
    example: 'select row(1, 2)',
    sqlstate: '0A000',
    message: 'Row constructors are not supported',
    when: ({ node }) => node['row_format'] === 'COERCE_EXPLICIT_CALL',
  },
  {
    node: 'A_Expr',
    fact: 'C: IS DISTINCT FROM in the list of unsupported functions',
    example: 'select 1 is distinct from 2',
    sqlstate: '42601',
    message: 'syntax error at or near "distinct"',
    when: ({ node }) => /DISTINCT/.test(node['kind'] as string),
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
    node: 'MultiAssignRef',
    fact: 'C: not in any documented grammar: UPDATE … SET column = value [,...]',
    example: 'update t set (a, b) = (select 1, 2)',
    sqlstate: '42601',
    message: 'syntax error at or near "("',
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
    when: ({ node }) => isOfPostgres(functionOf(node)),
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
    node: 'RangeFunction',
    fact: 'C: table functions',
    example: "select * from pg_catalog.repeat('a', 2)",
    sqlstate: '0A000',
    message: 'Table functions are not supported',
    when: ({ node }) => !JSON.stringify(node['functions']).includes('"generate_series"'),
  },
  {
    node: 'TypeName',
    fact: 'C, Data types',
    example: "select '{1}'::int[]",
    sqlstate: '0A000',
    message: ({ node }) => `Type "${typeOf(node)}[]" is not supported.`,
    answer: 'Type "int4[]" is not supported.',
    when: ({ node }) => node['arrayBounds'] !== undefined,
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

const functionOf = (node: Node) => lastName(node['funcname'] as Node[])
const typeOf = (node: Node) => lastName(node['names'] as Node[])

function isSystemRelation(node: Node): boolean {
  return isSystem(node['schemaname'] as string | undefined, node['relname'] as string)
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

/** Whether a statement scans a table of the user's: what runs on the leader node alone cannot be with it. */
function readsUserTable(tree: Node[]): boolean {
  const tables: string[] = []
  const queryNames = new Set<string>()
  walk(tree, ({ type, node, parent, field }) => {
    if (type === 'CommonTableExpr') queryNames.add(node['ctename'] as string)
    if (type !== 'RangeVar' || !isScanned(parent, field) || isSystemRelation(node)) return
    tables.push(node['relname'] as string)
  })
  return tables.some((table) => !queryNames.has(table))
}

// A row that INSERT … VALUES makes is made by the leader node; a table that is scanned is not.
function isScanned(parent: Visit | undefined, field: string): boolean {
  if (field === 'fromClause' || field === 'usingClause') return true
  return ['JoinExpr', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'].includes(parent?.type ?? '')
}

function isInMultiRowValues({ parent }: Visit): boolean {
  for (let at = parent; at && at.type !== 'SubLink'; at = at.parent) {
    if (at.field === 'valuesLists') return (at.parent!.node['valuesLists'] as Node[]).length > 1
  }
  return false
}

const writes = new Set(
  'InsertStmt UpdateStmt DeleteStmt MergeStmt TruncateStmt AlterTableStmt RenameStmt CreateStmt IntoClause ViewStmt'.split(
    ' ',
  ),
)

function isSystemObject(object: Node): boolean {
  const items = (object['List'] as { items: Node[] } | undefined)?.items ?? [object]
  const names = items.map((item) => (item['String'] as { sval: string } | undefined)?.sval ?? '')
  const [first = '', second] = names
  return second === undefined
    ? isSystemSchema(first) || isSystem(undefined, first)
    : isSystem(first, second)
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
