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
      sql: 'select artist, count(*) from song group by 1 order by 1',
      rows: [
        ['1', '2'],
        ['2', '1'],
        [null, '1'],
      ],
      fact: 'r_GROUP_BY_clause: by position',
    },
    {
      sql: 'select extract(year from released) as y, count(*) from song where released is not null group by y order by y',
      rows: [
        ['2001', '1'],
        ['2004', '1'],
        ['2010', '1'],
      ],
      fact: 'r_GROUP_BY_clause: by an alias',
    },
    {
      sql: 'select length > 190, count(*) from song group by length > 190 order by 1',
      rows: [
        ['f', '1'],
        ['t', '2'],
        [null, '1'],
      ],
      fact: 'r_GROUP_BY_clause: by an expression',
    },
    {
      sql: 'select artist, count(*) from song group by artist having count(*) > 1',
      rows: [['1', '2']],
      fact: 'r_HAVING_clause',
    },
    {
      sql: 'select count(*) from song having count(*) > 100',
      rows: [],
      fact: 'r_HAVING_clause: without GROUP BY',
    },
    {
      sql: 'select count(*), count(id), sum(id), max(id), avg(id) from song where false',
      rows: [['0', '0', null, null, null]],
      fact: 'r_Aggregate_Functions: over no rows',
    },
    {
      sql: 'select count(distinct artist), count(artist), count(*) from song',
      rows: [['2', '3', '4']],
      fact: 'r_COUNT: DISTINCT',
    },
    { sql: 'select count(*) from song', rows: [['4']], types: ['int8'], fact: 'r_COUNT' },
    {
      sql: 'select sum(id) from song',
      rows: [['10']],
      types: ['int8'],
      fact: 'r_SUM: of INT is BIGINT',
    },
    {
      sql: 'select sum(id::bigint) from song',
      rows: [['10']],
      types: ['int8'],
      fact: 'r_SUM: BIGINT of every whole number',
    },
    {
      sql: 'select max(length), min(released) from song',
      rows: [['240.2', '2001-03-04']],
      types: ['numeric', 'date'],
      fact: 'r_MAX',
    },
    {
      sql: 'select avg(id) from song',
      rows: [['2']],
      types: ['int8'],
      fact: 'r_AVG: of INT is BIGINT, and cut',
    },
    {
      sql: 'select avg(id::float) from song',
      rows: [['2.5']],
      types: ['float8'],
      fact: 'r_AVG: of DOUBLE is DOUBLE',
    },
    {
      sql: 'select stddev_pop(n) from (select 1.0::float as n union all select 3.0) t',
      rows: [['1']],
      fact: 'r_STDDEV_functions',
    },
    {
      sql: 'select var_samp(n), variance(n), var_pop(n) from (select 1.0::float as n union all select 3.0) t',
      rows: [['2', '2', '1']],
      fact: 'r_VARIANCE_functions',
    },
    {
      sql: 'select bool_and(id > 0), bool_or(id > 3), bool_and(artist = 1) from song',
      rows: [['t', 't', 'f']],
      fact: 'r_BOOL_AND',
    },
    {
      sql: 'select bit_and(id), bit_or(id) from song where id in (1, 3)',
      rows: [['1', '3']],
      fact: 'r_BIT_AND',
    },
    {
      sql: "select listagg(title, ', ') within group (order by id desc) from song",
      rows: [['Dew, Cue, Bay, Ash']],
      fact: 'r_LISTAGG',
    },
    {
      sql: "select listagg(artist, '') within group (order by id) from song",
      rows: [['112']],
      fact: 'r_LISTAGG: NULLs are left out',
    },
    {
      sql: 'select listagg(title) within group (order by title) from song',
      rows: [['AshBayCueDew']],
      fact: 'r_LISTAGG: without a delimiter',
    },
    { sql: 'select median(id) from song', rows: [['2.5']], fact: 'r_MEDIAN' },
    {
      sql: 'select percentile_cont(0.25) within group (order by id) from song',
      rows: [['1.75']],
      fact: 'r_PERCENTILE_CONT',
    },
    {
      sql: 'select approximate percentile_disc(0.5) within group (order by id) from song',
      rows: [['2']],
      fact: 'r_APPROXIMATE_PERCENTILE_DISC',
    },
    {
      sql: 'select approximate count(distinct artist) from song',
      rows: [['2']],
      fact: 'r_COUNT: APPROXIMATE',
    },
    {
      sql: 'select title, count(*) from song',
      error: {
        sqlstate: '42803',
        message:
          'column "song.title" must appear in the GROUP BY clause or be used in an aggregate function',
      },
      fact: 'r_GROUP_BY_clause: a column that is not grouped',
    },
    {
      sql: 'select max(count(*)) from song',
      error: { sqlstate: '42803' },
      fact: 'r_HAVING_clause: no aggregate in an aggregate',
    },
  ],
} satisfies Family
