import type { Case, Family } from '../case'

const given = [
  'create table t (a int, b varchar(10), c bool)',
  "insert into t values (1, 'a', true), (2, 'b', false)",
  'create table s (a int, b varchar(10))',
  "insert into s values (1, 'a')",
]

const undocumented = 'docs r_SELECT_synopsis and below: not in the grammar'

/** At which word of which statement the error stands. */
const nearWords: [sql: string, near: string, fact?: string][] = [
  ['select sum(a) over w from t window w as (partition by b)', 'window'],
  ['select count(*) over w, b from t window w as (order by a rows unbounded preceding)', 'window'],
  ['select a from t order by a fetch first 1 row only', 'fetch'],
  ['select a from t order by a fetch next 1 rows only', 'fetch'],
  ['select a from t order by a fetch first row with ties', 'fetch'],
  ['select a from t order by a offset 1 rows', 'rows'],
  ['select a from t order by a offset 1 row', 'rows'],
  ['select a from only t', 'only', 'C: no inheritance'],
  ['select a from only (t)', 'only', 'C: no inheritance'],
  ['delete from only t', 'only', 'docs r_DELETE'],
  ['update only t set a = 1', 'only', 'docs r_UPDATE'],
  ['select t.a from t join only s on t.a = s.a', 'only', 'C: no inheritance'],
  ['select a from t order by a using <', 'using', 'docs r_ORDER_BY_clause'],
  ['select a from t order by a using >, b', 'using', 'docs r_ORDER_BY_clause'],
  ['select from t', 'from'],
  ['select 1 where exists (select from t)', 'from'],
  ['select a from t group by distinct a', 'distinct', 'docs r_GROUP_BY_clause'],
  ['select * from t join s using (a) as j', 'as', 'docs r_FROM_clause30'],
  ['select a from t tablesample system (10)', 'tablesample'],
  ['select a from t where a between symmetric 2 and 1', 'symmetric', 'docs r_range_condition'],
  ['select a from t where a not between symmetric 2 and 1', 'symmetric', 'docs r_range_condition'],
  ['create table u as select a from t with no data', 'no', 'docs r_CREATE_TABLE_AS'],
  ['create view v as select a from t with check option', 'check', 'docs r_CREATE_VIEW'],
  ['create view v as select a from t with local check option', 'check', 'docs r_CREATE_VIEW'],
  ['create view v with (security_barrier) as select a from t', 'with', 'docs r_CREATE_VIEW'],
  ['insert into t overriding system value values (1)', 'overriding', 'docs r_INSERT_30'],
  ['insert into t overriding user value select a from s', 'overriding', 'docs r_INSERT_30'],
  ['with q as (select 1 as a) insert into t (a) select a from q', 'insert', 'docs r_INSERT_30'],
  ['delete from t where current of c', 'of', 'docs r_DELETE'],
  ['update t set a = 1 where current of c', 'of', 'docs r_UPDATE'],
  ["select upper(string => 'a')", '=>', 'docs c_SQL_functions'],
  ["select concat(variadic 'a')", 'variadic', 'docs c_SQL_functions'],
  ['select rank(1) within group (order by a) from t', 'within', 'docs c_Window_functions'],
  ['select cume_dist(1) within group (order by a) from t', 'within', 'docs c_Window_functions'],
  ['select 0x1F', 'x1F', 'PostgreSQL 8.0: numbers are decimal'],
  ['select 0b1', 'b1', 'PostgreSQL 8.0: numbers are decimal'],
  ['select 0o7', 'o7', 'PostgreSQL 8.0: numbers are decimal'],
  ['select 1_000', '_000', 'PostgreSQL 8.0: no _ in a number'],
  ['select a from t limit 1_0', '_0', 'PostgreSQL 8.0: no _ in a number'],
  ["select '{}' is json", 'json', 'It came after PostgreSQL 8.0'],
  ['alter table t add column if not exists q int', 'if', 'docs r_ALTER_TABLE'],
  ['alter table if exists t add column q int', 'exists', 'docs r_ALTER_TABLE'],
]

