import type { Family } from '../case'

const qualify = 'r_QUALIFY_clause'
const exclude = 'r_EXCLUDE_list'
const first = 'row_number() over (partition by p order by id) = 1'

export default {
  given: [
    'create table w (id int, p varchar(2), v int)',
    "insert into w values (1, 'a', 10), (2, 'a', null), (3, 'a', 30), (4, 'b', null), (5, 'b', 5), (6, 'a', 20)",
  ],
  cases: [
    {
      sql: `select * from w x qualify ${first} order by id`,
      rows: [
        ['1', 'a', '10'],
        ['4', 'b', null],
      ],
      columns: ['id', 'p', 'v'],
      types: ['int4', 'varchar(2)', 'int4'],
      fact: `${qualify}: no column more`,
    },
    {
      sql: `select * from w where id > 1 qualify ${first} order by id`,
      rows: [
        ['2', 'a', null],
        ['4', 'b', null],
      ],
      fact: `${qualify}: behind WHERE`,
    },
    {
      sql: 'select id, row_number() over (partition by p order by id desc) as n from w x qualify n = 1 order by id',
      rows: [
        ['5', '1'],
        ['6', '1'],
      ],
      fact: `${qualify}: an alias of the select list; H`,
    },
    {
      sql: 'select p, sum(v) as s from w group by p having sum(v) > 0 qualify rank() over (order by s desc) = 1',
      rows: [['a', '60']],
      fact: `${qualify}: together with HAVING`,
    },
    {
      sql: 'select p, count(*) from w group by p qualify max(count(*)) over () = count(*)',
      rows: [['a', '4']],
      columns: ['p', 'count'],
      fact: `${qualify}: of groups`,
    },
    {
      sql: 'select distinct p from w x qualify count(*) over (partition by p) > 2',
      rows: [['a']],
      fact: `${qualify}: before DISTINCT`,
    },
    {
      sql: 'select id from w x qualify row_number() over (order by id) between 2 and 4 order by v desc nulls last, x.id desc limit 2 offset 1',
      rows: [['4'], ['2']],
      fact: `${qualify}: before ORDER BY, which may name what is not selected, LIMIT and OFFSET`,
    },
    {
      sql: 'select id, v from w x qualify row_number() over (order by id) > 3 order by 2 nulls first, -id',
      rows: [
        ['4', null],
        ['5', '5'],
        ['6', '20'],
      ],
      fact: `${qualify}: ORDER BY by place and by expression`,
    },
    {
      sql: 'select top 1 id from w x qualify row_number() over (order by id) > 1 order by id',
      rows: [['2']],
      fact: `${qualify}: before TOP`,
    },
    {
      sql: 'select a.id, b.id from w a join w b on a.id = b.v qualify a.id = 5',
      rows: [['5', '5']],
      columns: ['id', 'id'],
      fact: `${qualify}: also without a window function, UNVERIFIED; columns of one name`,
    },
    {
      sql: 'select id from w x qualify lag(v) ignore nulls over (order by id) = 30 order by id',
      rows: [['4'], ['5']],
      fact: qualify,
    },
    {
      sql: `with q as (select id, id * 2 as t from w x qualify ${first}) select id, t + 1 as u, u + 1 as z from q order by 1`,
      rows: [
        ['1', '3', '4'],
        ['4', '9', '10'],
      ],
      fact: `${qualify}: in a query of WITH`,
    },
    {
      sql: `with q as (select * from w) select id from q z qualify ${first} order by id`,
      rows: [['1'], ['4']],
      fact: `${qualify}: over a query of WITH`,
    },
    {
      sql: `select * from (select id, p from w x qualify ${first}) y join w z using (id) order by id`,
      rows: [
        ['1', 'a', 'a', '10'],
        ['4', 'b', 'b', null],
      ],
      fact: `${qualify}: in a sub-query`,
    },
    {
      sql: `select id from w where id in (select id from w x qualify ${first}) order by id`,
      rows: [['1'], ['4']],
      fact: `${qualify}: in IN`,
    },
    {
      sql: `select id from (select * from w x qualify ${first}) y qualify row_number() over (order by id desc) = 1`,
      rows: [['4']],
      fact: `${qualify}: within another`,
    },
    {
      sql: `select id from (select * from w x qualify ${first}) qualify row_number() over (order by id) = 1`,
      error: { sqlstate: '42601' },
      fact: `${qualify}: directly behind FROM with an alias only, also of a sub-query`,
    },
    {
      sql: 'select id from w x qualify row_number() over (order by id) = 1 union all select id + 10 from w y qualify row_number() over (order by id) = 2 order by 1',
      rows: [['1'], ['12']],
      fact: `${qualify}: in each arm of a set operation`,
    },
    {
      sql: 'select * from w qualify row_number() over (order by id) = 1',
      error: { sqlstate: '42601', message: 'syntax error at or near "row_number"' },
      fact: `${qualify}: directly behind FROM the relation must have an alias; the word is one else`,
    },
    {
      sql: 'select count(*) from made',
      given: [`create temp table made as select * from w x qualify ${first}`],
      rows: [['2']],
      fact: `${qualify}: in CREATE TABLE AS`,
    },
    {
      sql: 'select id from made order by 1',
      given: [`select id into temp made from w x qualify ${first}`],
      rows: [['1'], ['4']],
      fact: `${qualify}: in SELECT INTO`,
    },
    {
      sql: 'select id from seen order by 1',
      given: [`create view seen as select * from w x qualify ${first}`],
      rows: [['1'], ['4']],
      fact: `${qualify}: in a view`,
    },
    {
      sql: 'select count(*) from w',
      given: [`insert into w select id + 10, p, v from w x qualify ${first}`],
      rows: [['8']],
      fact: `${qualify}: in INSERT … SELECT`,
    },
    {
      sql: 'select id from w x qualify rank() over (order by nothing) = 1',
      error: { sqlstate: '42703', message: 'column "nothing" does not exist' },
      fact: qualify,
    },
    {
      sql: 'select id as qualify from w where id = 1',
      rows: [['1']],
      columns: ['qualify'],
      fact: `${qualify}: not a reserved word`,
    },
    {
      sql: 'select * exclude (p) from w order by id limit 1',
      rows: [['1', '10']],
      columns: ['id', 'v'],
      fact: exclude,
    },
    {
      sql: 'select * exclude p, v from w order by id limit 1',
      rows: [['1']],
      columns: ['id'],
      fact: `${exclude}: the parentheses may be left out`,
    },
    {
      sql: 'select a.*, b.v as other exclude (v, "P") from w a join w b using (id) order by 1 limit 1',
      rows: [['1', '10']],
      columns: ['id', 'other'],
      fact: `${exclude}: behind the whole select list`,
    },
    {
      sql: 'select * exclude (id) from w order by id desc limit 1',
      rows: [['a', '20']],
      fact: `${exclude}: what is left out may still order`,
    },
    {
      sql: 'select * exclude (id) from w x where id < 4 qualify row_number() over (order by id desc) <= 2 order by id',
      rows: [
        ['a', null],
        ['a', '30'],
      ],
      fact: `${exclude}, ${qualify}`,
    },
    {
      sql: 'select * from seen order by 1, 2 limit 1',
      given: ['create view seen as select * exclude (id) from w'],
      rows: [['a', '10']],
      fact: `${exclude}: in a view`,
    },
    {
      sql: 'select * exclude (nothing) from w',
      error: { sqlstate: '42703', message: 'column "nothing" does not exist' },
      fact: exclude,
    },
    {
      sql: 'select * exclude (upper(p)) from w',
      error: { sqlstate: '42601' },
      fact: `${exclude}: names only`,
    },
  ],
} satisfies Family
