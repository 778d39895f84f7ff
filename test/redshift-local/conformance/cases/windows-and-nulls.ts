import type { Family } from '../case'

const all = 'rows between unbounded preceding and unbounded following'

export default {
  given: [
    'create table w (id int, p varchar(2), v int, n numeric(8,2), f float, d date)',
    `insert into w values
      (1, 'a', 10, 1.25, 1.5, '2020-01-01'), (2, 'a', null, 2.50, 2.5, '2020-01-04'), (3, 'a', 30, null, null, null),
      (4, 'b', null, 3.75, 4, '2020-01-06'), (5, 'b', 5, 1.00, 5, '2020-01-01'), (6, 'a', 20, 1.00, 5, '2020-01-01')`,
  ],
  cases: [
    {
      sql: 'select id, lag(v) ignore nulls over (order by id) from w order by id',
      rows: [
        ['1', null],
        ['2', '10'],
        ['3', '10'],
        ['4', '30'],
        ['5', '30'],
        ['6', '5'],
      ],
      columns: ['id', 'lag'],
      types: ['int4', 'int4'],
      fact: 'r_WF_LAG: IGNORE NULLS behind the call',
    },
    {
      sql: 'select id, lag(v, 2) ignore nulls over (order by id) as x from w order by id',
      rows: [
        ['1', null],
        ['2', null],
        ['3', null],
        ['4', '10'],
        ['5', '10'],
        ['6', '30'],
      ],
      columns: ['id', 'x'],
      fact: 'r_WF_LAG',
    },
    {
      sql: 'select id, lag(v, 0) ignore nulls over (order by id) from w where id < 3 order by id',
      rows: [
        ['1', '10'],
        ['2', null],
      ],
      fact: 'r_WF_LAG: an offset of 0 is the current row',
    },
    {
      sql: 'select id, lead(v) ignore nulls over (partition by p order by id) from w order by id',
      rows: [
        ['1', '30'],
        ['2', '30'],
        ['3', '20'],
        ['4', '5'],
        ['5', null],
        ['6', null],
      ],
      columns: ['id', 'lead'],
      fact: 'r_WF_LEAD',
    },
    {
      sql: 'select id, lead(v, 2) ignore nulls over (order by v desc nulls last, id) from w order by id',
      rows: [
        ['1', null],
        ['2', null],
        ['3', '10'],
        ['4', null],
        ['5', null],
        ['6', '5'],
      ],
      fact: 'r_WF_LEAD: in the order of the window, whichever it is',
    },
    {
      sql: 'select id, lag(v, 1) respect nulls over (order by id) from w where id < 4 order by id',
      rows: [
        ['1', null],
        ['2', '10'],
        ['3', null],
      ],
      fact: 'r_WF_LAG: RESPECT NULLS is the default',
    },
    {
      sql: `select id, first_value(v ignore nulls) over (partition by p order by id ${all}) from w order by id`,
      rows: [
        ['1', '10'],
        ['2', '10'],
        ['3', '10'],
        ['4', '5'],
        ['5', '5'],
        ['6', '10'],
      ],
      columns: ['id', 'first_value'],
      fact: 'r_WF_first_value: IGNORE NULLS behind the argument',
    },
    {
      sql: "select id, first_value(v) ignore nulls over (order by id desc rows unbounded preceding) from w where p = 'b' order by id",
      rows: [
        ['4', '5'],
        ['5', '5'],
      ],
      fact: 'r_WF_first_value: behind the call as well',
    },
    {
      sql: 'select id, last_value(v ignore nulls) over (order by id rows unbounded preceding) from w order by id',
      rows: [
        ['1', '10'],
        ['2', '10'],
        ['3', '30'],
        ['4', '30'],
        ['5', '5'],
        ['6', '20'],
      ],
      fact: 'r_WF_first_value: fills gaps',
    },
    {
      sql: 'select id, last_value(d) ignore nulls over (order by id rows between 1 preceding and current row) from w where id in (2, 3, 4) order by id',
      rows: [
        ['2', '2020-01-04'],
        ['3', '2020-01-04'],
        ['4', '2020-01-06'],
      ],
      types: ['int4', 'date'],
      fact: 'r_WF_first_value: in any frame, of any type',
    },
    {
      sql: 'select first_value(v ignore nulls) over (order by id) from w',
      error: {
        sqlstate: '42601',
        message: 'Aggregate window functions with an ORDER BY clause require a frame clause',
      },
      fact: 'r_WF_first_value: with ORDER BY a frame is required',
    },
    {
      sql: `select distinct nth_value(v, 3) ignore nulls over (order by id ${all}) from w`,
      rows: [['5']],
      columns: ['nth_value'],
      fact: 'r_WF_NTH',
    },
    {
      sql: `select distinct nth_value(v, 9) ignore nulls over (order by id ${all}) from w`,
      rows: [[null]],
      fact: 'r_WF_NTH: NULL where there are not as many',
    },
    {
      sql: 'select sum(v) ignore nulls over () from w',
      error: { sqlstate: '42601', message: 'syntax error at or near "ignore"' },
      fact: 'r_WF_SUM: not of its grammar',
    },
    {
      sql: 'select distinct p, median(v) over (partition by p) from w order by p',
      rows: [
        ['a', '20.0'],
        ['b', '5.0'],
      ],
      columns: ['p', 'median'],
      fact: 'r_WF_MEDIAN, its example: of whole numbers with one digit behind the point',
    },
    {
      sql: 'select distinct median(n) over (), median(f) over (), median(d) over () from w',
      rows: [['1.25', '4', '2020-01-01']],
      fact: 'r_WF_MEDIAN: of decimals in their scale, of dates a date',
    },
    {
      sql: 'select p, median(sum(v)) over () from w group by p order by p',
      rows: [
        ['a', '32.5'],
        ['b', '32.5'],
      ],
      fact: 'r_WF_MEDIAN: of an aggregate',
    },
    {
      sql: 'select distinct p, percentile_cont(0.25) within group (order by v) over (partition by p) from w order by p',
      rows: [
        ['a', '15.00'],
        ['b', '5.00'],
      ],
      columns: ['p', 'percentile_cont'],
      fact: 'r_WF_PERCENTILE_CONT',
    },
    {
      sql: 'select distinct percentile_cont(0.25) within group (order by n desc) over () as x from w',
      rows: [['2.50']],
      columns: ['x'],
      fact: 'r_WF_PERCENTILE_CONT: in descending order',
    },
    {
      sql: 'select distinct percentile_disc(0.5) within group (order by v desc) over (), percentile_disc(1) within group (order by p) over () from w',
      rows: [['20', 'b']],
      types: ['int4', 'varchar'],
      fact: 'r_WF_PERCENTILE_DISC: a value of the set, and its type',
    },
    {
      sql: 'select median(v) over (order by id rows unbounded preceding) from w',
      error: { sqlstate: '42601' },
      fact: 'r_WF_MEDIAN: OVER takes a partition only',
    },
    {
      sql: "select id, listagg(id, ',') within group (order by v desc nulls last, id) over (partition by p) from w order by 1",
      rows: [
        ['1', '3,6,1,2'],
        ['2', '3,6,1,2'],
        ['3', '3,6,1,2'],
        ['4', '5,4'],
        ['5', '5,4'],
        ['6', '3,6,1,2'],
      ],
      columns: ['id', 'listagg'],
      fact: 'r_WF_LISTAGG',
    },
    {
      sql: "select distinct listagg(distinct p, '-') within group (order by id desc) over () from w",
      rows: [['a-b']],
      fact: 'r_WF_LISTAGG: DISTINCT keeps the first, ordered by another column',
    },
    {
      sql: 'select distinct p, listagg(id) within group (order by id) over (partition by p) as l, len(l) from w order by p',
      rows: [
        ['a', '1236', '4'],
        ['b', '45', '2'],
      ],
      fact: 'r_WF_LISTAGG: without a delimiter; H',
    },
  ],
} satisfies Family
