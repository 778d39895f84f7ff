import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { buildModels } from '../lib/load/refresh'
import { models } from '../models/index'
import { audit, auditsOf } from '../lib/load/audit'
import { breaks } from './audits/breaks'
import { put, reset } from './histories/warehouse'
import { Child } from './kills/child'
import { contentHash } from './kills/content'
import { stageEvents, stageSongs } from './models/staged'
import { useWarehouse } from './warehouse'

describe('audits', () => {
  const warehouse = useWarehouse()

  describe('of a model', () => {
    before(async () => {
      const { knex } = warehouse
      const plays = Array.from({ length: 7 }, (_, index) => ({ ts: index, song: 'None' }))
      const known = { session_id: 2, user_id: 2, song: 'A song', artist: 'An artist', ts: 7 }
      await stageEvents(knex, [...plays, known])
      await stageSongs(knex, [
        { song_id: 'SO1', artist_latitude: 10 },
        { song_id: 'SO2', artist_id: 'AR2' },
      ])
      await buildModels(knex, 'up', [])
    })

    it('hold for what was built', async () => {
      expect(await audit(warehouse.knex, models, 'all')).to.deep.equal([])
    })

    for (const model of models) {
      for (const { name } of auditsOf(model)) {
        it(`name what is wrong: ${model.name}: ${name}`, async () => {
          const { sql, count } = breaks[`${model.name}: ${name}`]!
          const failures = await failuresAfter(warehouse.knex, sql)
          const failure = failures.find((each) => each.model === model.name && each.audit === name)
          expect(failure?.count).to.equal(count)
          expect(failure?.examples).to.have.length(Math.min(count, 5))
        })
      }
    }
  })

  describe('of a load', () => {
    const bucket = () => join(warehouse.buckets, 'sparkify')
    const event = { page: 'NextSong', ts: 1541105830796, sessionId: 1, itemInSession: 0 }
    const putEvents = (name: string, ...events: object[]) => {
      const records = events.map((each) => ({ ...event, ...each })) as never[]
      put(bucket(), { kind: 'log_data', name: `log_data/${name}.json`, records })
    }

    before(async () => {
      await reset(warehouse.knex, bucket())
      const song = { song_id: 'SO1', title: 'A song', artist_id: 'AR1', artist_name: 'An artist' }
      mkdirSync(join(bucket(), 'song_data'), { recursive: true })
      writeFileSync(join(bucket(), 'song_data', '1.json'), JSON.stringify(song))
      putEvents('1', { userId: '1', level: 'free' })
      await new Child().done()
    })

    it('roll it back, exit with 3, and say what failed where; the mended file loads', async () => {
      const { knex } = warehouse
      const former = await contentHash(knex)
      putEvents('2', { userId: '2', level: 'gold', sessionId: 2 })
      const child = new Child()
      expect(await child.ended).to.equal(3)
      expect(child.stderr).to.include('users: level one of free, paid: 1 rows fail, such as\n')
      expect(child.stderr).to.include('"user_id":2')
      expect(child.stderr).to.include('songplays: level one of free, paid: 1 rows fail')
      expect(await contentHash(knex)).to.equal(former)

      putEvents('2', { userId: '2', level: 'paid', sessionId: 2 })
      await new Child().done()
      expect(await contentHash(knex)).to.not.equal(former)
    })

    it('run by themselves exit with 3 where one fails, and with 0 where none does', async () => {
      await new Child(['audit']).done()
      await warehouse.knex.raw('delete from time')
      expect(await new Child(['audit', 'users']).ended).to.equal(0)
      const child = new Child(['audit'])
      expect(await child.ended).to.equal(3)
      expect(child.stderr).to.include('songplays: start_time in time: 2 rows fail, such as\n')
    })
  })
})

/** The audits that fail once a statement was run; it leaves nothing behind. */
async function failuresAfter(knex: Knex, sql: string) {
  const transaction = await knex.transaction()
  try {
    await transaction.raw(sql)
    return await audit(transaction, models, 'all')
  } finally {
    await transaction.rollback()
  }
}
