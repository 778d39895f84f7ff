import { expect } from 'chai'
import type { Knex } from 'knex'
import { auditAll, auditByRebuild, auditsOf, type AuditResult } from '../../../lib/load/audit'
import { buildModels, selectModels } from '../../../lib/load/refresh'
import { jsonPathsFile } from '../../../lib/sample-data/formats'
import { models } from '../../../models/index'
import type { Model } from '../../../models/model'
import { stageEvents, stageSongs } from '../../models/staged'
import { useCommands } from '../../scripts/command'
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

const difference = { added: 0, removed: 0, changed: 0, columns: {} }

/** What only a rebuild shows: wrong values, rows that nothing gives, rows that are not there. */
const differences = [
  {
    title: 'a value that is not what the model gives',
    sql: 'update time set week = 7',
    failures: [['time', { ...difference, changed: 2, columns: { week: 2 } }]],
  },
  {
    title: 'a value that is gone',
    sql: 'update songplays set song_id = null, artist_id = null where song_id is not null',
    failures: [['songplays', { ...difference, changed: 1, columns: { song_id: 1, artist_id: 1 } }]],
  },
  {
    title: 'a row that was inserted by hand',
    sql: "insert into users values (99, 'By', 'Hand', null, 'free')",
    failures: [['users', { ...difference, removed: 1 }]],
  },
  {
    title: 'rows that are gone',
    sql: "delete from songs where song_id = 'SO2'",
    failures: [['songs', { ...difference, added: 1 }]],
  },
]

