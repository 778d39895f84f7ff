import { expect } from 'chai'
import { newSession } from '../../../redshift-local/dialect/parse'
import {
  nodeRefusals,
  readerRefusals,
  statementRefusals,
  wordRefusals,
} from '../../../redshift-local/dialect/refusals'
import { translate } from '../../../redshift-local/dialect/translate'
import type { SqlError } from '../../../redshift-local/errors'
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
    'select a from t where current_schema() = b',
    'select g from generate_series(1, 3) g join t on t.a = g',
    'update t set b = current_time::varchar',
    'insert into t (a) select generate_series(1, 3)',
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
    ["select 'a", '42601', `unterminated quoted string at or near "'a"`],
    ['update t set t.a = 1', '42703', 'column "t" of relation "t" does not exist'],
    ['selec 1', '42601', 'syntax error at or near "selec"'],
    ['select from where', '42601', 'syntax error at or near "where"'],
    ['update t set (a', '42601', 'syntax error at end of input'],
    ['select * from missing', '42P01', 'relation "missing" does not exist'],
    ['set lock_timeout = 1', '42704', 'unrecognized configuration parameter "lock_timeout"'],
    ['set constructor = 1', '42704', 'unrecognized configuration parameter "constructor"'],
    ['show work_mem', '42704', 'unrecognized configuration parameter "work_mem"'],
  ] as const) {
    it(`answers ${sql} with ${message}`, async () => {
      expect(await refusal(sql)).to.deep.equal({ sqlstate, message })
    })
  }

  it('says where a refused word stands, if the client wrote it there', () => {
    const positionOf = (sql: string) => {
      try {
        translate(sql, newSession)
      } catch (error) {
        return (error as SqlError).fields.position
      }
      throw new Error(`not refused: ${sql}`)
    }
    expect(positionOf("select e'a'")).to.equal(8)
    expect(positionOf('select a from t where')).to.equal(22)
    expect(positionOf('create table #u as select a from t where')).to.equal(undefined)
  })
})
