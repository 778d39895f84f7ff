import type { Family } from '../case'

export default {
  given: [
    'create table song (id int, title varchar(20), artist int, length decimal(5,1), released date)',
    "insert into song values (1, 'Ash', 1, 200.5, '2001-03-04'), (2, 'Bay', 1, 180.0, '2004-02-29'), (3, 'Cue', 2, null, null), (4, 'Dew', null, 240.2, '2010-12-31')",
    'create table artist (id int, name varchar(20))',
    "insert into artist values (1, 'Ada'), (2, 'Ben'), (3, 'Cleo')",
  ],
  cases: [
    {
      sql: 'select name from artist a where exists (select 1 from song s where s.artist = a.id) order by 1',
      rows: [['Ada'], ['Ben']],
      fact: 'r_exists_condition',
    },
    {
      sql: 'select name from artist a where not exists (select 1 from song s where s.artist = a.id)',
      rows: [['Cleo']],
      fact: 'r_exists_condition',
    },
    {
      sql: 'select title, name from song s join artist a on s.artist = a.id order by 1',
      rows: [
        ['Ash', 'Ada'],
        ['Bay', 'Ada'],
        ['Cue', 'Ben'],
      ],
      fact: 'r_FROM_clause30: inner join',
    },
    {
      sql: 'select title, name from song s left join artist a on s.artist = a.id order by 1',
      rows: [
        ['Ash', 'Ada'],
        ['Bay', 'Ada'],
        ['Cue', 'Ben'],
        ['Dew', null],
      ],
      fact: 'r_FROM_clause30: left join',
    },
    {
      sql: 'select title, name from song s right outer join artist a on s.artist = a.id order by name, title',
      rows: [
        ['Ash', 'Ada'],
        ['Bay', 'Ada'],
        ['Cue', 'Ben'],
        [null, 'Cleo'],
      ],
      fact: 'r_FROM_clause30: right join',
    },
    {
      sql: 'select title, name from song s full join artist a on s.artist = a.id order by 2, 1',
      rows: [
        ['Ash', 'Ada'],
        ['Bay', 'Ada'],
        ['Cue', 'Ben'],
        [null, 'Cleo'],
        ['Dew', null],
      ],
      fact: 'r_FROM_clause30: full join',
    },
    {
      sql: 'select count(*) from song cross join artist',
      rows: [['12']],
      fact: 'r_FROM_clause30: cross join',
    },
    {
      sql: 'select count(*) from song, artist',
      rows: [['12']],
      fact: 'r_FROM_clause30: a comma is a cross join',
    },
    {
      sql: "select * from (select 1 as id, 'x' as v) a natural join (select 1 as id, 'y' as w) b",
      rows: [['1', 'x', 'y']],
      columns: ['id', 'v', 'w'],
      fact: 'r_FROM_clause30: natural join',
    },
    {
      sql: 'select * from song join artist using (id) order by id limit 1',
      rows: [['1', 'Ash', '1', '200.5', '2001-03-04', 'Ada']],
      columns: ['id', 'title', 'artist', 'length', 'released', 'name'],
      fact: 'r_FROM_clause30: USING gives the column once',
    },
    {
      sql: 'select a.id, b.id from artist a join artist b on a.id < b.id order by 1, 2',
      rows: [
        ['1', '2'],
        ['1', '3'],
        ['2', '3'],
      ],
      fact: 'r_FROM_clause30: a table with itself',
    },
    {
      sql: 'select x, y from artist as a (x, y) order by x limit 1',
      rows: [['1', 'Ada']],
      columns: ['x', 'y'],
      fact: 'r_FROM_clause30: aliases of columns',
    },
    {
      sql: 'select max(n) from (select count(*) as n from song group by artist) as counted',
      rows: [['2']],
      fact: 'r_FROM_clause30: a query in FROM',
    },
    {
      sql: 'select 1 from (select 1)',
      rows: [['1']],
      fact: 'r_FROM_clause-pivot-unpivot-examples: a query in FROM without a name',
    },
    {
      sql: 'with a as (select 1 as x), b as (select x + 1 as y from a) select x, y from a, b',
      rows: [['1', '2']],
      fact: 'r_WITH_clause',
    },
    {
      sql: 'with a (p, q) as (select 1, 2) select * from a',
      rows: [['1', '2']],
      columns: ['p', 'q'],
      fact: 'r_WITH_clause: a list of columns',
    },
    {
      sql: "with song as (select 'mine' as title) select title from song",
      rows: [['mine']],
      fact: 'r_WITH_clause: the name hides a table',
    },
    {
      sql: 'select title, (select name from artist where id = song.artist) from song order by id limit 2',
      rows: [
        ['Ash', 'Ada'],
        ['Bay', 'Ada'],
      ],
      fact: 'r_Subquery_examples: a scalar',
    },
    {
      sql: 'select (select id from song where false) is null as x',
      rows: [['t']],
      fact: 'r_Subquery_examples: of no row is NULL',
    },
    {
      sql: 'select (select id from song)',
      error: { sqlstate: '21000' },
      fact: 'r_Subquery_examples: of more than one row',
    },
    {
      sql: 'select title from song s where length = (select max(length) from song t where t.artist = s.artist)',
      rows: [['Ash']],
      fact: 'r_correlated_subqueries',
    },
    {
      sql: 'select id from song where id = any (select id from artist) order by 1',
      rows: [['1'], ['2'], ['3']],
      fact: 'C: ANY and SOME of a query',
    },
    {
      sql: 'select id from song where id >= all (select id from artist) order by 1',
      rows: [['3'], ['4']],
      fact: 'C: ALL of a query',
    },
    {
      sql: 'select nothing from song',
      error: { sqlstate: '42703', message: 'column "nothing" does not exist' },
      fact: 'r_names: an unknown column',
    },
    {
      sql: 'select 1 from nowhere',
      error: { sqlstate: '42P01', message: 'relation "nowhere" does not exist' },
      fact: 'r_names: an unknown table',
    },
    {
      sql: 'select 1 from nowhere.song',
      error: { sqlstate: '42P01', message: 'relation "nowhere.song" does not exist' },
      fact: 'r_names: an unknown schema',
    },
    {
      sql: 'select id from song, artist',
      error: { sqlstate: '42702', message: 'column reference "id" is ambiguous' },
      fact: 'r_names: an ambiguous column',
    },
    {
      sql: 'select 1 from song, song',
      error: { sqlstate: '42712', message: 'table name "song" specified more than once' },
      fact: 'r_names: a table twice',
    },
    {
      sql: 'select z.id from song s',
      error: { sqlstate: '42P01', message: 'missing FROM-clause entry for table "z"' },
      fact: 'r_names: an unknown alias',
    },
  ],
} satisfies Family
