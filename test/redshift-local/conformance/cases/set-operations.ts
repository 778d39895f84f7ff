import type { Family } from '../case'

export default {
  given: [
    'create table l (n int, s varchar(10))',
    'create table r (n bigint, s varchar(20))',
    "insert into l values (1, 'a'), (1, 'a'), (2, 'b'), (null, null)",
    "insert into r values (1, 'a'), (3, 'c'), (null, null)",
  ],
  cases: [
    {
      sql: 'select n from l union select n from r order by n',
      rows: [['1'], ['2'], ['3'], [null]],
      types: ['int8'],
      fact: 'r_UNION: the types are made common, NULLs are equal, and last in an ascending order',
    },
    {
      sql: 'select n from l union all select n from r order by 1',
      rows: [['1'], ['1'], ['1'], ['2'], ['3'], [null], [null]],
      fact: 'r_UNION',
    },
    {
      sql: 'select n, s from l intersect select n, s from r order by 1',
      rows: [
        ['1', 'a'],
        [null, null],
      ],
      fact: 'r_UNION: INTERSECT',
    },
    { sql: 'select n from l except select n from r', rows: [['2']], fact: 'r_UNION: EXCEPT' },
    {
      sql: 'select n from l minus select n from r',
      rows: [['2']],
      fact: 'r_UNION: MINUS is EXCEPT',
    },
    {
      sql: "select s from l except select 'z'",
      rows: [[null], ['a'], ['b']],
      fact: 'r_UNION: EXCEPT removes duplicates',
    },
    {
      sql: 'select n as x from l union select n as y from r order by x limit 1',
      rows: [['1']],
      columns: ['x'],
      fact: 'r_UNION: the columns are called as in the first arm',
    },
    {
      sql: 'select 1 union select 2 intersect select 3',
      rows: [['1']],
      fact: 'r_UNION: INTERSECT binds closer than UNION',
    },
    {
      sql: 'select 1 union select 2 except select 1',
      rows: [['2']],
      fact: 'r_UNION: UNION and EXCEPT from left to right',
    },
    {
      sql: 'select 1 except (select 1 except select 1)',
      rows: [['1']],
      fact: 'r_UNION: parentheses',
    },
    {
      sql: 'select n from l union all select n from r order by 1 desc nulls last limit 2',
      rows: [['3'], ['2']],
      fact: 'r_UNION: ORDER BY and LIMIT of the whole',
    },
    {
      sql: '(select n from l order by n limit 1) union all (select n from r order by n desc nulls last limit 1) order by 1',
      error: {
        sqlstate: '0A000',
        message: 'LIMIT may not be used within input to set operations.',
      },
      fact: 'r_UNION: ORDER BY and LIMIT of an arm',
    },
    {
      sql: 'select count(*) from (select n from l union select n from r) as both_of_them',
      rows: [['4']],
      fact: 'r_UNION: in FROM',
    },
    {
      sql: 'select s from l where n in (select 2 union select 3)',
      rows: [['b']],
      fact: 'r_UNION: in IN',
    },
    {
      sql: 'with u as (select 1 as x union all select 2) select sum(x) from u',
      rows: [['3']],
      fact: 'r_UNION: in WITH',
    },
    {
      sql: "insert into l select n::int, s from r union all select 9, 'z'",
      tag: 'INSERT 0 4',
      fact: 'r_UNION: in INSERT',
    },
    {
      given: ['create table u as select n from l union select n from r'],
      sql: 'select count(*) from u',
      rows: [['4']],
      fact: 'r_UNION: in CREATE TABLE AS',
    },
    {
      sql: "select 1 as x union all select '2' order by 1",
      rows: [['1'], ['2']],
      types: ['int4'],
      fact: 'r_UNION: a number and a text that is one',
    },
    {
      sql: 'select 1 as x union all select 2.5 order by 1',
      rows: [['1'], ['2.5']],
      types: ['numeric'],
      fact: 'r_UNION: numbers of unequal kinds',
    },
    {
      sql: "select date '2020-01-01' as x union all select timestamp '2020-01-02 03:04:05' order by 1",
      rows: [['2020-01-01 00:00:00'], ['2020-01-02 03:04:05']],
      types: ['timestamp'],
      fact: 'r_UNION: dates and timestamps',
    },
    {
      sql: 'select 1 union select 1, 2',
      error: {
        sqlstate: '42601',
        message: 'each UNION query must have the same number of columns',
      },
      fact: 'r_UNION: an unequal number of columns',
    },
    {
      sql: "select date '2020-01-01' union select true",
      error: { sqlstate: '42804' },
      fact: 'r_UNION: types that do not go together',
    },
    {
      sql: 'select null as x union all select 2 order by 1',
      rows: [['2'], [null]],
      types: ['int4'],
      fact: 'r_UNION: NULL takes the type of the others',
    },
    {
      sql: 'select n from l union select n as m from r order by m',
      error: { sqlstate: '42703' },
      fact: 'r_UNION: ORDER BY of a name that the first arm has not',
    },
    {
      sql: 'select 1 as x union all select 2 union all select 1 order by x',
      rows: [['1'], ['1'], ['2']],
      fact: 'r_UNION: three arms',
    },
    {
      sql: 'select n, s from l union select n, s from r order by 1, 2',
      rows: [
        ['1', 'a'],
        ['2', 'b'],
        ['3', 'c'],
        [null, null],
      ],
      fact: 'r_UNION: DISTINCT rows of several columns',
    },
    {
      sql: "select s, count(*) from l group by s union all select 'all', count(*) from l order by 2 desc, 1",
      rows: [
        ['all', '4'],
        ['a', '2'],
        ['b', '1'],
        [null, '1'],
      ],
      fact: 'r_UNION: GROUP BY in an arm',
    },
    {
      sql: 'select n from l intersect all select n from r',
      error: { sqlstate: '0A000', message: 'ALL of INTERSECT, EXCEPT and MINUS is not supported' },
      fact: 'r_UNION: only UNION has ALL',
    },
    {
      sql: 'select n from l except all select n from r',
      error: { sqlstate: '0A000', message: 'ALL of INTERSECT, EXCEPT and MINUS is not supported' },
      fact: 'r_UNION: only UNION has ALL',
    },
    {
      sql: 'select n from l minus all select n from r',
      error: { sqlstate: '0A000', message: 'ALL of INTERSECT, EXCEPT and MINUS is not supported' },
      fact: 'r_UNION: only UNION has ALL',
    },
  ],
} satisfies Family
