import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import type { Knex } from 'knex'
import { audit, auditsOf } from '../../../lib/load/audit'
import { buildModels } from '../../../lib/load/refresh'
import { models } from '../../../models/index'
import { put, reset } from '../../histories/warehouse'
import { Child } from '../../kills/child'
import { contentHash } from '../../kills/content'
import { stageEvents, stageSongs } from '../../models/staged'
import { useWarehouse } from '../../warehouse'

/** For every audit, a statement that makes it fail, and how many rows then do. */
export const breaks: Record<string, { sql: string; count: number }> = {
  'users: unique user_id': { sql: 'insert into users select * from users', count: 2 },
  'users: level not null': { sql: 'update users set level = null where user_id = 1', count: 1 },
  'users: level one of free, paid': { sql: "update users set level = 'gold'", count: 2 },

  'songs: unique song_id': { sql: 'insert into songs select * from songs', count: 2 },
  'songs: title not null': { sql: 'update songs set title = null', count: 2 },
  'songs: artist_id in artists': { sql: "delete from artists where artist_id = 'AR1'", count: 1 },
  'songs: duration within 0 and 86400': { sql: 'update songs set duration = -0.5', count: 2 },

  'artists: unique artist_id': { sql: 'insert into artists select * from artists', count: 2 },
  'artists: name not null': {
    sql: "update artists set name = null where artist_id = 'AR1'",
    count: 1,
  },
  'artists: latitude within -90 and 90': { sql: 'update artists set latitude = 90.5', count: 2 },
  'artists: longitude within -180 and 180': {
    sql: 'update artists set longitude = -181',
    count: 2,
  },

  'songplays: unique songplay_id': {
    sql: 'insert into songplays select * from songplays',
    count: 8,
  },
  'songplays: level one of free, paid': { sql: "update songplays set level = ''", count: 8 },
  'songplays: user_id in users': { sql: 'delete from users where user_id = 2', count: 1 },
  'songplays: song_id in songs': { sql: "delete from songs where song_id = 'SO1'", count: 1 },
  'songplays: artist_id in artists': {
    sql: "update songplays set artist_id = 'AR9' where song_id = 'SO1'",
    count: 1,
  },
  'songplays: start_time in time': { sql: 'delete from time', count: 8 },
  'songplays: as many plays as NextSong events of a session, each counted once': {
    sql: 'delete from songplays where session_id = 2',
    count: 1,
  },

  'time: unique start_time': { sql: 'insert into time select * from time', count: 8 },
  'time: start_time in songplays': { sql: 'delete from songplays where session_id = 1', count: 7 },
  'time: hour within 0 and 23': { sql: 'update time set hour = 24', count: 8 },
  'time: weekday within 0 and 6': { sql: 'update time set weekday = -1', count: 8 },
}

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