describe('audits', () => {
  describe('of a model', () => {
    const warehouse = useWarehouse()

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
      const results = await auditAll(warehouse.knex, models)
      expect(results).to.have.length(models.flatMap(auditsOf).length)
      expect(results.filter(({ holds }) => !holds)).to.deep.equal([])
    })

    for (const model of models) {
      for (const { name } of auditsOf(model).filter(({ severity }) => severity !== 'warn')) {
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

  describe('by a rebuild', () => {
    const warehouse = useWarehouse()
    before(async () => {
      const { knex } = warehouse
      await stageEvents(knex, [
        { song: 'A song', artist: 'An artist' },
        { ts: 5, user_id: 2 },
      ])
      await stageSongs(knex, [{}, { song_id: 'SO2', artist_id: 'AR2' }])
      await buildModels(knex, 'up', [])
    })

    it('hold for what was built, and leave nothing behind', async () => {
      const { knex } = warehouse
      await knex.transaction(async (transaction) => {
        const results = await auditByRebuild(transaction, models)
        expect(results.map(({ model, holds }) => [model, holds])).to.deep.equal(
          models.map(({ name }) => [name, true]),
        )
        const { rows } = await transaction.raw<{ rows: unknown[] }>(
          "select nspname from pg_namespace where nspname like 'scratch%' union all select 'path' where current_schema() <> 'public'",
        )
        expect(rows).to.deep.equal([])
      })
    })

    for (const { title, sql, failures } of differences) {
      it(`find ${title}, which no other audit does`, async () => {
        expect(await failuresAfter(warehouse.knex, sql)).to.deep.equal([])
        const found = await failuresAfter(warehouse.knex, sql, auditByRebuild)
        expect(found.map(({ model, difference }) => [model, difference])).to.deep.equal(failures)
      })
    }

    it('count a row that stands there twice', async () => {
      const twice = 'insert into artists select * from artists where name is not null'
      const [failure, ...others] = await failuresAfter(warehouse.knex, twice, auditByRebuild)
      expect(others).to.deep.equal([])
      expect(failure!.difference).to.deep.equal({ added: 0, removed: 2, changed: 0, columns: {} })
      expect(failure!.examples).to.have.length(2)
    })

    it('build what a chosen model reads as well, and compare that one only', async () => {
      const sql = "update songplays set location = 'elsewhere'; update time set week = 1"
      const only = (knex: Knex) => auditByRebuild(knex, selectModels(['time']))
      const found = await failuresAfter(warehouse.knex, sql, only)
      expect(found.map(({ model }) => model)).to.deep.equal(['time'])
      expect(found[0]!.examples[0]!.row).to.deep.equal({
        start_time: '2018-11-01 20:57:10.796',
        table: { week: 1 },
        rebuild: { week: 44 },
      })
    })
  })

  describe('of a load', () => {
    const commands = useCommands()
    const putJson = (path: string, record: object) =>
      commands.put(`sparkify/${path}`, JSON.stringify(record))
    const putEvent = (name: string, given: object) => {
      const event = { page: 'NextSong', ts: 1541105830796, sessionId: 1, itemInSession: 0 }
      putJson(`log_data/${name}.json`, { ...event, ...given })
    }
    const contents = async () => ({
      ...(await commands.contents()),
      loads: await commands.rows("select count(*) from loads where state = 'loaded'"),
    })
    const succeeds = async (...words: string[]) => {
      const { code, stderr } = await commands.sparkify(words)
      expect(code, stderr).to.equal(0)
    }

    before(async () => {
      await commands.keepEngine()
      commands.put('sparkify/log_json_path.json', jsonPathsFile)
      const artist = { artist_id: 'AR1', artist_name: 'An artist' }
      putJson('song_data/1.json', { song_id: 'SO1', title: 'A song', ...artist })
      putEvent('1', { userId: '1', level: 'free' })
      await succeeds('run')
    })

    it('roll it back, exit with 3, and say what failed where; the mended file loads', async () => {
      const former = await contents()
      putEvent('2', { userId: '2', level: 'gold', sessionId: 2 })
      const { code, stderr } = await commands.sparkify(['run'])
      expect(code).to.equal(3)
      expect(stderr).to.include('users: level one of free, paid: 1 row fails, such as\n')
      expect(stderr).to.include('"user_id":2')
      expect(stderr).to.include('songplays: level one of free, paid: 1 row fails')
      expect(await contents()).to.deep.equal(former)

      putEvent('2', { userId: '2', level: 'paid', sessionId: 2 })
      await succeeds('run')
      expect(await contents()).to.not.deep.equal(former)
    })

    it('with --full-audit compare the star with its rebuild, and roll the load back where it differs', async () => {
      putEvent('3', { userId: '3', level: 'paid', sessionId: 3 })
      await commands.rows("insert into users values (99, 'By', 'Hand', null, 'free')")
      const former = await contents()
      const { code, stderr } = await commands.sparkify(['run', '--full-audit'])
      expect(code).to.equal(3)
      expect(stderr).to.include('users: equals its rebuild: 1 row fails (1 too many), such as\n')
      expect(stderr).to.include('"user_id":99').and.include('`sparkify model up users`')
      expect(await contents()).to.deep.equal(former)
      expect((await commands.sparkify(['audit', '--full', 'users'])).code).to.equal(3)

      await succeeds('model', 'up', 'users')
      const { stdout } = await commands.sparkify(['run', '--full-audit'])
      expect(stdout).to.include('audits hold. Each table equals its rebuild.\n')
      expect(await contents()).to.not.deep.equal(former)
      await succeeds('audit', '--full')
    })

    it('run by themselves exit with 3 where one fails, and with 0 where none does', async () => {
      await succeeds('audit')
      await commands.rows('delete from time')
      await succeeds('audit', 'users')
      const { code, stderr } = await commands.sparkify(['audit'])
      expect(code).to.equal(3)
      expect(stderr).to.include('songplays: start_time in time: 3 rows fail, such as\n')
    })
  })
})

/** The audits that fail once a statement was run; it leaves nothing behind. */
async function failuresAfter(
  knex: Knex,
  sql: string,
  run: (knex: Knex, tables: Model[]) => Promise<AuditResult[]> = auditAll,
) {
  const transaction = await knex.transaction()
  try {
    await transaction.raw(sql)
    return (await run(transaction, models)).filter(({ holds }) => !holds)
  } finally {
    await transaction.rollback()
  }
}
