import type { Family } from '../case'

const fact = 'r_WHERE_oracle_outer'

export default {
  given: [
    'create table s (a int, b varchar(5))',
    "insert into s values (1, 'x'), (2, 'y'), (3, 'z')",
    'create table t (a int, c int, s varchar(5))',
    "insert into t values (1, 10, 'x'), (1, 20, 'q'), (4, 40, 'w')",
    'create table u (c int, n varchar(5))',
    "insert into u values (10, 'ten'), (30, 'th')",
  ],
  cases: [
    {
      sql: 'select s.a, t.c from s, t where s.a = t.a(+) order by 1, 2',
      rows: [
        ['1', '10'],
        ['1', '20'],
        ['2', null],
        ['3', null],
      ],
      fact: `${fact}: a left outer join`,
    },
    {
      sql: 'select t.c, s.b from s, t where s.a ( + ) = t.a order by 1',
      rows: [
        ['10', 'x'],
        ['20', 'x'],
        ['40', null],
      ],
      fact: `${fact}: a right outer join`,
    },
    {
      sql: 'select * from t, s where t.a(+) = s.a and s.a > 1 order by s.a',
      rows: [
        [null, null, null, '2', 'y'],
        [null, null, null, '3', 'z'],
      ],
      columns: ['a', 'c', 's', 'a', 'b'],
      fact: `${fact}: the columns stay in the order of FROM`,
    },
    {
      sql: 'select s.a, t.c, u.n from s, t, u where s.a = t.a(+) and t.c = u.c(+) order by 1, 2',
      rows: [
        ['1', '10', 'ten'],
        ['1', '20', null],
        ['2', null, null],
        ['3', null, null],
      ],
      fact: `${fact}: one upon another`,
    },
    {
      sql: 'select s.a, t.c, u.n from s, t, u where s.a = t.a(+) and u.c(+) = s.a + 9 order by 1, 2',
      rows: [
        ['1', '10', 'ten'],
        ['1', '20', 'ten'],
        ['2', null, null],
        ['3', null, null],
      ],
      fact: `${fact}: two of one table`,
    },
    {
      sql: 'select s.a, t.c from s, t where s.a = t.a(+) and s.b = t.s(+) order by 1',
      rows: [
        ['1', '10'],
        ['2', null],
        ['3', null],
      ],
      fact: `${fact}: over two pairs of columns`,
    },
    {
      sql: 'select s.a, t.c from s, t where s.a = t.a(+) and s.b = t.s order by 1',
      rows: [['1', '10']],
      fact: `${fact}: an inner join where not all of its conditions have it, without warning`,
    },
    {
      sql: 'select s.a, c from s, t where s.a = t.a(+) and c(+) > 15 order by 1',
      rows: [
        ['1', '20'],
        ['2', null],
        ['3', null],
      ],
      fact: `${fact}: on a comparison with a constant; the column needs no table's name`,
    },
    {
      sql: 'select s.a, c from s, t where s.a = t.a(+) and c > 15 order by 1',
      rows: [['1', '20']],
      fact: `${fact}: without it, the constant rules the rows out`,
    },
    {
      sql: 'select s.a, t.c from s, t where s.a * 10 = t.a(+) * 10 and (t.c(+) between 5 and 15 and s.a > 1) order by 1',
      rows: [
        ['2', null],
        ['3', null],
      ],
      fact: `${fact}: in expressions, and other comparisons`,
    },
    {
      sql: 'select count(*) from s x, s y where x.a(+) = y.a',
      rows: [['3']],
      fact: `${fact}: a table with itself, by aliases`,
    },
    {
      sql: 'with q as (select s.a + 1 as k, k * 2 as l from s, t where s.a = t.a(+)) select * from q order by 1 limit 1',
      rows: [['2', '4']],
      fact: `${fact}; in a query of WITH`,
    },
    {
      sql: 'select a from s where exists (select 1 from t where s.a = t.a(+)) order by 1',
      rows: [['1']],
      fact: `${fact}: no outer join of a table outside with one within`,
    },
    {
      sql: 'select a(+) from s order by 1 limit 1',
      rows: [['1']],
      fact: `${fact}: elsewhere it is ignored`,
    },
    {
      sql: 'select count(*) from s, t where s.a * 10(+) = t.a',
      error: { sqlstate: '42601' },
      fact: `${fact}: not of an expression`,
    },
    {
      sql: 'select count(*) from s, t where s.a(+) = t.a or t.c = 0',
      error: {
        sqlstate: '0A000',
        message: 'Outer join operator (+) not allowed in operand of OR or IN.',
      },
      fact: `${fact}, real text`,
    },
    {
      sql: 'select count(*) from s, t where s.a(+) = t.a and s.a(+) in (1, 2)',
      error: {
        sqlstate: '0A000',
        message: 'Outer join operator (+) not allowed in operand of OR or IN.',
      },
      fact: `${fact}, real text`,
    },
    {
      sql: 'select count(*) from s, t, u where t.a(+) = s.a and t.c(+) = u.c',
      error: {
        sqlstate: '0A000',
        message: 'A table may be outer joined to at most one other table.',
      },
      fact: `${fact}, real text`,
    },
    {
      sql: 'select count(*) from s, t where s.a(+) = t.a and t.c(+) = s.a',
      error: { sqlstate: '0A000' },
      fact: `${fact}: to one other, and not in a circle`,
    },
    ...['select 1 where s.a = t.a(+) from s, t', 'select 1 where s.a = t.a(+) from'].map((sql) => ({
      sql,
      error: { sqlstate: '42601', message: 'syntax error at or near "from"' },
      fact: `${fact}: WHERE stands behind FROM`,
    })),
    {
      sql: 'select 1 from where s.a = t.a(+)',
      error: { sqlstate: '42601', message: 'syntax error at or near "where"' },
      fact: `${fact}: FROM has tables`,
    },
    {
      sql: 'select count(*) from s, t where s.a(+) = t.a and t.c(+) = s.a from',
      error: {
        sqlstate: '0A000',
        message: 'A table may be outer joined to at most one other table.',
      },
      fact: `${fact}: whatever follows`,
    },
    {
      sql: 'select count(*) from s join t on s.a = t.a where s.a = t.a(+)',
      error: { sqlstate: '0A000' },
      fact: `${fact}: not together with JOIN`,
    },
  ],
} satisfies Family
