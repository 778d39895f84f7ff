import { expect } from 'chai'
import { UsageError } from '../../../lib/warehouse/errors'
import { excerpt } from '../../../lib/questions/answer'
import { type Question, readQuestions } from '../../../lib/questions/question'
import { useWarehouse } from '../../warehouse'

const question: Question = {
  ...readQuestions()[0]!,
  file: 'queries/x.sql',
  key: ['a'],
  chart: { kind: 'bars', measure: 'a', by: 'a' },
  lines: { key: 3, chart: 4, sql: 6 },
}
const asking = (sql: string): Question => ({ ...question, sql })

const faults: Record<string, string> = {
  'select 1 as a\nfrm users': 'queries/x.sql:7:1: syntax error at or near "frm"',
  'select 1 as a,\n  é.nme\nfrom users as é': 'queries/x.sql:7:3: column é.nme does not exist',
  'select 1 as a from nowhere':
    'queries/x.sql:6:20: relation "nowhere" does not exist\n' +
    'The tables are staging_events, staging_songs, users, songs, artists, songplays, time.',
  'select 1 as a from songplay':
    'queries/x.sql:6:20: relation "songplay" does not exist\nDid you mean "songplays"?',
  'select 1 / 0 as a': 'queries/x.sql:6:1: division by zero',
  'select distinct on (user_id) user_id as a from users':
    'queries/x.sql:6:1: SELECT DISTINCT ON is not supported',
  'select 1 as a; drop table users':
    'queries/x.sql:6:1: cannot insert multiple commands into a prepared statement',
  [Array.from({ length: 5000 }, () => 'select 1 as a').join(' union all ')]:
    'queries/x.sql:6:1: stack depth limit exceeded',
  'select (select user_id from users union all select 1 union all select 2) as a':
    'queries/x.sql:6:1: more than one row returned by a subquery used as an expression',
  'select 1 as b':
    'queries/x.sql:3: the key names "a", which is no column of the answer: expected b.\n' +
    'queries/x.sql:4: the chart names "a", which is no column of the answer: expected b.',
  'select 1 as a, 2 as a': 'queries/x.sql:6: two columns of the answer are named "a".',
}

describe('an answer', () => {
  const warehouse = useWarehouse()

  it('has typed columns, and values as the server gives them', async () => {
    const sql = `select 1 as a, 1.50 as decimal, 1152921504606846975 as big, 'x?' as text, null as nothing,
      timestamp '2018-11-01 20:57:10.796' as moment, date '2018-11-01' as day, true as flag`
    const { columns, rows } = await excerpt(warehouse.knex, asking(sql), Infinity)
    expect(columns.map(({ name, type }) => `${name} ${type}`)).to.deep.equal([
      'a number',
      'decimal number',
      'big number',
      'text text',
      'nothing text',
      'moment time',
      'day time',
      'flag boolean',
    ])
    const day = '2018-11-01'
    expect(rows).to.deep.equal([
      [1, 1.5, '1152921504606846975', 'x?', null, `${day} 20:57:10.796`, day, true],
    ])
  })

  it('has columns where it has no rows', async () => {
    const { columns, rows } = await excerpt(
      warehouse.knex,
      asking('select user_id as a from users'),
      Infinity,
    )
    expect({ columns, rows }).to.deep.equal({ columns: [{ name: 'a', type: 'number' }], rows: [] })
  })

  it('of a million rows is counted, and kept as far as it is wanted', async () => {
    const digits = Array.from({ length: 10 }, (_, d) => `select ${d} as d`).join(' union all ')
    const sql = `with digits as (${digits}) select 1 as a
      from digits as a, digits as b, digits as c, digits as d, digits as e, digits as f`
    const { rows, more } = await excerpt(warehouse.knex, asking(sql), 3)
    expect({ rows, more }).to.deep.equal({ rows: [[1], [1], [1]], more: 999_997 })
  })

  it('is given inside a transaction as well', async () => {
    const rows = await warehouse.knex.transaction(async (transaction) => {
      await transaction('users').insert({ user_id: 7 })
      const found = await excerpt(transaction, asking('select user_id as a from users'), Infinity)
      await transaction('users').del()
      return found.rows
    })
    expect(rows).to.deep.equal([[7]])
  })

  for (const [sql, says] of Object.entries(faults)) {
    it(`is refused by file and line: ${sql.slice(0, 80).replaceAll('\n', ' ')}`, async () => {
      const error = await excerpt(warehouse.knex, asking(sql), Infinity).catch(
        (thrown: unknown) => thrown,
      )
      expect(error).to.be.instanceOf(UsageError)
      expect((error as Error).message).to.equal(says)
    })
  }
})
