import { expect } from 'chai'
import { buildModels, dependentsOf, selectModels } from '../../lib/load/refresh'
import { models } from '../../models/index'
import { rowsOf, useWarehouse } from '../warehouse'
import { stageEvents, stageSongs } from './staged'

describe('models', () => {
  const warehouse = useWarehouse()
  const contents = async () =>
    Promise.all(
      models.map(({ name, key }) =>
        rowsOf(warehouse.knex, `select * from ${name} order by ${key.join()}`),
      ),
    )

  before(async () => {
    await stageEvents(warehouse.knex, [
      { song: 'A song', artist: 'An artist' },
      { ts: 5 },
      { page: 'Home' },
    ])
    await stageSongs(warehouse.knex, [{}, { song_id: 'SO2', artist_id: 'AR2' }])
  })

  it('stand behind what they read', () => {
    const names = models.map(({ name }) => name)
    for (const { name, from } of models) {
      const read = from.filter((table) => names.includes(table))
      for (const table of read) expect(names.indexOf(table)).to.be.lessThan(names.indexOf(name))
    }
  })

  it('say their grain as "one row per …"', () => {
    for (const { grain } of models) expect(grain).to.match(/^one row per /)
  })

  it('bring along what depends on them', () => {
    const namesWith = (...names: string[]) => dependentsOf(names).map(({ name }) => name)
    expect(namesWith('songplays')).to.deep.equal(['songplays', 'time'])
    expect(namesWith('users')).to.deep.equal(['users'])
    expect(namesWith('staging_songs')).to.deep.equal(['songs', 'artists', 'songplays', 'time'])
  })

  it('are selected by what they are made from, staging tables included, and what is made from them', () => {
    const selected = (...patterns: string[]) => selectModels(patterns).map(({ name }) => name)
    expect(selected()).to.deep.equal(models.map(({ name }) => name))
    expect(selected('+time')).to.deep.equal(['songplays', 'time'])
    expect(selected('time', 'song*')).to.deep.equal(['songs', 'songplays', 'time'])
    expect(selected('staging_events+')).to.deep.equal(['users', 'songplays', 'time'])
  })

  it('that are excluded stay as they are, and those that depend on others cannot be', async () => {
    const { knex } = warehouse
    const built = await buildModels(knex, 'up', [], ['users', 'songplays+'])
    expect(built.map(({ name }) => name)).to.deep.equal(['songs', 'artists'])
    const before = await contents()
    const error: unknown = await buildModels(knex, 'down', ['songplays'], ['time']).catch(
      (reason: unknown) => reason,
    )
    expect(String(error)).to.contain(
      'time cannot be left out: it is made from songplays; exclude "songplays+".',
    )
    expect(await contents()).to.deep.equal(before)
  })

  for (const { name, key } of models) {
    it(`${name}: up twice, and down then up, give the same rows, their key unique`, async () => {
      const { knex } = warehouse
      await buildModels(knex, 'up', [])
      const first = await contents()
      await buildModels(knex, 'up', [name])
      expect(await contents()).to.deep.equal(first)
      await buildModels(knex, 'down', [name])
      expect(await rowsOf(knex, `select * from ${name}`)).to.deep.equal([])
      await buildModels(knex, 'up', [name])
      expect(await contents()).to.deep.equal(first)
      const twice = `select 1 from ${name} group by ${key.join()} having count(*) > 1`
      expect(await rowsOf(knex, twice)).to.deep.equal([])
    })
  }

  it('of the project have rows for what is staged here', async () => {
    await buildModels(warehouse.knex, 'up', [])
    for (const name of ['users', 'songs', 'artists', 'songplays', 'time'])
      expect(await rowsOf(warehouse.knex, `select * from ${name}`), name).to.not.deep.equal([])
  })

  it('all or none: a failure leaves every table as it was', async () => {
    const { knex } = warehouse
    await buildModels(knex, 'up', [])
    const before = await contents()
    await knex.raw('alter table time rename to time_away')
    const error: unknown = await buildModels(knex, 'down', []).catch((reason: unknown) => reason)
    await knex.raw('alter table time_away rename to time')
    expect(error).to.be.instanceOf(Error)
    expect(await contents()).to.deep.equal(before)
  })

  it('refuse a name that is none, with those that are', async () => {
    const error: unknown = await buildModels(warehouse.knex, 'up', ['song']).catch(
      (reason: unknown) => reason,
    )
    expect(String(error))
      .to.contain('no model "song": did you mean "songs"?')
      .and.contain('users, songs, artists, songplays, time')
  })
})
