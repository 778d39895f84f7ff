import type { Family } from '../case'

const postgres = 'Redshift grew from PostgreSQL 8.0: the columns of its catalogs'
const columnsOf = (relation: string) =>
  `where attrelid = '${relation}'::regclass and attnum > 0 order by attnum`

export default {
  given: [
    'create table home (id int primary key, name varchar(20) not null) diststyle all',
    'create table visit (id bigint identity(5, 2), home int references home (id), ' +
      "at timestamp default '2020-01-01' encode raw sortkey, unique (id, home)) distkey (home)",
    'create view homes as select id, name from home',
    'create view relations as select relname from pg_class',
  ],
  cases: [
    {
      sql: "select relname, relkind, relhasoids, relhaspkey, relhasindex, reltriggers, relchecks from pg_class where relname in ('home', 'visit', 'homes') order by 1",
      rows: [
        ['home', 'r', 'f', 't', 't', '0', '0'],
        ['homes', 'v', 'f', 'f', 'f', '0', '0'],
        ['visit', 'r', 'f', 'f', 't', '0', '0'],
      ],
      fact: postgres,
    },
    {
      sql: "select relname, reldiststyle from pg_catalog.pg_class where relname in ('home', 'visit') and relkind = 'r' order by 1",
      rows: [
        ['home', '8'],
        ['visit', '1'],
      ],
      fact: 'r_PG_CLASS_INFO: 0 EVEN, 1 KEY, 8 ALL',
    },
    {
      sql: "select pg_class.relname from pg_catalog.pg_class where pg_catalog.pg_class.relname = 'home'",
      rows: [['home']],
      fact: postgres,
    },
    {
      sql: `select attname, attnotnull, atthasdef, attisdistkey, attsortkeyord, format_encoding(attencodingtype::integer) from pg_attribute ${columnsOf('visit')}`,
      rows: [
        ['id', 't', 't', 'f', '0', 'az64'],
        ['home', 'f', 'f', 't', '0', 'az64'],
        ['at', 'f', 't', 'f', '1', 'none'],
      ],
      fact: 'awslabs/amazon-redshift-utils, v_generate_tbl_ddl.sql',
    },
    {
      sql: "select adnum, regexp_replace(adsrc, '[(][0-9]+', '(n') from pg_attrdef where adrelid = 'visit'::regclass order by 1",
      rows: [
        ['1', `"identity"(n, 0, '5,2'::text)`],
        ['3', `'2020-01-01 00:00:00'::timestamp without time zone`],
      ],
      fact: 'sqlalchemy-redshift/sqlalchemy-redshift, dialect.py: what it reads IDENTITY from',
    },
    {
      sql: "select regexp_replace(pg_get_expr(adbin, adrelid), '[(][0-9]+', '(n') from pg_attrdef where adrelid = 'visit'::regclass and adnum = 1",
      rows: [[`"identity"(n, 0, '5,2'::text)`]],
      fact: 'sqlalchemy-redshift/sqlalchemy-redshift, dialect.py: what it reads IDENTITY from',
    },
    {
      sql: "select conname, contype, conkey, confrelid = 'home'::regclass, confkey, pg_get_constraintdef(oid) from pg_constraint where conrelid in ('home'::regclass, 'visit'::regclass) order by 1",
      rows: [
        ['home_pkey', 'p', '{1}', 'f', null, 'PRIMARY KEY (id)'],
        ['visit_home_fkey', 'f', '{2}', 't', '{1}', 'FOREIGN KEY (home) REFERENCES home(id)'],
        ['visit_id_key', 'u', '{1,2}', 'f', null, 'UNIQUE (id, home)'],
      ],
      fact: 't_Defining_constraints: keys are kept, and not enforced',
    },
    {
      sql: "select c.relname, indisprimary, indisunique, indkey, indnatts from pg_index join pg_class c on c.oid = indexrelid where indrelid in ('home'::regclass, 'visit'::regclass) order by 1",
      rows: [
        ['home_pkey', 't', 't', '1', '1'],
        ['visit_id_key', 'f', 't', '1 2', '2'],
      ],
      fact: 'aws/amazon-redshift-python-driver, core.py: get_primary_keys reads pg_index',
    },
    {
      sql: "select a.attname, a.attnum from pg_class c join pg_attribute a on a.attrelid = c.oid where c.relname = 'visit_id_key' order by 2",
      rows: [
        ['id', '1'],
        ['home', '2'],
      ],
      fact: 'aws/amazon-redshift-python-driver, core.py: get_primary_keys reads the columns of the index',
    },
    {
      sql: "select indexname, indexdef like 'CREATE UNIQUE INDEX home_pkey ON %.home USING btree (id)' from pg_indexes where tablename = 'home'",
      rows: [['home_pkey', 't']],
      fact: postgres,
    },
    {
      sql: "select pg_get_indexdef(indexrelid, 2, true) from pg_index where indrelid = 'visit'::regclass",
      rows: [['home']],
      fact: postgres,
    },
    {
      sql: "select nspname from pg_namespace where nspname like 'redshift%'",
      rows: [],
      fact: 'the schemas of a cluster: those of its users, pg_*, information_schema, catalog_history',
    },
    {
      sql: "select schemaname from pg_tables where schemaname like 'redshift%' union all select schemaname from pg_views where schemaname like 'redshift%'",
      rows: [],
      fact: 'the schemas of a cluster: those of its users, pg_*, information_schema, catalog_history',
    },
    {
      sql: "select relname from pg_class where relname like 'visit%' and relkind = 'S'",
      rows: [],
      fact: 'c_unsupported-postgresql-features: sequences; IDENTITY needs none',
    },
    {
      sql: "select hasindexes from pg_tables where tablename = 'home'",
      rows: [['t']],
      fact: postgres,
    },
    {
      sql: "select definition from pg_views where viewname = 'relations'",
      rows: [[' SELECT relname\n   FROM pg_class;']],
      fact: postgres,
    },
    {
      sql: "select pg_get_viewdef('relations'::regclass, true)",
      rows: [[' SELECT relname\n   FROM pg_class;']],
      fact: postgres,
    },
    {
      sql: "select relname from relations where relname = 'home'",
      rows: [['home']],
      fact: postgres,
    },
    {
      sql: "select proisagg from pg_proc where proname in ('count', 'upper') group by 1 order by 1",
      rows: [['f'], ['t']],
      fact: postgres,
    },
    {
      sql: "select datname, datistemplate, datallowconn, datlastsysoid from pg_database where datname = 'dev'",
      rows: [['dev', 'f', 't', '0']],
      fact: postgres,
    },
    {
      sql: "select usesuper, usecreatedb from pg_user where usename = 'awsuser'",
      rows: [['t', 't']],
      fact: 'r_superusers',
    },
    {
      sql: "select groname from pg_group where groname like 'pg_%'",
      rows: [],
      fact: 'r_PG_GROUP: the groups that users made',
    },
    {
      sql: 'with pg_class as (select 1 as n) select n from pg_class',
      rows: [['1']],
      fact: 'r_WITH_clause: a query of WITH hides a relation of its name',
    },
    {
      sql: "select count(*) from pg_type where typname in ('int4', 'varchar', 'timestamptz')",
      rows: [['3']],
      fact: postgres,
    },
    {
      sql: "select column_name from information_schema.columns where table_name = 'home' order by ordinal_position",
      rows: [['id'], ['name']],
      fact: postgres,
    },
  ],
} satisfies Family
