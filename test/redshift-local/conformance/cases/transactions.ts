import type { Family } from '../case'

export default {
  given: ['create table t (n int)'],
  cases: [
    { sql: 'begin', alone: true, tag: 'BEGIN', fact: 'r_BEGIN' },
    {
      sql: 'start transaction isolation level serializable',
      alone: true,
      tag: 'START TRANSACTION',
      fact: 'r_BEGIN',
    },
    { sql: 'insert into t values (1), (2)', tag: 'INSERT 0 2', fact: 'r_INSERT_30' },
    {
      sql: 'vacuum t',
      error: { sqlstate: '25001', message: 'VACUUM cannot run inside a transaction block' },
      fact: 'r_VACUUM_command',
    },
  ],
} satisfies Family
