import { expect } from 'chai'
import {
  nodeRefusals,
  readerRefusals,
  statementRefusals,
  wordRefusals,
} from '../../../redshift-local/dialect/refusals'
import { refusal, run, useDialect } from './warehouse'

describe('what Redshift refuses', () => {
  useDialect()

  before(() => run('create table t (a int, b varchar(10)); create table s (a int, b varchar(10))'))

  const refusals: { example: string; sqlstate: string; message: unknown; answer?: string }[] = [
    ...statementRefusals,
    ...Object.values(readerRefusals),
    ...wordRefusals,
    ...nodeRefusals,
  ]

  for (const { example, sqlstate, message, answer = message } of refusals) {
    it(`refuses ${example}`, async () => {
      expect(await refusal(example)).to.deep.equal({ sqlstate, message: answer })
    })
  }

  const leaderOnly =
    'Specified types or functions (one per INFO message) not supported on Amazon Redshift tables.'

  for (const query of [
    'select now() from t',
    'select current_timestamp from t',
    'select a from t where current_schema() = b',
    'select g from generate_series(1, 3) g join t on t.a = g',
    'update t set b = current_time::varchar',
  ]) {
    it(`refuses what runs on the leader alone, over a table: ${query}`, async () => {
      expect(await refusal(query)).to.deep.equal({ sqlstate: '0A000', message: leaderOnly })
    })
  }

  for (const query of [
    'select now()',
    'select * from generate_series(1, 3)',
    "select * from information_schema.tables where table_schema = current_schema() and table_name = 'x'",
    'insert into t values (1, current_date::varchar)',
    'with q as (select now() as x) select x from q',
  ]) {
    it(`takes what runs on the leader alone, without a table of the user: ${query}`, () =>
      run(query))
  }

  for (const [sql, sqlstate, message] of [
    ["select e'a'", '42704', 'type "e" does not exist'],
    ["select 'a", '42601', `unterminated quoted string at or near "'a"`],
    ['update t set t.a = 1', '42703', 'column "t" of relation "t" does not exist'],
    ['selec 1', '42601', 'syntax error at or near "selec"'],
    ['select from where', '42601', 'syntax error at or near "where"'],
    ['update t set (a', '42601', 'syntax error at end of input'],
    ['select * from missing', '42P01', 'relation "missing" does not exist'],
    [
      'set client_min_messages to warning',
      '42501',
      'permission denied to set parameter "client_min_messages" to "warning"',
    ],
    ['set lock_timeout = 1', '42704', 'unrecognized configuration parameter "lock_timeout"'],
    ['show work_mem', '42704', 'unrecognized configuration parameter "work_mem"'],
    ['rollback to savepoint x', '0A000', 'ROLLBACK TO SAVEPOINT is not supported'],
  ] as const) {
    it(`answers ${sql} with ${message}`, async () => {
      expect(await refusal(sql)).to.deep.equal({ sqlstate, message })
    })
  }
})
