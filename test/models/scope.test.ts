import { expect } from 'chai'
import { everyKey } from '../../models/model'
import { affectedScope } from '../../models/scope'
import { useWarehouse } from '../warehouse'

const day = 86_400_000

describe('the scope of a load', () => {
  const warehouse = useWarehouse()

  /** The days, of `days` in all, whose events are read where those of `affected` days are. */
  const read = async (affected: number[], days: number) => {
    const { knex } = warehouse
    const transaction = await knex.transaction()
    try {
      await transaction.raw('create temp table touched (start_time timestamp, ts bigint)')
      for (const each of affected) {
        const ts = String(each * day + 5)
        const start = `timestamp 'epoch' + ${ts} * interval '1 millisecond'`
        await transaction.raw(`insert into touched select ${start}, ${ts}`)
      }
      const scope = await affectedScope(transaction, {
        table: 'touched',
        refreshKey: 'start_time',
        moments: 'at',
      })
      const bounds = scope?.moments('ts').replace(/ and ts in \(select.*$/, '') ?? 'and 1 = 0'
      const numbers = Array.from(
        { length: days },
        (_, i) => `select ${i} * ${day}::bigint + 5 as ts`,
      )
      const found = await transaction.raw<{ rows: { ts: string }[] }>(
        `select ts::varchar from (${numbers.join(' union all ')}) as events where 1 = 1 ${bounds} order by ts`,
      )
      return { bounds, days: found.rows.map(({ ts }) => Math.floor(Number(ts) / day)) }
    } finally {
      await transaction.rollback()
    }
  }

  it('is none where nothing is affected', async () => {
    expect((await read([], 3)).days).to.deep.equal([])
  })

  it('takes in days that follow each other as one range, and leaves out all between late ones', async () => {
    const { bounds, days } = await read([2, 3, 4, 50, 97], 100)
    expect(days).to.deep.equal([2, 3, 4, 50, 97])
    expect(bounds.split(' between ')).to.have.length(4)
  })

  it('is a few ranges however many days are affected, the widest gaps left out', async () => {
    const affected = Array.from({ length: 80 }, (_, i) => i * 2 + (i > 40 ? 30 : 0))
    const { bounds, days } = await read(affected, 200)
    expect(bounds.split(' between ')).to.have.length(33)
    expect(days).to.include.members(affected)
    expect(days).not.to.include.members([85, 90, 100])
  })

  it('narrows the events of users to those since the earliest that may count, after an undo to none', async () => {
    const { knex } = warehouse
    const transaction = await knex.transaction()
    try {
      await transaction.raw('create temp table touched (user_id integer, ts bigint)')
      const affected = { table: 'touched', refreshKey: 'user_id', moments: 'since' } as const
      expect(await affectedScope(transaction, affected)).to.equal(undefined)
      await transaction.raw('insert into touched values (1, 70), (2, 50)')
      expect((await affectedScope(transaction, affected))!.moments('ts')).to.equal('and ts >= 50')
      await transaction.raw('insert into touched (user_id) values (1)')
      expect((await affectedScope(transaction, affected))!.moments('ts')).to.equal('')
    } finally {
      await transaction.rollback()
    }
  })

  it('is all of the table where a key is NULL', async () => {
    const transaction = await warehouse.knex.transaction()
    try {
      await transaction.raw('create temp table touched (session_id integer)')
      const affected = { table: 'touched', refreshKey: 'session_id' }
      expect(await affectedScope(transaction, affected)).to.equal(undefined)
      await transaction.raw('insert into touched values (1)')
      expect((await affectedScope(transaction, affected))!.keys('session_id')).to.contain('touched')
      await transaction.raw(`insert into touched ${everyKey()}`)
      expect((await affectedScope(transaction, affected))!.keys('session_id')).to.equal('')
    } finally {
      await transaction.rollback()
    }
  })
})
