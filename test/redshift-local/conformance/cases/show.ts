import type { Family } from '../case'

const tables =
  'database_name schema_name table_name table_type table_acl remarks owner last_altered_time ' +
  'last_modified_time dist_style table_subtype'
const columns =
  'database_name schema_name table_name column_name ordinal_position column_default is_nullable data_type ' +
  'character_maximum_length numeric_precision numeric_scale remarks sort_key_type sort_key dist_key encoding collation'
const schemas =
  'database_name schema_name schema_owner schema_type schema_acl source_database schema_option'

export default {
  given: [
    'create table home (id int primary key, name varchar(20))',
    'create table visit (id bigint not null, home int references home, at timestamp) ' +
      'distkey (home) sortkey (at)',
    'create view visits as select id from visit where home > 1',
    'drop schema if exists shown cascade',
    'create schema shown',
    'create table shown.plays (a int, b varchar(3) not null, primary key (b))',
  ],
  cases: [
    {
      sql: 'show table shown.plays',
      rows: [
        [
          'CREATE TABLE shown.plays (\n    a integer ENCODE az64,\n    b character varying(3) NOT NULL ENCODE lzo,\n' +
            '    PRIMARY KEY (b)\n)\nDISTSTYLE AUTO;',
        ],
      ],
      tag: 'SHOW',
      localOnly: true,
      fact: 'r_SHOW_TABLE; where it breaks its lines is ours',
    },
    {
      sql: 'show view visits',
      rows: [['SELECT id\n   FROM visit\n  WHERE (home > 1);']],
      localOnly: true,
      fact: 'r_SHOW_VIEW; there with every type cast spelled out',
    },
    { sql: 'show databases', tag: 'SHOW', fact: 'r_SHOW_DATABASES' },
    {
      sql: 'show schemas from database dev',
      columns: schemas.split(' '),
      fact: 'r_SHOW_SCHEMAS',
    },
    {
      sql: "show schemas from database dev like 'show_' limit 0",
      rows: [],
      columns: schemas.split(' '),
      fact: 'r_SHOW_SCHEMAS',
    },
    {
      sql: "show tables from schema dev.shown like 'nothing'",
      rows: [],
      columns: tables.split(' '),
      fact: 'r_SHOW_TABLES',
    },
    { sql: 'show tables from schema shown', columns: tables.split(' '), fact: 'r_SHOW_TABLES' },
    {
      sql: "show columns from table dev.shown.plays like 'B'",
      rows: [],
      columns: columns.split(' '),
      fact: 'r_SHOW_COLUMNS: LIKE tells upper from lower case',
    },
    {
      sql: "show columns from table dev.shown.plays like '_'",
      rows: [
        ['dev', 'shown', 'plays', 'a', '1', null, 'YES', 'integer', null, '32', '0', null, null, null, null, 'az64', null],
        ['dev', 'shown', 'plays', 'b', '2', null, 'NO', 'character varying', '3', null, null, null, null, null, null, 'lzo', null],
      ], // prettier-ignore
      fact: 'r_SHOW_COLUMNS',
    },
    {
      sql: 'show columns from table dev.shown.plays limit 1',
      rows: [
        ['dev', 'shown', 'plays', 'a', '1', null, 'YES', 'integer', null, '32', '0', null, null, null, null, 'az64', null],
      ], // prettier-ignore
      fact: 'r_SHOW_COLUMNS',
    },
    {
      sql: 'show constraints primary keys from table dev.shown.plays',
      rows: [['dev', 'shown', 'plays', 'b', '1', 'plays_pkey']],
      fact: 'aws/amazon-redshift-python-driver, metadataAPIHelper.py',
    },
    {
      sql: 'show constraints foreign keys from table dev.shown.plays',
      rows: [],
      fact: 'aws/amazon-redshift-python-driver, metadataAPIHelper.py',
    },
    {
      sql: 'show constraints foreign keys exported from table dev.shown.plays',
      rows: [],
      fact: 'aws/amazon-redshift-python-driver, metadataAPIHelper.py',
    },
    {
      sql: 'show table shown.nothing',
      error: { sqlstate: '42P01', message: 'relation "shown.nothing" does not exist' },
      fact: 'r_SHOW_TABLE',
    },
    {
      sql: 'show columns from table dev.shown.nothing',
      error: { sqlstate: '42P01', message: 'relation "shown.nothing" does not exist' },
      fact: 'r_SHOW_COLUMNS',
    },
    {
      sql: 'show tables from schema dev.nowhere',
      error: { sqlstate: '3F000' },
      fact: 'r_SHOW_TABLES',
    },
    {
      sql: 'show tables',
      error: { sqlstate: '42601' },
      fact: 'r_SHOW_TABLES: FROM SCHEMA is not optional',
    },
    {
      sql: 'show columns from table visit limit -1',
      error: { sqlstate: '22023' },
      fact: 'r_SHOW_COLUMNS: row_limit is between 0 and 10000',
    },
    {
      sql: 'show schemas from database elsewhere',
      error: { sqlstate: '0A000' },
      localOnly: true,
      fact: 'r_SHOW_SCHEMAS: the local Redshift has one database',
    },
    {
      sql: 'show databases from data catalog',
      error: {
        sqlstate: '0A000',
        message: 'SHOW DATABASES FROM DATA CATALOG is not carried out by the local Redshift.',
      },
      localOnly: true,
      fact: 'r_SHOW_DATABASES',
    },
  ],
} satisfies Family
