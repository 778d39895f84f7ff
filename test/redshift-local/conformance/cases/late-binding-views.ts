import type { Family } from '../case'

const table = [
  'create schema raw',
  'create table raw.t (a int, b varchar(10))',
  "insert into raw.t values (1, 'x')",
]
const late = (rest: string) => `${rest} with no schema binding`

export default {
  given: [],
  cases: [
    {
      sql: late('create view v as select a from raw.t'),
      tag: 'CREATE VIEW',
      fact: 'r_CREATE_VIEW: what it reads need not be there',
    },
    {
      sql: late('create view v as select a from t'),
      error: {
        sqlstate: '42602',
        message:
          'All the relation names inside should be qualified when creating VIEW WITH NO SCHEMA BINDING.',
      },
      fact: 'elementary-data/dbt-data-reliability#371, real text',
    },
    {
      sql: 'select * from v',
      given: [late('create view v as select a from raw.t')],
      error: { sqlstate: '42P01', message: 'relation "raw.t" does not exist' },
      fact: 'r_CREATE_VIEW: it is looked for when the view is read',
    },
    {
      sql: 'select * from v',
      given: [late('create view v as select * from raw.t'), ...table],
      rows: [['1', 'x']],
      columns: ['a', 'b'],
      fact: 'r_CREATE_VIEW',
    },
    {
      sql: 'select v.a, w.b from v join v as w on w.a = v.a where v.b = w.b',
      given: [...table, late('create view v as select * from raw.t')],
      rows: [['1', 'x']],
      fact: 'r_CREATE_VIEW: read twice, with and without an alias',
    },
    {
      sql: 'select * from v',
      given: [
        ...table,
        late('create view v as select * from raw.t'),
        'drop table raw.t',
        'create table raw.t as select 7 as c',
      ],
      rows: [['7']],
      columns: ['c'],
      fact: 'r_CREATE_VIEW: tables can be dropped and made again',
    },
    {
      sql: 'select * from v',
      given: [...table, late('create view v (x, y) as select * from raw.t')],
      columns: ['x', 'y'],
      fact: 'r_CREATE_VIEW: names for the columns',
    },
    {
      sql: 'select x from v as u where u.x = 1',
      given: [...table, late('create view v (x, y) as select * from raw.t')],
      rows: [['1']],
      fact: 'r_CREATE_VIEW: names for the columns',
    },
    {
      sql: 'select nvl(a, 0) as n, n + 1 as m from v',
      given: [
        ...table,
        late("create view v as select a, dateadd(day, 1, '2020-01-01') as d from raw.t"),
      ],
      rows: [['1', '2']],
      fact: "r_CREATE_VIEW: a query in Redshift's own words, within another",
    },
    {
      sql: 'select a from public.w',
      given: [
        ...table,
        late('create view public.v as select a from raw.t'),
        late('create view public.w as select a from public.v'),
      ],
      rows: [['1']],
      fact: 'r_CREATE_VIEW: of another such view',
    },
    {
      sql: 'create table copied as select * from v',
      given: [...table, late('create view v as select * from raw.t')],
      fact: 'r_CREATE_TABLE_AS',
    },
    {
      sql: 'select a from v',
      given: [
        ...table,
        late('create view v as select a from raw.t'),
        late('create or replace view v as select a + 1 as a from raw.t'),
      ],
      rows: [['2']],
      fact: 'r_CREATE_VIEW: OR REPLACE',
    },
    {
      sql: 'select a from v',
      given: [
        ...table,
        'create view v as select a, b from raw.t',
        late('create or replace view v as select a + 1 as a from raw.t'),
      ],
      rows: [['2']],
      fact: 'r_CREATE_VIEW: OR REPLACE of one that was bound',
    },
    {
      sql: 'select a from v',
      given: [
        ...table,
        late('create view v as select a + 1 as a from raw.t'),
        'create or replace view v as select a, b from raw.t',
      ],
      rows: [['1']],
      fact: 'r_CREATE_VIEW: OR REPLACE by one that is bound',
    },
    {
      sql: 'select a from v',
      given: [...table, late('create view v as select a from raw.t'), 'drop view v'],
      error: { sqlstate: '42P01', message: 'relation "v" does not exist' },
      fact: 'r_DROP_VIEW',
    },
    {
      sql: late('create view v as select a from raw.t'),
      given: ['create table v (a int)'],
      error: { sqlstate: '42P07', message: 'Relation "v" already exists' },
      fact: 'r_CREATE_VIEW',
    },
    {
      sql: late('create view v as select frm raw.t'),
      error: { sqlstate: '42601', message: 'syntax error at or near "."' },
      fact: 'r_CREATE_VIEW: what is wrong with the query itself is told at once',
    },
    {
      sql: "select * from pg_get_late_binding_view_cols() cols (view_schema name, view_name name, col_name name, col_type varchar, col_num int) where view_schema = 'raw'",
      given: [
        ...table,
        late('create view raw.v as select a, b as c from raw.t'),
        late('create view raw.w as select a from raw.missing'),
      ],
      rows: [
        ['raw', 'v', 'a', 'integer', '1'],
        ['raw', 'v', 'c', 'character varying(10)', '2'],
      ],
      fact: 'PG_GET_LATE_BINDING_VIEW_COLS: none of a view whose tables are not there',
    },
    {
      sql: "select relnatts, pg_get_viewdef(oid) from pg_class where relname = 'v' and relkind = 'v'",
      given: [late('create view public.v as select a from raw.t')],
      rows: [['0', 'create view public.v as select a from raw.t with no schema binding;']],
      localOnly: true,
      fact: 'awslabs/amazon-redshift-utils v_generate_view_ddl: without columns, and with the whole statement',
    },
    {
      sql: 'select a from v',
      given: [
        late('create view v as select a from raw.t'),
        ...table,
        'grant usage on schema raw to public',
      ],
      rows: [['1']],
      fact: 'r_CREATE_VIEW',
    },
  ],
} satisfies Family
