import type { Family } from '../case'
import { gives, isCalled, refuses } from '../gives'

export default {
  given: ['create table c (i int, j int)', 'insert into c values (1, null)'],
  cases: [
    ...gives('r_NVL_function, r_NVL2, r_NULLIF_function', {
      "select nvl(null, 2, 3), coalesce(null, 'b'), nvl(j, i), nvl(j, j) from c": [
        '2',
        'b',
        '1',
        null,
      ],
      "select nvl2(i, 'full', 'empty'), nvl2(j, 1, 2) from c": ['full', '2'],
      "select nullif(1, 1), nullif(1, 2), nullif('a', 'a')": [null, '1', null],
      'select nvl(j, 0.5), nvl(i, 2.5) from c': ['0.5', '1'],
      "select nvl(null::date, '2021-03-04')": '2021-03-04',
    }),
    ...gives('r_DECODE_expression: NULL is equal to NULL', {
      "select decode(2, 1, 'one', 2, 'two', 'other'), decode(3, 1, 'one', 'other')": [
        'two',
        'other',
      ],
      "select decode(3, 1, 'one'), decode(null, null, 'none', 'other')": [null, 'none'],
      'select decode(j, null, i, j) from c': '1',
    }),
    ...gives('r_GREATEST_LEAST: NULLs are left out', {
      "select greatest(1, 3, 2), least(1, 3, 2), greatest('a', 'b'), least(1.5, 1)": [
        '3',
        '1',
        'b',
        '1',
      ],
      'select greatest(1, null, 2), least(null, 2), greatest(null::int, null)': ['2', '2', null],
      "select greatest(date '2021-03-04', '2021-03-05'), least(1, 2.5::float)": ['2021-03-05', '1'],
    }),
    ...gives('r_CASE_function', {
      "select case when i = 1 then 'a' else 'b' end, case i when 2 then 'a' end from c": [
        'a',
        null,
      ],
      'select case when true then 1 else 2.5 end': '1',
    }),
    ...refuses('r_DECODE_expression: at least three arguments', {
      'select decode(1, 2)': ['42601'],
    }),
    ...isCalled('E, labels', {
      'select nvl(1, 2), coalesce(1, 2), decode(1, 1, 2), nullif(1, 2), greatest(1, 2)': [
        'coalesce',
        'coalesce',
        'case',
        'nullif',
        'greatest',
      ],
    }),
  ],
} satisfies Family
