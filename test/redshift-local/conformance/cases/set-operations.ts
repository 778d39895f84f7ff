import type { Family } from '../case'

export default {
  given: [
    'create table l (n int, s varchar(10))',
    'create table r (n bigint, s varchar(20))',
    "insert into l values (1, 'a'), (1, 'a'), (2, 'b'), (null, null)",
    "insert into r values (1, 'a'), (3, 'c'), (null, null)",
  ],
  cases: [
    {
      sql: 'select n from l union select n from r order by n',
      rows: [['1'], ['2'], ['3'], [null]],
      types: ['int8'],
      fact: 'r_UNION: the types are made common, NULLs are equal, and last in an ascending order',
    },
    {
      sql: 'select n from l union all select n from r order by 1',
      rows: [['1'], ['1'], ['1'], ['2'], ['3'], [null], [null]],
      fact: 'r_UNION',
    },
  ],
} satisfies Family
