import type { Case, Family } from '../case'

const many = (count: number, text: string, between = '') => Array(count).fill(text).join(between)
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
const tooDeep = { sqlstate: '54001', message: 'stack depth limit exceeded' }
const depth = 'PostgreSQL 8.0, max_stack_depth; how deep differs'

const refused: [sql: string, error: NonNullable<Case['error']>, fact: string][] = [
  [many(5000, 'select 1', ' union all '), tooDeep, depth],
  [`select ${'('.repeat(5000)}1${')'.repeat(5000)}`, tooDeep, depth],
  [`select * from ${many(3000, '(select * from ')}t${many(3000, ') x')}`, tooDeep, depth],
  [`select ${many(5000, '1', ' + ')}`, tooDeep, depth],
  [`select ${many(5000, 'not ')}true`, tooDeep, depth],
  [`select 1${many(5000, '::int')}`, tooDeep, depth],
  [`select ${many(2400, 'case when true then ')}1${many(2400, ' end')}`, tooDeep, depth],
  [`select ${many(3000, 'abs(')}1${many(3000, ')')}`, tooDeep, depth],
  [
    `select ${numbers(1700).join()}`,
    { sqlstate: '54011', message: 'target lists can have at most 1664 entries' },
    'PostgreSQL 8.0',
  ],
  [
    `create table w (${numbers(1601)
      .map((i) => `c${i} int`)
      .join()})`,
    { sqlstate: '54011', message: 'tables can have at most 1600 columns' },
    'docs r_CREATE_TABLE_NEW',
  ],
  [
    'select a::decimal(39, 2) from t',
    { sqlstate: '22023', message: 'DECIMAL precision 39 must be between 1 and 38' },
    'docs r_Numeric_types201',
  ],
  [
    'select b::varchar(65536) from t',
    { sqlstate: '22023', message: 'length for type varchar cannot exceed 65535' },
    'docs r_Character_types',
  ],
  [
    'select b::char(4097) from t',
    { sqlstate: '22023', message: 'length for type char cannot exceed 4096' },
    'docs r_Character_types',
  ],
]

const taken: [sql: string, rows: string[][], fact: string][] = [
  [`select count(*) from t where a in (${numbers(20000).join()})`, [['1']], 'docs r_in_condition'],
  [
    `select count(*) from t where b in (${numbers(5000)
      .map((i) => `'${i}'`)
      .join()})`,
    [['0']],
    'docs r_in_condition',
  ],
  [
    `select count(*) from t where ${many(5000, 'a = 1', ' and ')}`,
    [['1']],
    'docs r_logical_condition',
  ],
  [
    `select count(*) from t where ${many(5000, 'a = 2', ' or ')}`,
    [['0']],
    'docs r_logical_condition',
  ],
  [
    `select case ${many(3000, 'when a = 2 then 1', ' ')} else 0 end from t`,
    [['0']],
    'docs r_CASE_function',
  ],
  [`select len('${'x'.repeat(100_000)}')`, [['100000']], 'docs r_Character_types'],
  [
    `with ${numbers(300)
      .map((i) => `q${i} as (select ${i} as n)`)
      .join()} select n from q299`,
    [['299']],
    'docs r_WITH_clause',
  ],
  [`select count(*) from (${many(300, 'select 1', ' union all ')})`, [['300']], 'docs r_UNION'],
]

export default {
  given: ['create table t (a int, b varchar(10))', "insert into t values (1, 'a')"],
  cases: [
    ...refused.map(([sql, error, fact]): Case => ({ sql, error, fact })),
    ...taken.map(([sql, rows, fact]): Case => ({ sql, rows, fact })),
  ],
} satisfies Family
