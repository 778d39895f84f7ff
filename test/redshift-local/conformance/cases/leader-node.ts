import type { Family } from '../case'

const notOnTables =
  'Specified types or functions (one per INFO message) not supported on Amazon Redshift tables.'
const documented = 'c_sql-functions-leader-node'

export default {
  given: [
    'create table home (id int primary key, name varchar(20) not null) diststyle all',
    'create table visit (id bigint identity(5, 2), home int references home (id), at timestamp sortkey, ' +
      'unique (id, home)) distkey (home)',
    'create view homes as select id, name from home where id > 1',
  ],
  cases: [
    {
      sql: "select array_to_string(current_schemas(false), ',') like 'conformance%'",
      rows: [['t']],
      fact: documented,
    },
    {
      sql: "select (current_schemas(true))[1] = 'pg_catalog'",
      rows: [['t']],
      fact: documented,
    },
    {
      sql: "select array_to_string(string_to_array('a,b,c', ','), '-')",
      rows: [['a-b-c']],
      fact: documented,
    },
    {
      sql: "select array_upper(conkey, 1), conkey[1] from pg_constraint where conname = 'visit_id_key'",
      rows: [['2', '1']],
      fact: documented,
    },
    {
      sql: "select attname from pg_attribute a, pg_constraint c where conname = 'home_pkey' and attrelid = conrelid and attnum = any (conkey)",
      rows: [['id']],
      fact: documented,
    },
    {
      sql:
        'select (keys).n, (keys).x from (select information_schema._pg_expandarray(i.indkey) as keys ' +
        'from pg_catalog.pg_index i join pg_catalog.pg_class c on c.oid = i.indexrelid ' +
        "where c.relname = 'visit_id_key') k order by 1",
      rows: [
        ['1', '1'],
        ['2', '2'],
      ],
      fact: 'pgjdbc, PgDatabaseMetaData.getPrimaryKeys',
    },
    {
      sql: "select array(select attname from pg_catalog.pg_attribute where attrelid = 'home'::regclass and attnum > 0 order by attnum) from pg_catalog.pg_class where relname = 'home'",
      rows: [['{id,name}']],
      fact: documented,
    },
    {
      sql: "select count(*) from pg_class where relkind = any (array['r', 'v']) and relname like 'home%'",
      rows: [['2']],
      fact: documented,
    },
    {
      sql: 'select * from current_schema() as s where s is null',
      rows: [],
      columns: ['s'],
      fact: 'TypeORM, PostgresQueryRunner.getCurrentSchema',
    },
    {
      sql: 'select g from generate_series(1, 2) as g',
      rows: [['1'], ['2']],
      fact: documented,
    },
    {
      sql: "select pg_get_viewdef('homes'::regclass) like '%id > 1%'",
      rows: [['t']],
      fact: documented,
    },
    {
      sql: "select array_to_string(string_to_array(name, ','), '-') from home",
      error: { sqlstate: '0A000', message: notOnTables },
      fact: documented,
    },
    {
      sql: 'select id from home, generate_series(1, 3) as g',
      error: { sqlstate: '0A000', message: notOnTables },
      fact: 'generate_series runs on the leader node alone: c_unsupported-postgresql-functions',
    },
    {
      sql: 'select pg_get_userbyid(id) from home',
      error: { sqlstate: '0A000', message: notOnTables },
      fact: documented,
    },
    {
      sql: "select has_table_privilege('home', 'select') from home",
      error: { sqlstate: '0A000', message: notOnTables },
      fact: documented,
    },
    {
      sql: "select has_table_privilege('home', 'select'), has_schema_privilege('pg_catalog', 'usage')",
      rows: [['t', 't']],
      fact: documented,
    },
    {
      sql: 'select array(select id from home)',
      error: { sqlstate: '0A000' },
      fact: 'c_unsupported-postgresql-features: array and row constructors',
    },
    {
      sql: 'select id from home where id = any (array[1, 2])',
      error: { sqlstate: '0A000' },
      fact: 'c_unsupported-postgresql-features: array and row constructors',
    },
    {
      sql: 'select array_upper(conkey, 1) from pg_constraint, home where false',
      error: { sqlstate: '0A000', message: notOnTables },
      fact: documented,
    },
    {
      sql: 'select array_agg(relname) from pg_class',
      error: { sqlstate: '0A000', message: 'Function "array_agg" not supported.' },
      fact: 'c_unsupported-postgresql-functions',
    },
  ],
} satisfies Family
