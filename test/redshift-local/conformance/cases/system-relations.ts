import type { Family } from '../case'

const mem = 'docs, the page of that name; columns beyond its examples by memory'

/** What one of these says of the statement before it, of this session. */
const ofLast = (columns: string, from: string, and = '') =>
  `select ${columns} from ${from} where pid = pg_backend_pid() ${and}`

export default {
  given: [
    "create table visit (id bigint identity(5, 2) primary key, home varchar(20) not null default 'x', " +
      'paid numeric(8, 2) encode zstd, at timestamp sortkey) distkey (home)',
    'create view visits as select id from visit',
    "comment on table visit is 'one row per visit'",
    "comment on column visit.paid is 'in dollars'",
    'create table walk (a int, b int) diststyle even interleaved sortkey (a, b)',
  ],
  cases: [
    {
      sql: 'select table_name, table_type, remarks, table_owner from svv_redshift_tables where schema_name = current_schema() order by 1',
      rows: [
        ['visit', 'TABLE', 'one row per visit', 'awsuser'],
        ['visits', 'VIEW', null, 'awsuser'],
        ['walk', 'TABLE', null, 'awsuser'],
      ],
      fact: 'r_SVV_REDSHIFT_TABLES',
    },
    {
      sql: "select table_name, table_type, dist_style from svv_all_tables where database_name = 'dev' and schema_name = current_schema() order by 1",
      rows: [
        ['visit', 'TABLE', 'KEY(home)'],
        ['visits', 'VIEW', null],
        ['walk', 'TABLE', 'EVEN'],
      ],
      fact: 'r_SVV_ALL_TABLES',
    },
    {
      sql: "select column_name, ordinal_position, is_nullable, data_type, character_maximum_length, numeric_precision, numeric_scale, remarks from svv_all_columns where schema_name = current_schema() and table_name = 'visit' order by 2",
      rows: [
        ['id', '1', 'NO', 'bigint', null, '64', '0', null],
        ['home', '2', 'NO', 'character varying', '20', null, null, null],
        ['paid', '3', 'YES', 'numeric', null, '8', '2', 'in dollars'],
        ['at', '4', 'YES', 'timestamp without time zone', null, null, null, null],
      ],
      fact: 'r_SVV_ALL_COLUMNS',
    },
    {
      sql: "select column_name, sort_key_type, sort_key, dist_key, encoding from svv_all_columns where schema_name = current_schema() and table_name <> 'visits' order by table_name, ordinal_position",
      rows: [
        ['id', null, null, null, 'az64'],
        ['home', null, null, '1', 'lzo'],
        ['paid', null, null, null, 'zstd'],
        ['at', 'COMPOUND', '1', null, 'none'],
        ['a', 'INTERLEAVED', '1', null, 'none'],
        ['b', 'INTERLEAVED', '2', null, 'none'],
      ],
      fact: 'r_SHOW_COLUMNS: the columns that SVV_ALL_COLUMNS has',
    },
    {
      sql: "select column_name, data_type, column_default, is_nullable, encoding, distkey, sortkey from svv_redshift_columns where schema_name = current_schema() and table_name = 'visit' and ordinal_position > 1 order by ordinal_position",
      rows: [
        ['home', 'character varying', "'x'::character varying", 'NO', 'lzo', 't', '0'],
        ['paid', 'numeric', null, 'YES', 'zstd', 'f', '0'],
        ['at', 'timestamp without time zone', null, 'YES', 'none', 'f', '1'],
      ],
      fact: 'r_SVV_REDSHIFT_COLUMNS',
    },
    {
      sql: "select schema_name, schema_type from svv_all_schemas where schema_name in ('public', 'redshift_catalog', 'pg_catalog') order by 1",
      rows: [
        ['pg_catalog', 'local'],
        ['public', 'local'],
      ],
      fact: 'r_SVV_ALL_SCHEMAS',
    },
    {
      sql: "select database_name, database_type from svv_redshift_databases where database_name = 'dev'",
      rows: [['dev', 'local']],
      fact: 'r_SVV_REDSHIFT_DATABASES',
    },
    {
      sql: "select function_name from svv_redshift_functions where schema_name in ('redshift_catalog', 'public')",
      rows: [],
      localOnly: true,
      fact: 'r_SVV_REDSHIFT_FUNCTIONS: the functions of users, of which there are none',
    },
    {
      sql: 'select schemaname, tablename, location from svv_external_tables',
      rows: [],
      columns: ['schemaname', 'tablename', 'location'],
      localOnly: true,
      fact: 'r_SVV_EXTERNAL_TABLES: there are no external schemas',
    },
    ...[
      'select esoid, eskind, schemaname, esowner, databasename, esoptions from svv_external_schemas',
      'select eskind, databasename from svv_external_databases',
      'select columnname, external_type, columnnum, part_key from svv_external_columns',
      'select schemaname, tablename, "values", location from svv_external_partitions',
    ].map((sql) => ({
      sql,
      rows: [],
      localOnly: true as const,
      fact: 'r_SVV_EXTERNAL_SCHEMAS and their like: there are none',
    })),
    {
      sql: ofLast(
        'trim(querytxt), aborted, trim(database), trim(label)',
        'stl_query',
        "and querytxt like 'insert into walk%' order by query desc limit 1",
      ),
      given: ['insert into walk values (1, 2)'],
      rows: [['insert into walk values (1, 2)', '0', 'dev', 'default']],
      fact: 'r_STL_QUERY',
    },
    {
      sql: ofLast(
        'trim(querytxt), aborted',
        'stl_query',
        "and trim(label) = 'night' order by query desc limit 1",
      ),
      given: ["set query_group to 'night'", 'select count(*) from walk'],
      rows: [['select count(*) from walk', '0']],
      fact: 'r_query_group: the label of STL_QUERY',
    },
    {
      sql: ofLast(
        'count(distinct xid)',
        'stl_query',
        "and querytxt like 'delete from walk where a = 4%'",
      ),
      given: ['delete from walk where a = 41', 'delete from walk where a = 42'],
      rows: [['1']],
      fact: 'r_STL_QUERY: xid is the transaction',
    },
    {
      sql: ofLast(
        'sequence, length(trim(text))',
        'stl_querytext',
        "and text like '%ccc%' order by sequence",
      ),
      given: [`select '${'c'.repeat(400)}' from walk`],
      rows: [
        ['0', '200'],
        ['1', '200'],
        ['2', '19'],
      ],
      fact: 'r_STL_QUERYTEXT: 200 characters a row',
    },
    {
      sql: ofLast('trim(text)', 'stl_ddltext', 'order by xid desc, starttime desc limit 1'),
      given: ['create table gone (a int)'],
      rows: [['create table gone (a int)']],
      fact: 'r_STL_DDLTEXT',
    },
    {
      sql: ofLast('trim(text)', 'stl_utilitytext', 'order by starttime desc limit 1'),
      given: ['set extra_float_digits to 2'],
      rows: [['set extra_float_digits to 2']],
      fact: 'r_STL_UTILITYTEXT',
    },
    {
      sql: ofLast(
        'type, trim(text)',
        'svl_statementtext',
        "and (text like 'drop view if%' or text like 'update walk%') order by starttime desc limit 2",
      ),
      given: ['update walk set a = 1', 'drop view if exists none'],
      rows: [
        ['DDL', 'drop view if exists none'],
        ['QUERY', 'update walk set a = 1'],
      ],
      fact: 'r_SVL_STATEMENTTEXT',
    },
    {
      sql: ofLast(
        'trim(substring), elapsed >= 0, aborted',
        'svl_qlog',
        'order by query desc limit 1',
      ),
      given: ['select b from walk'],
      rows: [['select b from walk', 't', '0']],
      fact: 'r_SVL_QLOG',
    },
    {
      sql: "select trim(query_type), trim(status), returned_rows, result_cache_hit from sys_query_history where session_id = pg_backend_pid() and query_text like 'select b as bee%' order by start_time desc limit 1",
      given: ['insert into walk values (1, 2), (3, 4)', 'select b as bee from walk'],
      rows: [['SELECT', 'success', '2', 'f']],
      fact: 'SYS_QUERY_HISTORY',
    },
    {
      sql: "select trim(query_type) from sys_query_history where session_id = pg_backend_pid() and (query_text like '%walk%' or query_text = 'begin') order by query_id desc limit 5 offset 1",
      given: [
        'create temp table ran as select * from walk',
        'delete from walk',
        'merge into walk using ran on walk.a = ran.a when matched then delete when not matched then insert values (1, 1)',
        'alter table walk add column c int',
      ],
      rows: [['DDL'], ['MERGE'], ['DELETE'], ['CTAS'], ['UTILITY']],
      fact: 'SYS_QUERY_HISTORY, query_type',
    },
    {
      sql: "select trim(status), trim(query_text) from sys_query_history where status = 'running' and session_id = pg_backend_pid()",
      rows: [
        [
          'running',
          "select trim(status), trim(query_text) from sys_query_history where status = 'running' and session_id = pg_backend_pid()",
        ],
      ],
      fact: 'SYS_QUERY_HISTORY',
    },
    {
      sql: "select trim(user_name), trim(db_name), substring(query, 1, 10) from stv_recents where status = 'Running' and pid = pg_backend_pid()",
      rows: [['awsuser', 'dev', 'select tri']],
      fact: 'r_STV_RECENTS',
    },
    {
      sql: 'select u.usename from stl_query q join pg_user u on u.usesysid = q.userid where q.query = pg_last_query_id()',
      given: ['select b from walk'],
      rows: [['awsuser']],
      fact: 'r_STL_QUERY: userid is that of PG_USER',
    },
    {
      sql: 'select count(*) from stv_inflight where pid = pg_backend_pid()',
      rows: [['1']],
      fact: 'r_STV_INFLIGHT',
    },
    {
      sql: 'select trim(user_name), trim(db_name) from stv_sessions where process = pg_backend_pid()',
      rows: [['awsuser', 'dev']],
      fact: 'r_STV_SESSIONS',
    },
    {
      sql: 'select trim(querytxt) from stl_query where query = pg_last_query_id()',
      given: ['select a as last_one from walk'],
      rows: [['select a as last_one from walk']],
      fact: 'PG_LAST_QUERY_ID',
    },
    {
      sql: 'select trim(w.final_state), q.query = w.query from stl_wlm_query w join stl_query q on q.query = w.query where w.query = pg_last_query_id()',
      given: ['select a from walk'],
      rows: [['Completed', 't']],
      fact: mem,
    },
    {
      sql: "select count(*) > 0, count(distinct tbl) from stv_blocklist b join stv_tbl_perm p on b.tbl = p.id where p.name = 'walk'",
      given: ['insert into walk values (1, 1)'],
      rows: [['t', '1']],
      fact: 'r_STV_BLOCKLIST',
    },
    {
      sql: "select trim(name), max(blocknum) >= 0 from svv_diskusage where name = 'walk' group by name",
      given: ['insert into walk values (1, 1)'],
      rows: [['walk', 't']],
      fact: 'r_SVV_DISKUSAGE',
    },
    {
      sql: 'select count(*) > 0 from stv_slices',
      rows: [['t']],
      fact: 'r_STV_SLICES',
    },
    {
      sql: 'select userid, query from stl_explain',
      error: { sqlstate: '0A000', message: 'STL_EXPLAIN is not kept by the local Redshift.' },
      localOnly: true,
      fact: 'cm_chap_system-tables',
    },
    {
      sql: 'select * from pg_catalog.svl_query_summary where query = 1',
      error: { sqlstate: '0A000', message: 'SVL_QUERY_SUMMARY is not kept by the local Redshift.' },
      localOnly: true,
      fact: 'cm_chap_system-tables',
    },
    {
      sql: 'select * from stl_no_such_table',
      error: { sqlstate: '42P01', message: 'relation "stl_no_such_table" does not exist' },
      fact: 'C, errors',
    },
  ],
} satisfies Family