const otherErrors: [sql: string, sqlstate: string, message: string, fact: string][] = [
  [
    'select a = 1 is true from t',
    '0A000',
    'Not implemented',
    'docs r_Boolean_type: no IS in the SELECT list',
  ],
  ['select c is not false as "check" from t', '0A000', 'Not implemented', 'docs r_Boolean_type'],
  ['select c is unknown from t', '0A000', 'Not implemented', 'docs r_Boolean_type'],
  [
    "select a from t where a = any('{1,2}')",
    '0A000',
    'ANY and ALL of an array are not supported on Amazon Redshift tables',
    'C: no arrays',
  ],
  [
    "select a from t where a <> all('{1,2}')",
    '0A000',
    'ANY and ALL of an array are not supported on Amazon Redshift tables',
    'C: no arrays',
  ],
  ['select (a, b) from t', '0A000', 'Row constructors are not supported', 'C: no row constructors'],
  [
    'select count(distinct (a, b)) from t',
    '0A000',
    'Row constructors are not supported',
    'C: no row constructors',
  ],
  ['select b collate "C" from t', '0A000', 'COLLATE "c" is not supported', 'C: no collations'],
  [
    'select b from t order by b collate "en_US"',
    '0A000',
    'COLLATE "en_us" is not supported',
    'C: no collations',
  ],
  [
    'select * from generate_series(1, 2) with ordinality',
    '42601',
    'ROWS FROM and WITH ORDINALITY are not supported',
    undocumented,
  ],
  [
    'with q as (select a from t) cycle a set x using y select a from q',
    '42601',
    'SEARCH and CYCLE are not supported',
    'docs r_WITH_clause',
  ],
  [
    'declare c scroll cursor for select a from t',
    '0A000',
    'DECLARE takes no BINARY, INSENSITIVE, SCROLL or WITH HOLD',
    'docs declare',
  ],
  [
    'declare c cursor with hold for select a from t',
    '0A000',
    'DECLARE takes no BINARY, INSENSITIVE, SCROLL or WITH HOLD',
    'docs declare',
  ],
  [
    "select substring(b from 'a' for '#') from t",
    '0A000',
    'SUBSTRING by a pattern is not supported',
    'docs r_SUBSTRING',
  ],
  [
    "comment on function abs(int) is 'a'",
    '0A000',
    'COMMENT ON is supported for tables, columns, constraints, databases and views',
    'docs r_COMMENT',
  ],
]

/** What stands near these in the grammar, and is taken. */
const taken: [sql: string, rows: (string | null)[][], fact: string][] = [
  ['select a from t where c is true', [['1']], 'docs r_Boolean_type'],
  ['select a from t where c is not true order by a', [['2']], 'docs r_Boolean_type'],
  [
    "select case when c is true then 'x' else 'y' end from t order by a",
    [['x'], ['y']],
    'bcodell/dbt-activity-schema#90: IS TRUE within CASE runs on Redshift',
  ],
  ['select a from t where (a, b) in (select a, b from s)', [['1']], 'docs r_in_condition'],
  ["select a from t where (a, b) = (1, 'a')", [['1']], 'PostgreSQL 8.0: compared column by column'],
  ['select a from t order by a limit 1 offset 1', [['2']], 'docs r_ORDER_BY_clause'],
  ['select a from t order by a limit all', [['1'], ['2']], 'docs r_ORDER_BY_clause'],
  ['select a = some (select a from s) from t order by a', [['t'], ['f']], 'docs r_in_condition'],
  ['select all a from t order by 1', [['1'], ['2']], 'docs r_SELECT_list'],
  ['select b from t natural join s', [['a']], 'docs r_FROM_clause30'],
  ['select * from s as x (y, z)', [['1', 'a']], 'docs r_FROM_clause30: column aliases'],
  ['select substring(b from 1 for 1) from s', [['a']], 'docs r_SUBSTRING'],
  ["select trim(both 'a' from b) from s", [['']], 'docs r_TRIM'],
  ['select .5, 5., 1e2', [['0.5', '5', '100']], 'docs r_numeric_literals201'],
]

export default {
  given,
  cases: [
    ...nearWords.map(([sql, near, fact = undocumented]): Case => ({
      sql,
      error: { sqlstate: '42601', message: `syntax error at or near "${near}"` },
      fact,
    })),
    ...otherErrors.map(([sql, sqlstate, message, fact]): Case => ({
      sql,
      error: { sqlstate, message },
      fact,
    })),
    ...taken.map(([sql, rows, fact]): Case => ({ sql, rows, fact })),
  ],
} satisfies Family
