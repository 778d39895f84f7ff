import { expect } from 'chai'
import { columnsOfQuery } from '../../../lib/lineage/query-columns'

const tables = [
  { name: 'a', columns: { id: ['integer', ''], x: ['integer', ''], day: ['date', ''] } },
  { name: 'b', columns: { id: ['integer', ''], y: ['integer', ''] } },
] as unknown as Parameters<typeof columnsOfQuery>[1]

/** Each column as `name: what it is made from`, `name? why` where that is not known. */
const made = async (sql: string) =>
  (await columnsOfQuery(sql, tables)).map(({ name, from, unknown }) =>
    unknown === undefined ? `${name}: ${from.join(' ')}`.trimEnd() : `${name}? ${unknown}`,
  )

const known: [sql: string, columns: string[]][] = [
  ['select 1, sysdate as now', ['?column?:', 'now:']],
  [
    'select x, a.x as again, public.a.x::date as third from a',
    ['x: a.x', 'again: a.x', 'third: a.x'],
  ],
  ['select * from a', ['id: a.id', 'x: a.x', 'day: a.day']],
  ['select b.*, x from a join b on b.id = a.id', ['id: b.id', 'y: b.y', 'x: a.x']],
  ['select * from a join b using (id)', ['id: a.id', 'x: a.x', 'day: a.day', 'y: b.y']],
  ['select id from a right join b using (id)', ['id: b.id']],
  ['select id from a natural full join b', ['id: a.id b.id']],
  ['select j.y from (a join b using (id)) as j', ['y: b.y']],
  ['select o.x from a as o where exists (select 1 from b)', ['x: a.x']],
  ['select t.k from (select x + id from a) as t (k)', ['k: a.id a.x']],
  ['with t as (select x from a), u (z) as (select x from t) select z from u', ['z: a.x']],
  // A name of WITH hides the table behind it; with its schema, the table is meant.
  [
    'with a as (select y as x from b) select a.x, c.x as c from a, public.a as c',
    ['x: b.y', 'c: a.x'],
  ],
  [
    'with recursive r (n, m) as (select x, id from a union all select m, n from r) select n, m from r',
    ['n: a.id a.x', 'm: a.id a.x'],
  ],
  ['select x from a union all select y from b', ['x: a.x b.y']],
  ['select x from a minus select y from b', ['x: a.x']],
  ['select top 3 x from a', ['x: a.x']],
  ['select case x when 1 then day else null end as d from a', ['d: a.day a.x']],
  [
    'select datediff(day, day, sysdate), date_part(x, day) as p from a',
    ['datediff: a.day', 'p: a.day'],
  ],
  ['select extract(hour from day) as h from a', ['h: a.day']],
  ['select count(*) as n, count(x) as k from a', ['n: a.*', 'k: a.x']],
  ['select count(*) as n from a join b on b.id = a.id', ['n: a.* b.*']],
  ['with g as (select x from a group by x) select count(*) as n from g', ['n: a.*']],
  ['select sum(x) over (partition by id order by day) as s from a', ['s: a.day a.id a.x']],
  [
    'select row_number() over (order by day) as n, row_number() over () as m from a',
    ['n: a.day', 'm: a.*'],
  ],
  ['select max(x) over w as s from a window w as (partition by id)', ['s: a.id a.x']],
  ['select (select max(y) from b where b.id = a.id) as m from a', ['m: b.y']],
  ['select (select max(a.x + y) from b) as m from a', ['m: a.x b.y']],
  [
    'select x in (select y from b) as i, exists (select 1 from b) as e from a',
    ['i: a.x b.y', 'e: b.*'],
  ],
  // As Redshift has it: a column before, by its name, unless a table has that name.
  [
    'select x + id as s, s * 2 as t, x as id, id as u from a',
    ['s: a.id a.x', 't: a.id a.x', 'id: a.x', 'u: a.id'],
  ],
  ['values (1, 2)', ['column1:', 'column2:']],
  // Of a table that nobody declares, the names say enough.
  ['select c.z, z as again from c', ['z: c.z', 'again: c.z']],
]

const unknown: [sql: string, columns: string[]][] = [
  ['select * from c', ['*? the columns of c are not declared']],
  ['select nix, x from a', ['nix? no column nix is known', 'x: a.x']],
  ['select id from a, b', ['id? id may be a column of several tables']],
  ['select z, c.z as of_c from a, c', ['z? no column z is known', 'of_c: c.z']],
  ['select t.z + 1 as s from (select nix as z from a) as t', ['s? no column nix is known']],
  ['select g from generate_series(1, 2) as g', ['g? RangeFunction in FROM']],
  ['select d.* from a', ['*? no table d for its *']],
]

describe('the columns of a query', () => {
  for (const [sql, columns] of known) {
    it(`are ${columns.join(', ')} of ${sql}`, async () => {
      expect(await made(sql)).to.deep.equal(columns)
    })
  }

  for (const [sql, columns] of unknown) {
    it(`are said to be unknown where they are: ${sql}`, async () => {
      expect(await made(sql)).to.deep.equal(columns)
    })
  }
})
