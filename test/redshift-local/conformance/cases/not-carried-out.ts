import type { Case, Family } from '../case'

/** Statements, and how each is called where it is refused; the examples of the rules stand with these. */
const statements: [what: string, sql: string, page: string][] = [
  [
    'CREATE MATERIALIZED VIEW',
    'create materialized view m as select a from t',
    'materialized-view-create-sql-command',
  ],
  [
    'CREATE MATERIALIZED VIEW',
    'create materialized view m auto refresh yes as select a from t',
    'materialized-view-create-sql-command',
  ],
  [
    'DROP MATERIALIZED VIEW',
    'drop materialized view if exists m',
    'materialized-view-drop-sql-command',
  ],
  [
    'REFRESH MATERIALIZED VIEW',
    'refresh materialized view m',
    'materialized-view-refresh-sql-command',
  ],
  [
    'ALTER MATERIALIZED VIEW',
    'alter materialized view m auto refresh yes',
    'r_ALTER_MATERIALIZED_VIEW',
  ],
  [
    'CREATE EXTERNAL',
    "create external schema x from data catalog database 'd' iam_role default",
    'r_CREATE_EXTERNAL_SCHEMA',
  ],
  [
    'CREATE EXTERNAL',
    "create external table x.y (a int) stored as parquet location 's3://b/'",
    'r_CREATE_EXTERNAL_TABLE',
  ],
  [
    'CREATE EXTERNAL',
    "create external function f(int) returns int stable lambda 'l' iam_role default",
    'r_CREATE_EXTERNAL_FUNCTION',
  ],
  [
    'CREATE OR REPLACE EXTERNAL',
    "create or replace external function f(int) returns int stable lambda 'l' iam_role default",
    'r_CREATE_EXTERNAL_FUNCTION',
  ],
  ['ALTER EXTERNAL', 'alter external schema x owner to awsuser', 'r_ALTER_EXTERNAL_SCHEMA'],
  ['DROP EXTERNAL', 'drop external view v', 'r_DROP_EXTERNAL_VIEW'],
  ['SHOW EXTERNAL', 'show external table x.y', 'r_SHOW_EXTERNAL_TABLE'],
  ['DROP EXTERNAL DATABASE', 'drop schema x drop external database cascade', 'r_DROP_SCHEMA'],
  [
    'ALTER TABLE ADD PARTITION',
    "alter table x.y add partition (d = '1') location 's3://b/'",
    'r_ALTER_TABLE_external-table',
  ],
  [
    'ALTER TABLE ADD IF NOT EXISTS PARTITION',
    "alter table x.y add if not exists partition (d = '1') location 's3://b/'",
    'r_ALTER_TABLE_external-table',
  ],
  [
    'ALTER TABLE DROP PARTITION',
    "alter table x.y drop partition (d = '1')",
    'r_ALTER_TABLE_external-table',
  ],
  [
    'ALTER TABLE PARTITION',
    "alter table x.y partition (d = '1') set location 's3://b/'",
    'r_ALTER_TABLE_external-table',
  ],
  [
    'ALTER TABLE SET TABLE PROPERTIES',
    "alter table x.y set table properties ('numRows' = '1')",
    'r_ALTER_TABLE_external-table',
  ],
  [
    'ALTER TABLE SET LOCATION',
    "alter table x.y set location 's3://b/'",
    'r_ALTER_TABLE_external-table',
  ],
  [
    'ALTER TABLE SET FILE FORMAT',
    'alter table x.y set file format parquet',
    'r_ALTER_TABLE_external-table',
  ],
  [
    'CREATE PROCEDURE',
    'create procedure p() as $$ begin end; $$ language plpgsql',
    'r_CREATE_PROCEDURE',
  ],
  [
    'CREATE OR REPLACE PROCEDURE',
    'create or replace procedure p(a int) as $$ begin end; $$ language plpgsql',
    'r_CREATE_PROCEDURE',
  ],
  ['ALTER PROCEDURE', 'alter procedure p() rename to q', 'r_ALTER_PROCEDURE'],
  ['DROP PROCEDURE', 'drop procedure p()', 'r_DROP_PROCEDURE'],
  ['SHOW PROCEDURE', 'show procedure p(int, varchar)', 'r_SHOW_PROCEDURE'],
  ['CALL', 'call p(1)', 'r_CALL_procedure'],
  [
    'CREATE FUNCTION',
    'create function f(int) returns int stable as $$ select $1 $$ language sql',
    'r_CREATE_FUNCTION',
  ],
  [
    'CREATE OR REPLACE FUNCTION',
    'create or replace function f(int) returns int stable as $$ select $1 $$ language sql',
    'r_CREATE_FUNCTION',
  ],
  ['DROP FUNCTION', 'drop function f(int) cascade', 'r_DROP_FUNCTION'],
  ['CREATE LIBRARY', "create library l language plpythonu from 's3://b/l.zip'", 'r_CREATE_LIBRARY'],
  ['DROP LIBRARY', 'drop library l', 'r_DROP_LIBRARY'],
  ['CREATE DATABASE', 'create database d', 'r_CREATE_DATABASE'],
  ['ALTER DATABASE', 'alter database d rename to e', 'r_ALTER_DATABASE'],
  ['DROP DATABASE', 'drop database d', 'r_DROP_DATABASE'],
  ['USE', 'use d', 'r_USE_command'],
  ['ALTER SYSTEM', 'alter system set data_catalog_auto_mount = off', 'r_ALTER_SYSTEM'],
  ['CREATE DATASHARE', 'create datashare d', 'r_CREATE_DATASHARE'],
  ['ALTER DATASHARE', 'alter datashare d add schema public', 'r_ALTER_DATASHARE'],
  ['DROP DATASHARE', 'drop datashare d', 'r_DROP_DATASHARE'],
  ['DESC DATASHARE', 'desc datashare d', 'r_DESC_DATASHARE'],
  ['SHOW DATASHARES', "show datashares like 'd%'", 'r_SHOW_DATASHARES'],
  ['GRANT ON DATASHARE', "grant usage on datashare d to account '012345678901'", 'r_GRANT'],
  ['REVOKE ON DATASHARE', "revoke usage on datashare d from namespace 'x'", 'r_REVOKE'],
  ['CREATE MODEL', 'create model m from t target a function f iam_role default', 'r_CREATE_MODEL'],
  ['DROP MODEL', 'drop model m', 'r_DROP_MODEL'],
  ['SHOW MODEL', 'show model m', 'r_SHOW_MODEL'],
  ['GRANT ON MODEL', 'grant execute on model m to public', 'r_GRANT'],
  ['CREATE RLS POLICY', 'create rls policy p with (a int) using (a = 1)', 'r_CREATE_RLS_POLICY'],
  ['ALTER RLS POLICY', 'alter rls policy p using (a = 1)', 'r_ALTER_RLS_POLICY'],
  ['ATTACH RLS POLICY', 'attach rls policy p on t to public', 'r_ATTACH_RLS_POLICY'],
  ['DETACH RLS POLICY', 'detach rls policy p on t from public', 'r_DETACH_RLS_POLICY'],
  ['DROP RLS POLICY', 'drop rls policy p', 'r_DROP_RLS_POLICY'],
  [
    'CREATE MASKING POLICY',
    'create masking policy p with (a int) using (0)',
    'r_CREATE_MASKING_POLICY',
  ],
  ['ALTER MASKING POLICY', 'alter masking policy p using (0)', 'r_ALTER_MASKING_POLICY'],
  [
    'ATTACH MASKING POLICY',
    'attach masking policy p on t (a) to public',
    'r_ATTACH_MASKING_POLICY',
  ],
  [
    'DETACH MASKING POLICY',
    'detach masking policy p on t (a) from public',
    'r_DETACH_MASKING_POLICY',
  ],
  ['DROP MASKING POLICY', 'drop masking policy p', 'r_DROP_MASKING_POLICY'],
  ['SHOW POLICIES', 'show policies on t', 'r_SHOW_POLICIES'],
  [
    'CREATE IDENTITY PROVIDER',
    "create identity provider i type azure namespace 'n'",
    'r_CREATE_IDENTITY_PROVIDER',
  ],
  ['ALTER IDENTITY PROVIDER', 'alter identity provider i enable', 'r_ALTER_IDENTITY_PROVIDER'],
  ['DESC IDENTITY PROVIDER', 'desc identity provider i', 'r_DESC_IDENTITY_PROVIDER'],
  ['DROP IDENTITY PROVIDER', 'drop identity provider i', 'r_DROP_IDENTITY_PROVIDER'],
  ['CREATE TEMPLATE', 'create template x for copy as csv', 'r_CREATE_TEMPLATE'],
  ['ALTER TEMPLATE', 'alter template x set csv', 'r_ALTER_TEMPLATE'],
  ['COPY JOB RUN', 'copy job run j', 'r_COPY-JOB'],
  ['ANALYZE COMPRESSION', 'analyze compression t', 'r_ANALYZE_COMPRESSION'],
  [
    'UNPIVOT',
    'select * from t unpivot (x for y in (a, b))',
    'r_FROM_clause-pivot-unpivot-examples',
  ],
  ['UNPIVOT', 'select k, v from t x, unpivot x.b as v at k', 'query-super'],
  ['Navigation into a SUPER value by [ ]', 'select b[0] from t', 'query-super'],
  ['Navigation into a SUPER value by `.`', 'select x.b[0].c from t x', 'query-super'],
  ['Navigation into a SUPER value by `.`', 'select x.b.c from t x', 'query-super'],
  ['Unnesting a SUPER value in FROM', 'select o from t x, x.b as o', 'query-super'],
  ['AT for the places in a SUPER array', 'select o, i from t x, x.b as o at i', 'query-super'],
  ['ARRAY(…), a SUPER value,', "select array(1, 'a', null)", 'r_array'],
]

