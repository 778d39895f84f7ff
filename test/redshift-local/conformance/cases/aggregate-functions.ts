import type { Family } from '../case'
import { gives, isCalled, isOfType, refuses } from '../gives'

export default {
  given: [
    'create table a (g int, s smallint, i int, b bigint, d decimal(8, 2), r real, f float8, t boolean, v varchar(5))',
    "insert into a values (1, 1, 1, 1, 2.50, 1, 1, true, 'x'), (1, 2, 2, 2, 3.75, 2, 2, false, 'y')",
    "insert into a values (2, 6, 6, 6, 1.90, 6, 6, true, 'z'), (2, null, null, null, null, null, null, null, null)",
  ],
  cases: [
    ...gives(
      'r_AVG: BIGINT of whole numbers; of DECIMAL its scale, cut, as in the guide’s avg(price) of 2.71',
      {
        'select avg(s), avg(i), avg(b), avg(d), avg(r), avg(f) from a': [
          '3',
          '3',
          '3',
          '2.71',
          '3',
          '3',
        ],
        'select avg(-d), avg(distinct i), avg(i + 0.0) from a': ['-2.71', '3', '3.0'],
        'select avg(i), avg(d) from a where i > 9': [null, null],
        'select avg(d) over (partition by g) from a where i = 6': '1.90',
        'select avg(i) over (order by i rows unbounded preceding) from a where i = 6': '6',
      },
    ),
    ...isOfType('r_AVG, r_SUM, r_COUNT', {
      'select avg(s), avg(i), avg(b), avg(r), avg(f) from a': [
        'int8',
        'int8',
        'int8',
        'float8',
        'float8',
      ],
      'select sum(s), sum(i), sum(b), sum(r), sum(f) from a': [
        'int8',
        'int8',
        'int8',
        'float8',
        'float8',
      ],
      'select count(*), count(distinct i) from a': ['int8', 'int8'],
      'select min(s), max(i), max(v) from a': ['int2', 'int4', 'text'],
      'select stddev(i), stddev_samp(d), stddev_pop(f) from a': ['float8', 'float8', 'float8'],
      'select variance(i), var_samp(d), var_pop(f) from a': ['float8', 'float8', 'float8'],
      'select median(f) from a': 'float8',
      'select bit_and(s), bit_or(b), bool_and(t) from a': ['int2', 'int8', 'bool'],
    }),
    ...gives('r_SUM', {
      'select sum(s), sum(i), sum(b), sum(d), sum(r), sum(f) from a': [
        '9',
        '9',
        '9',
        '8.15',
        '9',
        '9',
      ],
      'select sum(distinct i), sum(i) from a where i > 1': ['8', '8'],
      'select sum(i) from a where i > 9': null,
      'select sum(i) over (partition by g order by i rows unbounded preceding) from a where i = 2':
        '2',
    }),
    ...refuses('r_SUM: BIGINT of BIGINT', {
      'select sum(x) from (select 9223372036854775807 as x union all select 1 from a) q': [
        '22003',
        'bigint out of range',
      ],
    }),
    ...gives('r_COUNT, r_MAX, r_MIN, r_ANY_VALUE', {
      'select count(*), count(i), count(distinct g), count(all i) from a': ['4', '3', '2', '3'],
      'select max(v), min(v), max(d), min(d) from a': ['z', 'x', '3.75', '1.90'],
      'select any_value(i) from a where i = 6': '6',
      'select approximate count(distinct g) from a': '2',
    }),
    ...gives('r_STDDEV_functions, r_VARIANCE_functions', {
      'select stddev(i), stddev_pop(i) from a where g = 1': ['0.707106781186548', '0.5'],
      'select variance(d), var_pop(d) from a where g = 1': ['0.78125', '0.390625'],
      'select stddev_samp(i), var_samp(i), stddev_pop(i) from a where i = 6': [null, null, '0'],
    }),
    ...gives('r_MEDIAN, r_PERCENTILE_CONT, r_APPROXIMATE_PERCENTILE_DISC', {
      'select median(i) from a': '2.0',
      'select median(f), percentile_cont(0.5) within group (order by f) from a': ['2', '2'],
      'select median(d), percentile_cont(0.5) within group (order by d) from a': ['2.50', '2.50'],
      'select percentile_cont(0.25) within group (order by i) from a': '1.50',
      'select percentile_cont(0.25) within group (order by i desc) from a': '4.00',
      'select approximate percentile_disc(0.5) within group (order by i) from a': '2',
    }),
    ...gives('r_LISTAGG', {
      "select listagg(v, '-') within group (order by v desc) from a": 'z-y-x',
      "select listagg(i, ',') within group (order by i) from a": '1,2,6',
      'select listagg(g) within group (order by g) from a': '1122',
      "select listagg(distinct g, ';') within group (order by g) from a": '1;2',
      "select listagg(date '2021-03-04', ',') from a where g = 1": '2021-03-04,2021-03-04',
      "select listagg(v, ',') from a where i > 9": null,
    }),
    ...gives('c_bitwise_aggregate_functions: BOOL_AND and BOOL_OR of whole numbers too', {
      'select bit_and(i), bit_or(i) from a': ['0', '7'],
      'select bool_and(t), bool_or(t) from a': ['f', 't'],
      'select bool_and(i), bool_or(i - 1), bool_and(s), bool_or(b) from a where g = 1': [
        't',
        't',
        't',
        't',
      ],
      'select bool_and(i - 1), bool_or(i - 1) from a where i = 1': ['f', 'f'],
      'select bool_and(i), bool_or(i) from a where i > 9': [null, null],
    }),
    ...gives('r_WF_RATIO_TO_REPORT', {
      'select ratio_to_report(i) over () from a where i = 6': '1',
    }),
    ...isCalled('E, labels', {
      'select avg(i), sum(d), count(*), median(i), any_value(i) from a': [
        'avg',
        'sum',
        'count',
        'median',
        'any_value',
      ],
      'select avg(d) over (partition by g), sum(i) over (partition by g) from a': ['avg', 'sum'],
      "select listagg(v, ','), bool_and(t), stddev_samp(i) from a": [
        'listagg',
        'bool_and',
        'stddev_samp',
      ],
    }),
  ],
} satisfies Family
