import type { Family } from '../case'

export default {
  given: [
    'create table every (b boolean, s smallint, i integer, l bigint, d decimal(10,2), r real, f double precision, c char(5), v varchar(20), day date, at timestamp, tz timestamptz, t time, ttz timetz)',
    "insert into every values (true, 1, 2, 3, 4.5, 5.5, 6.25, 'ab', 'cd', '2020-02-29', '2020-02-29 12:34:56.789', '2020-02-29 12:34:56+02', '12:34:56', '12:34:56+02')",
    'insert into every (i) values (null)',
  ],
  cases: [
    {
      sql: 'select 7 / 2, -7 / 2, 7 % 3, -7 % 3',
      rows: [['3', '-3', '1', '-1']],
      types: ['int4', 'int4', 'int4', 'int4'],
      fact: 'r_numeric_computations201: INT by INT is INT',
    },
    {
      sql: 'select 1::smallint + 1::smallint, 1::smallint + 1::bigint, 1::int * 2::bigint',
      rows: [['2', '2', '2']],
      types: ['int2', 'int8', 'int8'],
      fact: 'r_numeric_computations201: SMALLINT and BIGINT',
    },
    {
      sql: 'select 1 + 0.5::float, 3 / 2::float',
      rows: [['1.5', '1.5']],
      types: ['float8', 'float8'],
      fact: 'r_numeric_computations201: INT and DOUBLE',
    },
    {
      sql: 'select 1.25::decimal(5,2) + 1.5::decimal(4,1)',
      rows: [['2.75']],
      fact: 'r_numeric_computations201: DECIMALs added',
    },
    {
      sql: 'select 1.5::decimal(4,1) * 2.25::decimal(5,2)',
      rows: [['3.375']],
      fact: 'r_numeric_computations201: DECIMALs multiplied',
    },
    {
      sql: 'select 2 ^ 10, |/ 25, @ -5, -(-3), +4',
      rows: [['1024', '5', '5', '3', '4']],
      fact: 'r_OPERATOR_SYMBOLS',
    },
    {
      sql: 'select 5 & 3, 5 | 3, 5 # 3, ~5, 1 << 4, 16 >> 2',
      rows: [['1', '7', '6', '-6', '16', '4']],
      fact: 'r_OPERATOR_SYMBOLS: bits',
    },
    {
      sql: "select 'true'::bool, 't'::bool, 'yes'::bool, 'y'::bool, '1'::bool",
      rows: [['t', 't', 't', 't', 't']],
      fact: 'r_Boolean_type: what is true',
    },
    {
      sql: "select 'false'::bool, 'f'::bool, 'no'::bool, 'n'::bool, '0'::bool",
      rows: [['f', 'f', 'f', 'f', 'f']],
      fact: 'r_Boolean_type: what is false',
    },
    {
      sql: 'select 1::bool, 0::bool, 2::bool, true::int',
      rows: [['t', 'f', 't', '1']],
      fact: 'r_Boolean_type: an int',
    },
    {
      sql: 'select b from every order by b',
      rows: [['t'], [null]],
      fact: 'r_Boolean_type: in order by',
    },
    {
      sql: "select 'maybe'::bool",
      error: { sqlstate: '22P02' },
      fact: 'r_Boolean_type: what it is not',
    },
    {
      sql: 'select b is null, not b from every where b',
      rows: [['f', 'f']],
      fact: 'r_Boolean_type: IS TRUE and the like',
    },
    {
      sql: "select date '2020-01-31' + interval '1 day', date '2020-01-31' + interval '1 month'",
      rows: [['2020-02-01 00:00:00', '2020-02-29 00:00:00']],
      types: ['timestamp', 'timestamp'],
      fact: 'r_interval_literals: added to a date is a timestamp',
    },
    {
      sql: "select timestamp '2020-03-31 12:00' - interval '1 month', timestamp '2020-01-01' - interval '1 second'",
      rows: [['2020-02-29 12:00:00', '2019-12-31 23:59:59']],
      fact: 'r_interval_literals: taken off a timestamp',
    },
    {
      sql: "select timestamp '2020-01-01' + interval '1 week 2 days 3 hours 4 minutes 5 seconds'",
      rows: [['2020-01-10 03:04:05']],
      fact: 'r_interval_literals: units',
    },
    {
      sql: "select timestamp '2020-01-01' + interval '2' day",
      rows: [['2020-01-03 00:00:00']],
      fact: 'r_interval_literals: a unit behind the text',
    },
    {
      sql: "select cast('12' as int), '12'::int + 1",
      rows: [['12', '13']],
      fact: 'r_CAST_function: two spellings',
    },
    {
      sql: 'select 2.5::int, 3.5::int, -2.5::int, 2.4::int',
      rows: [['3', '4', '-3', '2']],
      fact: 'r_CAST_function: DECIMAL to INT is rounded',
    },
    {
      sql: "select '12.5'::decimal(5,2), '1e3'::float, ' 7 '::int",
      rows: [['12.50', '1000', '7']],
      fact: 'r_CAST_function: a text to a number',
    },
    {
      sql: "select 'x1'::int",
      error: { sqlstate: '22P02' },
      fact: 'r_CAST_function: a text that is none',
    },
    {
      sql: "select '12.5'::int",
      error: { sqlstate: '22P02' },
      fact: 'r_CAST_function: a decimal text to INT',
    },
    {
      sql: 'select 12::varchar, 12.50::varchar, 1.5::float::varchar',
      rows: [['12', '12.50', '1.5']],
      fact: 'r_CAST_function: a number to text',
    },
    {
      sql: "select 'abcdef'::varchar(3), 'abcdef'::char(2)",
      rows: [['abc', 'ab']],
      fact: 'r_CAST_function: cut to the length',
    },
    {
      sql: "select date '2020-01-31'::varchar, timestamp '2020-01-31 01:02:03'::varchar",
      rows: [['2020-01-31', '2020-01-31 01:02:03']],
      fact: 'r_CAST_function: a date to text',
    },
    {
      sql: "select timestamp '2020-01-31 23:59:59'::date, '2020-01-31 23:59:59'::timestamp::time",
      rows: [['2020-01-31', '23:59:59']],
      fact: 'r_CAST_function: a timestamp to a date',
    },
    {
      sql: "select date '2020-01-31'::timestamp",
      rows: [['2020-01-31 00:00:00']],
      fact: 'r_CAST_function: a date to a timestamp',
    },
    {
      sql: 'select null::int, null::varchar(5), null::date',
      rows: [[null, null, null]],
      types: ['int4', 'varchar(5)', 'date'],
      fact: 'r_CAST_function: NULL has every type',
    },
    {
      sql: "select date '2020-01-31'::int",
      error: { sqlstate: '42846' },
      fact: 'r_CAST_function: what does not go',
    },
    {
      sql: 'select true::date',
      error: { sqlstate: '42846' },
      fact: 'r_CAST_function: what does not go',
    },
    {
      sql: "select count(*) from every where i = '2' and day = '2020-02-29' and at > '2020-01-01'",
      rows: [['1']],
      fact: 'r_Type_conversion: a literal takes the type that it is compared with',
    },
    {
      sql: 'select count(*) from every where s < l and d > f - 2 and i = 2.0',
      rows: [['1']],
      fact: 'r_Type_conversion: numbers of unequal kinds are compared',
    },
    {
      sql: "select 1 + null, 'a' || null, null > 1",
      rows: [[null, null, null]],
      fact: 'r_Type_conversion: NULL in an expression is NULL',
    },
    { sql: "select 'n' || 1, 1 || 'n'", rows: [['n1', '1n']], fact: 'r_CONCAT: of a number' },
    {
      sql: "select 'it''s', 'a\"b'",
      rows: [["it's", 'a"b']],
      fact: 'r_string_literals: a quote is doubled',
    },
    {
      sql: "select 'a\\\\b', 'tab\\there'",
      rows: [['a\\b', 'tab\there']],
      fact: 'r_string_literals: a backslash escapes',
    },
    {
      sql: "select $$it's$$ as a, $x$a$$b$x$ as b",
      rows: [["it's", 'a$$b']],
      columns: ['a', 'b'],
      fact: 'r_string_literals: in dollars',
    },
    { sql: "select 'a'", rows: [['a']], fact: 'r_string_literals: over several lines' },
    { sql: 'select 1 -- one', rows: [['1']], fact: 'r_comments: in both forms' },
    { sql: 'select /* a /* b */ c */ 2', rows: [['2']], fact: 'r_comments: nested' },
    {
      sql: "select 'abc' as x",
      rows: [['abc']],
      types: ['text'],
      fact: 'r_TEXT: the type of a literal',
    },
  ],
} satisfies Family
