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
      sql: 'select length from song order by length',
      rows: [['180.0'], ['200.5'], ['240.2'], [null]],
      fact: 'r_ORDER_BY_clause: NULLs last in an ascending order',
    },
    {
      sql: 'select length from song order by length desc',
      rows: [[null], ['240.2'], ['200.5'], ['180.0']],
      fact: 'r_ORDER_BY_clause: NULLs first in a descending order',
    },
    {
      sql: 'select length from song order by length desc nulls last',
      rows: [['240.2'], ['200.5'], ['180.0'], [null]],
      fact: 'r_ORDER_BY_clause',
    },
    {
      sql: 'select length from song order by length nulls first',
      rows: [[null], ['180.0'], ['200.5'], ['240.2']],
      fact: 'r_ORDER_BY_clause',
    },
    {
      sql: 'select title, artist from song order by 2, 1 desc',
      rows: [
        ['Bay', '1'],
        ['Ash', '1'],
        ['Cue', '2'],
        ['Dew', null],
      ],
      fact: 'r_ORDER_BY_clause: by position',
    },
    {
      sql: 'select title as t from song order by t desc limit 2',
      rows: [['Dew'], ['Cue']],
      fact: 'r_ORDER_BY_clause: by an alias',
    },
    {
      sql: 'select id from song order by id limit 2 offset 1',
      rows: [['2'], ['3']],
      fact: 'r_ORDER_BY_clause: LIMIT and OFFSET',
    },
    {
      sql: 'select id from song order by id limit all offset 3',
      rows: [['4']],
      fact: 'r_ORDER_BY_clause: LIMIT ALL',
    },
    {
      sql: 'select id from song limit 0',
      rows: [],
      columns: ['id'],
      fact: 'r_ORDER_BY_clause: LIMIT 0',
    },
    {
      sql: 'select top 2 id from song order by id desc',
      rows: [['4'], ['3']],
      fact: 'r_SELECT_list: TOP',
    },
    {
      sql: 'select distinct artist from song order by artist',
      rows: [['1'], ['2'], [null]],
      fact: 'r_SELECT_list: DISTINCT',
    },
    {
      sql: 'select all artist from song order by 1',
      rows: [['1'], ['1'], ['2'], [null]],
      fact: 'r_SELECT_list: ALL',
    },
    {
      sql: 'select count(*), max(id), upper(title) from song group by title order by 3 limit 1',
      rows: [['1', '1', 'ASH']],
      columns: ['count', 'max', 'upper'],
      fact: 'r_SELECT_list: a column without a name is called by its function',
    },
    {
      sql: "select 1 + 1, 'a', null",
      rows: [['2', 'a', null]],
      columns: ['?column?', '?column?', '?column?'],
      fact: 'r_SELECT_list: an expression without a name is ?column?',
    },
    {
      sql: "select '1'::int, cast(2 as bigint), true::int",
      rows: [['1', '2', '1']],
      columns: ['int4', 'int8', 'int4'],
      fact: 'r_SELECT_list: the name of a cast is that of its type',
    },
    {
      sql: 'select a.* from artist a where a.id = 1',
      rows: [['1', 'Ada']],
      fact: 'r_SELECT_list: the asterisk of a table',
    },
    {
      sql: 'select 1 as "Sum"',
      rows: [['1']],
      columns: ['sum'],
      fact: 'r_SELECT_list: quoted aliases are made lower case by default',
    },
    {
      sql: "select 1, 1.5, 'a'::varchar(3), true, date '2020-01-01'",
      rows: [['1', '1.5', 'a', 't', '2020-01-01']],
      types: ['int4', 'numeric', 'varchar(3)', 'bool', 'date'],
      fact: 'r_SELECT_list: a select list without FROM',
    },
    {
      sql: "select title from song where length > 190 and released < '2005-01-01' order by 1",
      rows: [['Ash']],
      fact: 'r_WHERE_clause',
    },
    {
      sql: 'select count(*) from song where artist = null',
      rows: [['0']],
      fact: 'r_comparison_condition: NULL equals nothing',
    },
    {
      sql: 'select title from song where artist is null',
      rows: [['Dew']],
      fact: 'r_null_condition',
    },
    {
      sql: 'select count(*) from song where length is not null',
      rows: [['3']],
      fact: 'r_null_condition',
    },
    {
      sql: 'select id from song where id between 2 and 3 order by 1',
      rows: [['2'], ['3']],
      fact: 'r_range_condition',
    },
    {
      sql: 'select count(*) from song where id between 3 and 2',
      rows: [['0']],
      fact: 'r_range_condition: an empty range',
    },
    {
      sql: 'select id from song where id not between 2 and 3 order by 1',
      rows: [['1'], ['4']],
      fact: 'r_range_condition',
    },
    {
      sql: 'select id from song where id in (1, 4, 9) order by 1',
      rows: [['1'], ['4']],
      fact: 'r_in_condition',
    },
    {
      sql: 'select count(*) from song where id not in (1, null)',
      rows: [['0']],
      fact: 'r_in_condition: NOT IN a list with NULL is never true',
    },
    {
      sql: 'select id from song where (id, artist) in ((1, 1), (2, 2))',
      rows: [['1']],
      fact: 'r_in_condition: of rows',
    },
    {
      sql: "select title from song where title like '_a%'",
      rows: [['Bay']],
      fact: 'r_patternmatching_condition_like: a percent sign and an underscore',
    },
    {
      sql: "select 'a_b' like 'a^_b' escape '^' as x, 'acb' like 'a^_b' escape '^' as y",
      rows: [['t', 'f']],
      fact: 'r_patternmatching_condition_like: ESCAPE',
    },
    {
      sql: "select title from song where title ilike 'a%'",
      rows: [['Ash']],
      fact: 'r_patternmatching_condition_like: ILIKE ignores case',
    },
    {
      sql: "select 'abc' similar to 'a(b|c)+' as x, 'abc' similar to 'b' as y",
      rows: [['t', 'f']],
      fact: 'r_pattern-matching-conditions-similar-to',
    },
    {
      sql: "select title from song where title ~ '^[AB]' order by 1",
      rows: [['Ash'], ['Bay']],
      fact: 'pattern-matching-conditions-posix',
    },
    {
      sql: "select title from song where title !~ 'e' order by 1",
      rows: [['Ash'], ['Bay']],
      fact: 'pattern-matching-conditions-posix',
    },
    {
      sql: 'select (null and false) is null as a, (null or true) as b, not null::bool as c',
      rows: [['f', 't', null]],
      fact: 'r_logical_condition: unknown and false is false',
    },
    {
      sql: "select id, case when length > 200 then 'long' when length is null then null else 'short' end from song order by 1",
      rows: [
        ['1', 'long'],
        ['2', 'short'],
        ['3', null],
        ['4', 'long'],
      ],
      fact: 'r_CASE_function: searched',
    },
    {
      sql: "select case artist when 1 then 'one' else 'other' end from song order by id limit 1",
      rows: [['one']],
      columns: ['case'],
      fact: 'r_CASE_function: simple',
    },
    {
      sql: 'select nullif(1, 1) as a, nullif(2, 1) as b',
      rows: [[null, '2']],
      fact: 'r_NULLIF_function',
    },
    {
      sql: "select nvl(null, null, 3) as a, coalesce(null, 'x') as b",
      rows: [['3', 'x']],
      fact: 'r_NVL_function',
    },
    { sql: 'select nvl2(null, 1, 2) as a, nvl2(0, 1, 2) as b', rows: [['2', '1']], fact: 'r_NVL2' },
    {
      sql: "select decode(null, null, 'none', 'some') as a, decode(2, 1, 'one', 2, 'two') as b, decode(3, 1, 'one') as c",
      rows: [['none', 'two', null]],
      fact: 'r_DECODE_expression: NULLs are equal',
    },
    {
      sql: 'select greatest(1, null, 3) as g, least(2, null) as l, greatest(null, null) as n',
      rows: [['3', '2', null]],
      fact: 'r_GREATEST_LEAST: NULLs are ignored',
    },
    {
      sql: 'select name from artist where id in (select artist from song) order by 1',
      rows: [['Ada'], ['Ben']],
      fact: 'r_in_condition: of a query',
    },
    {
      sql: 'select 1 from song where count(*) > 1',
      error: { sqlstate: '42803' },
      fact: 'r_WHERE_clause: no aggregates there',
    },
    {
      sql: 'select id from song order by 2',
      error: { sqlstate: '42P10', message: 'ORDER BY position 2 is not in select list' },
      fact: 'r_SELECT_synopsis: a position that is not there',
    },
    {
      sql: 'select 1 from song where released = true',
      error: { sqlstate: '42883' },
      fact: 'r_comparison_condition: types that do not go together',
    },
    {
      sql: 'select id / 0 from song',
      error: { sqlstate: '22012', message: 'division by zero' },
      fact: 'r_numeric_computations201: division by zero',
    },
    {
      sql: 'select 1 from song where id in ()',
      error: { sqlstate: '42601', message: 'syntax error at or near ")"' },
      fact: 'r_in_condition: an empty list',
    },
  ],
} satisfies Family
