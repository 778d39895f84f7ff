import type { Case, Family } from '../case'

const documented = 'docs r_correlated_subqueries'

const refused: [sql: string, fact?: string][] = [
  [
    'select t.a from t where not exists (select 1 from s where not exists (select 1 from u where u.a = t.a))',
  ],
  [
    'select t.a from t where a in (select s.a from s where s.b in (select u.b from u where u.a = t.a))',
  ],
  ['select * from t left join s on t.a = s.a and s.a = (select max(u.a) from u where u.b = s.b)'],
  ['select * from t full join s on s.a = (select max(u.a) from u where u.b = t.b)'],
  ['select a from t where a not in (select sum(s.a) over () from s where s.a = t.a)'],
  ['select a, (select count(s.a) from s where s.a = t.a) as n from t group by n, a'],
  ['select a, (select count(s.a) from s where s.a = t.a) from t group by 1, 2'],
  ['select a from t where a in (select sum(s.a) from s where s.b = t.b group by s.b)'],
  ['select a, (select count(*) from s where s.a < t.a) from t', 'SQLMesh/sqlmesh#5342'],
  [
    'select a, (select max(s.a) from s where s.b = t.b and s.a <= t.a) from t',
    'SQLMesh/sqlmesh#5342',
  ],
  ['select a from t where a > (select avg(s.a) from s where s.a <> t.a)', 'SQLMesh/sqlmesh#5342'],
  ['select a from t where exists (select 1 from s where s.a < t.a)', 'SQLMesh/sqlmesh#5342'],
  ['select a from t where a in (select s.a from s where s.a >= t.a)', 'SQLMesh/sqlmesh#5342'],
  ['select a, (select s.b from s where s.a = t.a limit 1) from t', `${documented}, by analogy`],
  ['update t set a = (select count(*) from s where s.a < t.a)', 'SQLMesh/sqlmesh#5342'],
  ['delete from t where exists (select 1 from s where s.a > t.a)', 'SQLMesh/sqlmesh#5342'],
]

const taken: [sql: string, rows: (string | null)[][], fact?: string][] = [
  ['select a from t where a = (select max(s.a) from s where s.a = t.a)', [['1']]],
  ['select a from t where exists (select 1 from s where s.a = t.a)', [['1']]],
  [
    'select a from t where exists (select 1 from s where s.a = t.a and s.b <> t.b)',
    [],
    'TPC-H query 21 runs on Redshift: an equality, and others beside it',
  ],
  [
    'select a from t where a = (select s.a from s where s.a = t.a and s.b != t.b)',
    [],
    'docs merge-examples',
  ],
  [
    'select a, (select max(s.b) from s where s.a = t.a) from t order by a',
    [
      ['1', 'a'],
      ['2', null],
    ],
  ],
  ['select a from t where a in (select max(s.a) from s where s.b = t.b group by s.b)', [['1']]],
  ['select t.a from t join s on s.a = (select max(u.a) from u where u.b = t.b)', [['1']]],
  ['select a from t where a > (select avg(s.a) from s)', [['2']], 'docs r_scalar_subqueries'],
  [
    'select a, (select count(*) from s) as n from t group by a order by a',
    [
      ['1', '1'],
      ['2', '1'],
    ],
  ],
  [
    'select a from t where a < (select max(x.n) from (select s.a + 1 as n from s) x) order by a',
    [['1']],
  ],
]

export default {
  given: [
    'create table t (a int, b varchar(10))',
    "insert into t values (1, 'a'), (2, 'b')",
    'create table s (a int, b varchar(10))',
    "insert into s values (1, 'a')",
    'create table u (a int, b varchar(10))',
    "insert into u values (1, 'a')",
  ],
  cases: [
    ...refused.map(([sql, fact = documented]): Case => ({
      sql,
      error: {
        sqlstate: 'XX000',
        message: 'This type of correlated subquery pattern is not supported due to internal error',
      },
      fact,
    })),
    ...taken.map(([sql, rows, fact = documented]): Case => ({ sql, rows, fact })),
  ],
} satisfies Family
