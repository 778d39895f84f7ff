import type { Family } from '../case'

const list =
  'r_SELECT_list: an alias is known behind its definition, and the expression is put in its place'
const from = 'r_SELECT_list: a column of FROM goes before an alias of its name'
const clauses =
  'H: aliases in WHERE; in HAVING and in expressions of GROUP BY and ORDER BY UNVERIFIED'

export default {
  given: [
    'create table ad (site varchar(20), clicks int, views int, day timestamp)',
    "insert into ad values ('a', 1, 2, '2020-01-05'), ('b', 3, 4, '2020-02-05'), ('a', 3, 6, '2020-02-06')",
    'create table owner (site varchar(20), name varchar(20))',
    "insert into owner values ('a', 'Ann'), ('b', 'Bob')",
  ],
  cases: [
    { sql: 'select 1 as a, a + 1 as b, b * 2 as c', rows: [['1', '2', '4']], fact: list },
    {
      sql: 'select clicks * 100 / views as share, share + 1 as more from ad order by 1, 2',
      rows: [
        ['50', '51'],
        ['50', '51'],
        ['75', '76'],
      ],
      columns: ['share', 'more'],
      fact: list,
    },
    {
      sql: 'select 10 - 3 as a, 2 * a as b',
      rows: [['7', '14']],
      fact: `${list}, in parentheses`,
    },
    { sql: 'select 1 as a, a', rows: [['1', '1']], columns: ['a', 'a'], fact: list },
    {
      sql: 'select 1 as a, a as b, b',
      rows: [['1', '1', '1']],
      columns: ['a', 'b', 'b'],
      fact: list,
    },
    { sql: 'select 1 a, a + 1 b', rows: [['1', '2']], fact: `${list}; AS is optional` },
    {
      sql: 'select 1 as "A", a + 1 as b, "a" + 1 as c',
      rows: [['1', '2', '2']],
      fact: `${list}; B, names fold`,
    },
    {
      sql: 'select 1 as a, 2 as a, a + 1 as b',
      rows: [['1', '2', '3']],
      fact: `${list}; of two the later, UNVERIFIED`,
    },
    {
      sql: 'select a + 1 as b, 1 as a',
      error: { sqlstate: '42703', message: 'column "a" does not exist' },
      fact: `${list}: not before`,
    },
    {
      sql: 'select clicks + 1 as site, site from ad order by 1, 2',
      rows: [
        ['2', 'a'],
        ['4', 'a'],
        ['4', 'b'],
      ],
      fact: from,
    },
    {
      sql: 'select views as clicks, clicks + 1 from ad order by 1',
      rows: [
        ['2', '2'],
        ['4', '4'],
        ['6', '4'],
      ],
      fact: from,
    },
    {
      sql: 'select a.clicks as clicks, clicks * 2 as twice from ad a order by 1, 2',
      rows: [
        ['1', '2'],
        ['3', '6'],
        ['3', '6'],
      ],
      fact: from,
    },
    {
      sql: 'select upper(site) as name, name from ad join owner using (site) order by 1, 2',
      rows: [
        ['A', 'Ann'],
        ['A', 'Ann'],
        ['B', 'Bob'],
      ],
      fact: `${from}, of any table in it`,
    },
    {
      sql: 'select upper(ad.site) as name, name from ad, (select site as s from owner) o where ad.site = s order by 1',
      rows: [
        ['A', 'A'],
        ['A', 'A'],
        ['B', 'B'],
      ],
      fact: `${from}; a sub-query's own columns only`,
    },
    {
      sql: 'select site, sum(clicks) as s, s * 2 as twice, max(views) - s as rest from ad group by site order by site',
      rows: [
        ['a', '4', '8', '2'],
        ['b', '3', '6', '1'],
      ],
      fact: `${list}; of an aggregate`,
    },
    {
      sql: 'select clicks + 1 as more, sum(more) as s from ad group by 1 order by 1',
      rows: [
        ['2', '2'],
        ['4', '8'],
      ],
      fact: `${list}; in an aggregate`,
    },
    {
      sql: 'select sum(clicks) as s, max(s) from ad',
      error: { sqlstate: '42803' },
      fact: 'r_SELECT_list: inlined, an aggregate is within an aggregate',
    },
    {
      sql: 'select clicks as c, row_number() over (partition by site order by c desc) as n, n + 1 as next from ad order by site, n',
      rows: [
        ['3', '1', '2'],
        ['1', '2', '3'],
        ['3', '1', '2'],
      ],
      fact: `${list}; in a window function, and of one`,
    },
    {
      sql: 'select sum(clicks) as s, sum(s) over () from ad group by site order by 1',
      rows: [
        ['3', '7'],
        ['4', '7'],
      ],
      fact: `${list}; an aggregate in a window function`,
    },
    {
      sql: "select date_trunc('month', day) as month, dateadd(month, 1, month) as next, count(*) as n, n + 1 as more from ad group by month order by month",
      rows: [
        ['2020-01-01 00:00:00', '2020-02-01 00:00:00', '1', '2'],
        ['2020-02-01 00:00:00', '2020-03-01 00:00:00', '2', '3'],
      ],
      fact: `${list}; a datepart stays one, whatever the aliases`,
    },
    {
      sql: 'select distinct clicks % 2 as odd, case when odd = 1 then site end as which from ad order by 2',
      rows: [
        ['1', 'a'],
        ['1', 'b'],
      ],
      fact: `${list}; with DISTINCT`,
    },
    {
      sql: 'with q as (select clicks + 1 as x, x * 2 as y from ad) select y + 1 as z, z + 1 as w from q order by 1 limit 1',
      rows: [['5', '6']],
      fact: `${list}; in and over a query of WITH`,
    },
    {
      sql: 'with a as (select clicks + 1 as p, p + 1 as q from ad), b as (select p + q as s, s + 1 as t from a) select s + t as u, u + 1 as v from b order by 1 limit 1',
      rows: [['11', '12']],
      fact: `${list}; queries of WITH one upon another`,
    },
    {
      sql: 'with ad as (select clicks from ad) select clicks + 1 as views, views + 1 as v from ad order by 1 limit 1',
      rows: [['2', '3']],
      fact: `${from}: of the query of WITH, not of the table of its name`,
    },
    {
      sql: 'with recursive n (i) as (select 1 union all select i + 1 as j from n where j < 4) select i as k, k + 1 as l from n order by k',
      rows: [
        ['1', '2'],
        ['2', '3'],
        ['3', '4'],
      ],
      fact: `${clauses}; in a recursive query`,
    },
    {
      sql: 'select * from (select clicks + 1 as x, x * 2 as y from ad) q order by y limit 1',
      rows: [['2', '4']],
      fact: `${list}; in a sub-query`,
    },
    {
      sql: 'select (select max(clicks) + 1 as m from ad) as most, most + 1 as more',
      rows: [['4', '5']],
      fact: `${list}; of a scalar sub-query`,
    },
    {
      sql: 'select clicks + 1 as x from ad union all select x * 2 as y from (select 5 as x) q order by 1',
      rows: [['2'], ['4'], ['4'], ['10']],
      fact: `${list}; each arm of a set operation has its own`,
    },
    {
      sql: 'select * from made',
      given: ['create table made as select clicks + 1 as x, x * 2 as y from ad where clicks = 1'],
      rows: [['2', '4']],
      fact: `${list}; in CREATE TABLE AS`,
    },
    {
      sql: 'select * from seen order by 1 limit 1',
      given: ['create view seen as select clicks + 1 as x, x * 2 as y from ad'],
      rows: [['2', '4']],
      fact: `${list}; in a view`,
    },
    {
      sql: "select * from owner where site = 'aa'",
      given: ["insert into owner select site || site as s, s || '!' from ad where clicks = 1"],
      rows: [['aa', 'aa!']],
      fact: `${list}; in INSERT … SELECT`,
    },
    {
      sql: 'select y from other',
      given: ['select clicks + 1 as x, x * 2 as y into other from ad where clicks = 1'],
      rows: [['4']],
      fact: `${list}; in SELECT INTO`,
    },
    {
      sql: 'create table now (a int); insert into now values (1); select a + 1 as b, b + 1 as c from now',
      rows: [['2', '3']],
      fact: `${list}; of a table that the same message makes`,
    },
    {
      sql: 'select a + 1 as b, b + 1 as c from now',
      given: ['create temp table now (a int)', 'insert into now values (1)'],
      rows: [['2', '3']],
      fact: `${list}; of a temporary table`,
    },
    {
      sql: 'execute p (5)',
      given: ['prepare p (int) as select clicks + $1 as a, a + 1 as b from ad order by 1 limit 1'],
      rows: [['6', '7']],
      fact: `${list}; in PREPARE`,
    },
    {
      sql: 'fetch all from c',
      given: ['declare c cursor for select clicks + 1 as a, a + 1 as b from ad order by 1 limit 1'],
      rows: [['2', '3']],
      fact: `${list}; of a cursor`,
    },
    {
      sql: 'select random() as r, r >= 0 as same',
      given: [],
      columns: ['r', 'same'],
      fact: `${list}; also where each has a value of its own`,
    },
    {
      sql: "select 'it''s \\\\' as s, nvl(s, '\\\\') || len(s) as t",
      rows: [["it's \\", "it's \\6"]],
      fact: list,
    },
    {
      sql: 'select clicks + 1 as x from ad where x > 2 order by x',
      rows: [['4'], ['4']],
      fact: clauses,
    },
    {
      sql: 'select site, count(*) as n from ad group by site having n > 1',
      rows: [['a', '2']],
      fact: clauses,
    },
    {
      sql: "select case when clicks > 1 then 'many' else 'one' end as size, count(*) from ad where size = 'many' group by size",
      rows: [['many', '2']],
      fact: clauses,
    },
    {
      sql: 'select clicks + 1 as k from ad order by abs(k - 4), k',
      rows: [['4'], ['4'], ['2']],
      fact: clauses,
    },
    {
      sql: 'select clicks + 1 as k, count(*) from ad group by k, k * 2 order by k',
      rows: [
        ['2', '1'],
        ['4', '2'],
      ],
      fact: clauses,
    },
    {
      sql: 'select site as s, count(*) as n from ad group by rollup (s) order by s',
      rows: [
        ['a', '2'],
        ['b', '1'],
        [null, '3'],
      ],
      fact: 'r_GROUP_BY_clause: an alias is a key',
    },
    {
      sql: 'select count(*) as n from ad where n > 1',
      error: { sqlstate: '42803' },
      fact: `${clauses}: no aggregate in WHERE`,
    },
    {
      sql: 'select a + 1 as b, b + 1 as c from nowhere',
      error: { sqlstate: '42P01', message: 'relation "nowhere" does not exist' },
      fact: list,
    },
    {
      sql: `select 1 as a0, ${Array.from({ length: 40 }, (_, i) => `a${i} + a${i} as a${i + 1}`).join(', ')}`,
      error: { sqlstate: '54000' },
      fact: 'r_SELECT_list: inlined, each doubles; as long as the engine can read within seconds',
    },
  ],
} satisfies Family
