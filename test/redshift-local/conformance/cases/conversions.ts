import type { Family } from '../case'
import { gives, isCalled, isOfType, refuses } from '../gives'

const implicit = 'c_Supported_data_types, implicit conversion types'

export default {
  given: [
    'create table c (i int, b boolean, v varchar(10), d date, ts timestamp, n decimal(6, 2), x char(3), f float8)',
    "insert into c values (1, true, '5', '2021-03-04', '2021-03-04 05:06:07', 5.50, 'ab', 1.5)",
    'create table o (i int, s smallint, b boolean, v varchar(3), d date, n decimal(4, 1))',
  ],
  cases: [
    ...gives(
      'r_CONCAT_op: numbers and moments beside a text are texts; + does the same for two texts',
      {
        "select 'a' + 'b', v + 'x', 'x' + v + 'y' from c": ['ab', '5x', 'x5y'],
        "select 1 || 'a', 'a' || 1, i || v, v || i from c": ['1a', 'a1', '15', '51'],
        "select 'a' || 1.50, n || 'x', f || 'x', 7::bigint || 'x', 7::smallint || 'x' from c": [
          'a1.50',
          '5.50x',
          '1.5x',
          '7x',
          '7x',
        ],
        "select d || 'x', 'x' || d, ts || v, v || ts from c": [
          '2021-03-04x',
          'x2021-03-04',
          '2021-03-04 05:06:075',
          '52021-03-04 05:06:07',
        ],
        "select x || '|', '|' || x || 1, v || null from c": ['ab|', '|ab1', null],
      },
    ),
    ...refuses('r_CONCAT_op: not so a BOOLEAN; no other sum of a text', {
      "select b || 'x' from c": ['42846', 'cannot cast type boolean to character varying'],
      'select d + d from c': ['42883', 'operator does not exist: date + date'],
      'select ts + 1 from c': [
        '42883',
        'operator does not exist: timestamp without time zone + integer',
      ],
      'select v - v from c': ['42883'],
    }),
    ...gives(implicit, {
      "select d like '2021-03%', ts like '%05:06%', i like '1', n like '5.5%' from c": [
        't',
        't',
        't',
        't',
      ],
      "select substring(ts, 1, 7), left(d, 4), upper(d), length(i), replace(n, '.', ',') from c": [
        '2021-03',
        '2021',
        '2021-03-04',
        '1',
        '5,50',
      ],
      "select i = '1', d = '2021-03-04', ts > '2021-03-04', n < '6' from c": ['t', 't', 't', 't'],
      'select v = 5, 5 = v, v <> 6, v = 5::bigint from c': ['t', 't', 't', 't'],
      "select d = '2021-03-04'::varchar, '2021-03-05'::varchar > d from c": ['t', 't'],
      'select count(*) from c a join c b on a.v = b.i + 4': '1',
      'select d = ts, d < ts, d::timestamp = ts from c': ['f', 't', 'f'],
      'select n = 5.5, n = i, f = 1.5, f > n, i = 1.0 from c': ['t', 'f', 't', 'f', 't'],
    }),
    ...gives(`${implicit}: whole numbers and BOOLEAN`, {
      'select b = 1, 1 = b, b <> 0, 0 <> b, b = 0, b = 5::bigint from c': [
        't',
        't',
        't',
        't',
        'f',
        't',
      ],
      'select i from c where b = 1 and case when b then 1 else 0 end = 1': '1',
      'select b::int, 0::boolean, 3::bool, true::int, sum(b::int) from c group by b': [
        '1',
        'f',
        't',
        '1',
        '1',
      ],
      "select 'yes'::boolean, 'f'::boolean, '1'::boolean": ['t', 'f', 't'],
    }),
    ...refuses('practice of users, real text: BOOLEAN does not become a text', {
      'select b::varchar from c': ['42846', 'cannot cast type boolean to character varying'],
      'select cast(b as varchar(5)) from c': [
        '42846',
        'cannot cast type boolean to character varying',
      ],
      'select true::char(1)': ['42846'],
      'select v = b from c': ['42883', 'operator does not exist: character varying = boolean'],
    }),
    ...refuses('r_CASE_function, r_UNION, r_NVL_function: the types of one column', {
      'select coalesce(d, v) from c': [
        '42804',
        'COALESCE types date and character varying cannot be matched',
      ],
      'select i from c union select v from c': [
        '42804',
        'UNION types integer and character varying cannot be matched',
      ],
      'select case when b then i else v end from c': [
        '42804',
        'CASE types character varying and integer cannot be matched',
      ],
      "select nvl(null, 'a', 12)": ['22P02', 'invalid input syntax for integer: "a"'],
    }),
    ...gives('assignments: INSERT and UPDATE convert numbers and moments to texts, and round', {
      'select v from (select i::varchar as v from c) q': '1',
    }),
    {
      sql: 'select i, s, b, v, n from o',
      given: [
        'insert into o (i, s, b, v, n) select 2.5, 3.49, 1, 12, 1.25',
        'update o set v = i + 9',
      ],
      rows: [['3', '3', 't', '12', '1.3']],
      fact: 'c_Supported_data_types: DECIMALs are rounded, whole numbers are true but for 0',
    },
    {
      sql: 'select d, v from o',
      given: ['insert into o (d, v) select ts, n::int from c'],
      rows: [['2021-03-04', '6']],
      fact: implicit,
    },
    ...refuses('assignments: no text becomes a number, no BOOLEAN a text', {
      "insert into o (i) values ('5'::varchar)": [
        '42804',
        'column "i" is of type integer but expression is of type character varying',
      ],
      'insert into o (n) select v from c': [
        '42804',
        'column "n" is of type numeric but expression is of type character varying',
      ],
      'insert into o (v) values (true)': [
        '42804',
        'column "v" is of type character varying but expression is of type boolean',
      ],
      'insert into o (i) values (2147483648)': ['22003', 'integer out of range'],
      "insert into o (v) values ('abcd')": ['22001', 'Value too long for character type'],
    }),
    ...gives('r_CAST_function, r_CONVERT_function', {
      'select convert(int, 2.5), convert(decimal(4, 1), 2.25), convert(decimal, 2.5)': [
        '3',
        '2.3',
        '3',
      ],
      "select convert(varchar(3), 'abcdef'), convert(char(4), 2008), convert(varchar, 12)": [
        'abc',
        '2008',
        '12',
      ],
      "select convert(date, '2021-03-04'), convert(datetime, '2021-03-04 05:06:07')": [
        '2021-03-04',
        '2021-03-04 05:06:07',
      ],
      "select convert(int, convert(varchar, 5)) + 1, convert(double precision, '1.5')": [
        '6',
        '1.5',
      ],
      'select convert(integer, n), convert(time, ts), convert(timestamp without time zone, d) from c':
        ['6', '05:06:07', '2021-03-04 00:00:00'],
      "select cast('2021-03-04 05:06:07' as date), '2021-03-04'::datetime, cast(2021 as char(4))": [
        '2021-03-04',
        '2021-03-04 00:00:00',
        '2021',
      ],
      "select 'abc'::varchar(2), 'abc'::char(2), 'a'::char(3) || '|', 12345::varchar(3)": [
        'ab',
        'ab',
        'a|',
        '123',
      ],
      "select ' 12 '::int, '1e3'::float, '1.5'::decimal(4, 2), 2.5::int, -2.5::decimal(3, 0)": [
        '12',
        '1000',
        '1.50',
        '3',
        '-3',
      ],
    }),
    ...refuses('r_CAST_function: what does not fit', {
      'select convert(smallint, 12345678)': ['22003', 'smallint out of range'],
      'select 123.456::decimal(2, 1)': ['22003'],
      "select 'a'::int": ['22P02', 'invalid input syntax for integer: "a"'],
      "select ''::int": ['22P02'],
      "select '2021-02-30'::date": ['22008'],
      "select convert(super, 'a')": [
        '0A000',
        'Type SUPER is not carried out by the local Redshift.',
      ],
    }).map((one) => (one.sql.includes('super') ? { ...one, localOnly: true as const } : one)),
    ...gives('r_TRY_CAST: NULL where the cast fails', {
      "select try_cast('12' as int), try_cast('a' as int), try_cast(null as int)": [
        '12',
        null,
        null,
      ],
      "select try_cast('2021-03-04' as date), try_cast('2021-02-30' as date)": ['2021-03-04', null],
      "select try_cast('12.345' as decimal(4, 2)), try_cast('123.45' as decimal(4, 2))": [
        '12.35',
        null,
      ],
      'select try_cast(v as int) + 1, try_cast(x as int), try_cast(i as varchar(3)) from c': [
        '6',
        null,
        '1',
      ],
    }),
    ...isOfType('r_CONVERT_function', {
      "select convert(int, '1'), convert(varchar(9), 1), convert(decimal, 1), convert(datetime, '2021-03-04')":
        ['int4', 'varchar(9)', 'numeric(18,0)', 'timestamp'],
    }),
    ...isCalled('E, labels: a cast is called as what it casts, or as the type', {
      'select convert(int, i), convert(varchar(30), getdate()), convert(int, 1.5) from c': [
        'i',
        'getdate',
        'int4',
      ],
      "select cast('a' as varchar(5)), 1::char(4), i::bigint from c": ['varchar', 'bpchar', 'i'],
    }),
    ...gives(
      'r_Datetime_types, r_Date_and_time_literals: what a DATE or a TIMESTAMP is written as',
      {
        "select '20210304'::date, '03/04/2021'::date, 'Mar 4 2021'::date, '4-Mar-2021'::date": [
          '2021-03-04',
          '2021-03-04',
          '2021-03-04',
          '2021-03-04',
        ],
        "select '2021-03-04T05:06:07Z'::timestamp, 'March 4, 2021 05:06:07'::timestamp": [
          '2021-03-04 05:06:07',
          '2021-03-04 05:06:07',
        ],
        "select '2021-03-04 05:06:07 PST'::timestamptz, '2021-03-04 05:06:07+02'::timestamptz": [
          '2021-03-04 13:06:07+00',
          '2021-03-04 03:06:07+00',
        ],
        "select '05:06 PM'::time, '050607'::time, timetz '05:06:07 EST'": [
          '17:06:00',
          '05:06:07',
          '05:06:07-05',
        ],
      },
    ),
    ...gives('r_Character_types: blanks at the end of CHAR mean nothing', {
      "select x = 'ab ', 'ab' = x, len(x), x || '.' from c": ['t', 't', '2', 'ab.'],
      "select 'a '::char(5) = 'a'::char(3), 'a  '::char(3)::varchar || '.'": ['t', 'a.'],
    }),
  ],
} satisfies Family
