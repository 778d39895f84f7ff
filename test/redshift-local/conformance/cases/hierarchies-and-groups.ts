import type { Family } from '../case'

const connect = 'r_CONNECT_BY_clause'
const groups = 'r_GROUP_BY_aggregation-extensions'
const recursive = 'r_WITH_clause'

export default {
  given: [
    'create table staff (id int, name varchar(20), boss int)',
    "insert into staff values (1, 'Ada', null), (2, 'Ben', 1), (3, 'Cem', 1), (4, 'Dee', 2), (5, 'Eli', 4), (6, 'Fay', null)",
    'create table sale (shop varchar(9), item varchar(9), paid int)',
    "insert into sale values ('n', 'a', 1), ('n', 'b', 2), ('s', 'a', 4), ('s', null, 8)",
  ],
  cases: [
    {
      sql: "select id, name from staff where level < 4 start with name = 'Ada' connect by prior id = boss order by id",
      rows: [
        ['1', 'Ada'],
        ['2', 'Ben'],
        ['3', 'Cem'],
        ['4', 'Dee'],
      ],
      fact: `${connect}: WHERE comes last`,
    },
    {
      sql: 'select level, count(*) from staff start with boss is null connect by boss = prior id group by level order by 1',
      rows: [
        ['1', '2'],
        ['2', '2'],
        ['3', '1'],
        ['4', '1'],
      ],
      fact: `${connect}: LEVEL is 1 at the roots`,
    },
    {
      sql: 'select count(*) from staff "start" connect by prior id = boss start with name = \'Ben\'',
      rows: [['3']],
      fact: `${connect}: in either order`,
    },
    {
      sql: "select count(*) from staff as start connect by prior id = boss start with name = 'Ben'",
      rows: [['3']],
      fact: connect,
    },
    {
      sql: 'select * from staff x start with x.id = 2 connect by prior x.id = x.boss and level < 3 order by 1',
      rows: [
        ['2', 'Ben', '1'],
        ['4', 'Dee', '2'],
      ],
      columns: ['id', 'name', 'boss'],
      fact: `${connect}: LEVEL is no column of the table`,
    },
    {
      sql: 'select count(*) from staff connect by prior id = boss',
      rows: [['13']],
      fact: `${connect}: without START WITH all rows are roots`,
    },
    {
      sql: 'select id * 10 as k, k + level as l from staff start with id = 4 connect by prior boss = id order by l desc',
      rows: [
        ['40', '41'],
        ['20', '22'],
        ['10', '13'],
      ],
      fact: `${connect}: upwards; H`,
    },
    {
      sql: 'select level from staff connect by prior nothing = boss',
      error: { sqlstate: '42703', message: 'column "nothing" does not exist' },
      fact: connect,
    },
    {
      sql: 'with recursive t (id, depth) as (select id, 1 from staff where boss is null union all select s.id, depth + 1 from staff s join t on s.boss = t.id) select depth, count(*) from t group by depth order by 1',
      rows: [
        ['1', '2'],
        ['2', '2'],
        ['3', '1'],
        ['4', '1'],
      ],
      fact: recursive,
    },
    {
      sql: 'with recursive q as (select 1 as n union all select n + 1 from q where n < 3) select n from q',
      error: { sqlstate: '42601' },
      fact: `${recursive}: the list of columns is required`,
    },
    {
      sql: 'with recursive q (n) as (select 1 union select n + 1 from q where n < 3) select n from q',
      error: { sqlstate: '0A000' },
      fact: `${recursive}: UNION ALL`,
    },
    {
      sql: 'with w1 as (select * from w2), w2 as (select 1 as a) select * from w1',
      error: { sqlstate: '42P01', message: 'relation "w2" does not exist' },
      fact: `${recursive}: no forward references`,
    },
    {
      sql: 'select shop, item, sum(paid) from sale group by rollup (shop, item) order by 1, 2, 3',
      rows: [
        ['n', 'a', '1'],
        ['n', 'b', '2'],
        ['n', null, '3'],
        ['s', 'a', '4'],
        ['s', null, '8'],
        ['s', null, '12'],
        [null, null, '15'],
      ],
      fact: groups,
    },
    {
      sql: 'select shop, item, sum(paid) from sale group by grouping sets (shop, item) order by 1, 2',
      rows: [
        ['n', null, '3'],
        ['s', null, '12'],
        [null, 'a', '5'],
        [null, 'b', '2'],
        [null, null, '8'],
      ],
      fact: groups,
    },
    {
      sql: 'select count(*) from (select shop, item, sum(paid) from sale group by cube (shop, item)) q',
      rows: [['10']],
      fact: groups,
    },
    {
      sql: 'select item, grouping(item) as g, sum(paid) from sale group by rollup (item) order by g, item',
      rows: [
        ['a', '0', '5'],
        ['b', '0', '2'],
        [null, '0', '8'],
        [null, '1', '15'],
      ],
      fact: `${groups}: GROUPING tells a total from a NULL`,
    },
    {
      sql: 'select shop, item, grouping_id(shop, item) as g from sale group by grouping sets ((shop, item), (shop), ()) having g > 0 order by g, shop',
      rows: [
        ['n', null, '1'],
        ['s', null, '1'],
        [null, null, '3'],
      ],
      columns: ['shop', 'item', 'g'],
      fact: `${groups}: GROUPING_ID is the same; H`,
    },
    {
      sql: 'select shop, sum(paid) as s, upper(shop) from sale group by all order by 1',
      rows: [
        ['n', '3', 'N'],
        ['s', '12', 'S'],
      ],
      fact: 'r_GROUP_BY_clause: GROUP BY ALL',
    },
    {
      sql: 'select *, count(*) from sale group by all order by 3',
      rows: [
        ['n', 'a', '1', '1'],
        ['n', 'b', '2', '1'],
        ['s', 'a', '4', '1'],
        ['s', null, '8', '1'],
      ],
      fact: 'r_GROUP_BY_clause: GROUP BY ALL, of all columns',
    },
    {
      sql: 'select sum(paid) from sale group by all',
      rows: [['15']],
      fact: 'r_GROUP_BY_clause: GROUP BY ALL, of nothing',
    },
  ],
} satisfies Family
