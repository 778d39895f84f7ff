import type { Case, Family } from '../case'

const sameOrder = 'within group ORDER BY clauses for aggregate functions must be the same'
const onTables =
  'One or more of the used functions must be applied on at least one user created tables. ' +
  'Examples of user table only functions are LISTAGG, MEDIAN, PERCENTILE_CONT, etc'
const noOtherDistinct =
  'Using LISTAGG/PERCENTILE_CONT/MEDIAN aggregate functions with other distinct aggregate function not supported'

const refused: [sql: string, message: string, fact: string][] = [
  ['select median(a), median(n) from t', sameOrder, 'metabase/metabase#38100'],
  ['select median(a), median(a + 1) from t', sameOrder, 'metabase/metabase#38100'],
  [
    "select listagg(b, ',') within group (order by a), listagg(b, ',') within group (order by b) from t",
    sameOrder,
    'docs r_LISTAGG',
  ],
  [
    'select percentile_cont(0.6) within group (order by a), median(n) from t',
    sameOrder,
    'docs r_PERCENTILE_CONT',
  ],
  [
    'select percentile_disc(0.6) within group (order by a desc), median(a) from t',
    sameOrder,
    'docs r_PERCENTILE_DISC',
  ],
  ['select median(a), count(distinct b) from t', noOtherDistinct, 'data-mie/dbt-profiler#84'],
  ["select listagg(b, ','), sum(distinct a) from t", noOtherDistinct, 'data-mie/dbt-profiler#84'],
  ["select listagg('a')", onTables, 'docs c_SQL_functions_compute_node_only'],
  ['select median(1)', onTables, 'docs c_SQL_functions_compute_node_only'],
  [
    'select percentile_cont(0.5) within group (order by a) from (select 1 as a union all select 2)',
    onTables,
    'docs c_SQL_functions_compute_node_only',
  ],
  [
    "select listagg(relname, ',') from pg_class",
    onTables,
    'docs c_SQL_functions_compute_node_only: the catalog is on the leader node',
  ],
  ['select listagg(b, b) from t', 'The delimiter of LISTAGG must be a constant', 'docs r_LISTAGG'],
  [
    'select lag(a, 1, 0) over (order by a) from t',
    'Default parameter not be supported for window function lag',
    'docs r_WF_LAG: no default; the text from memory',
  ],
  [
    'select lead(a, 1, 0) over (order by a) from t',
    'Default parameter not be supported for window function lead',
    'docs r_WF_LEAD: no default; the text from memory',
  ],
  [
    'select count(distinct a) over (partition by b) from t',
    'DISTINCT is not supported for window functions',
    'docs r_WF_COUNT',
  ],
  [
    'select rank() over (partition by 1 order by a) from t',
    'constant expressions are not supported in partition by clauses',
    'metabase/metabase#70888',
  ],
  [
    "select rank() over (partition by b, 'x' order by a) from t",
    'constant expressions are not supported in partition by clauses',
    'fivetran/dbt_shopify_source#90',
  ],
  [
    'select sum(a) over (partition by null::int) from t',
    'constant expressions are not supported in partition by clauses',
    'fivetran/dbt_shopify_source#90',
  ],
  [
    'select row_number() over (order by 1) from t',
    'constant expressions are not supported in order by clauses',
    'metabase/metabase#70273',
  ],
]

const taken: [sql: string, rows: (string | null)[][], fact: string][] = [
  [
    'select percentile_cont(0.5) within group (order by a), median(a) from t',
    [['1.5', '1.5']],
    'docs r_MEDIAN: the same order',
  ],
  [
    "select listagg(b, ',') within group (order by b), listagg(b, ';') within group (order by b) from t",
    [['a,b', 'a;b']],
    'docs r_LISTAGG: the same order',
  ],
  ["select listagg(distinct b, ',') within group (order by b) from t", [['a,b']], 'docs r_LISTAGG'],
  ['select median(a), count(b) from t', [['1.5', '2']], 'docs r_MEDIAN'],
  [
    'select (select median(a) from t), (select median(n) from t)',
    [['1.5', '2.5']],
    'docs r_MEDIAN: each in a query of its own',
  ],
  [
    'select lag(a, 1) over (order by a), lead(a) over (order by a) from t order by a',
    [
      [null, '2'],
      ['1', null],
    ],
    'docs r_WF_LAG',
  ],
]

export default {
  given: [
    'create table t (a int, b varchar(10), n int)',
    "insert into t values (1, 'a', 2), (2, 'b', 3)",
  ],
  cases: [
    ...refused.map(([sql, message, fact]): Case => ({
      sql,
      error: { sqlstate: '0A000', message },
      fact,
    })),
    ...taken.map(([sql, rows, fact]): Case => ({ sql, rows, fact })),
  ],
} satisfies Family