const types = 'super varbyte varbinary geometry geography hllsketch'.split(' ')

const calls = [
  "json_parse('{}')",
  "can_json_parse('{}')",
  "object('a', 1)",
  "split_to_array('a,b', ',')",
  'get_array_length(null)',
  'array_concat(null, null)',
  'array_flatten(null)',
  'subarray(null, 1, 2)',
  'is_object(null)',
  'json_typeof(null)',
  "st_geomfromtext('POINT(0 0)')",
  'st_distance(null, null)',
  'st_asgeojson(null)',
  'geometrytype(null)',
  'h3_frompoint(null, 5)',
  'addbbox(null)',
  'hll(1)',
  'hll_create_sketch(1)',
  'hll_combine(null)',
  "to_varbyte('ff', 'hex')",
  "from_varbyte(null, 'hex')",
  "explain_model('m')",
]

export default {
  given: ['create table t (a int, b varchar(10))', 'create table s (a int, b varchar(10))'],
  cases: [
    ...statements.map(([what, sql, page]) => named(what, sql, page)),
    ...types.flatMap((type) => [
      named(`Type ${type.toUpperCase()}`, `select null::${type}`, 'c_Supported_data_types'),
      named(`Type ${type.toUpperCase()}`, `create table u (a ${type})`, 'c_Supported_data_types'),
    ]),
    named('Type INTERVAL', 'create table u (a interval day to second)', 'r_interval_data_types'),
    ...calls.map((call) =>
      named(/^\w+/.exec(call)![0].toUpperCase(), `select ${call}`, 'c_SQL_functions'),
    ),
  ],
} satisfies Family

/** Redshift carries it out: the local one says by name that it does not. */
function named(what: string, sql: string, page: string): Case {
  const message = `${what} is not carried out by the local Redshift.`
  return { sql, error: { sqlstate: '0A000', message }, fact: `docs ${page}`, localOnly: true }
}
