import { rmSync } from 'node:fs'
import { expect } from 'chai'
import { listLoads } from '../../../lib/load/ledger'
import { plan } from '../../../lib/load/plan'
import { undo } from '../../../lib/load/undo'
import { contentHash } from '../../kills/content'
import { rowsOf, useWarehouse } from '../../warehouse'
import { event, putFile, putGoodFiles, song } from '../doctor/files'
import { failureOf, load } from '../doctor/run-load'

const reload = { reload: true }

describe('a changed file that is loaded again', () => {
  const warehouse = useWarehouse()
  const put = (name: string, ...songs: object[]) =>
    putFile(warehouse.buckets, `song_data/${name}.json`, songs.map(song).join('\n'))
  const titles = async () =>
    Object.fromEntries(
      (await rowsOf(warehouse.knex, 'select song_id, title from songs')).map((row) => [
        row.song_id,
        row.title,
      ]),
    ) as Record<string, string>
  /** State, files and staged rows of each load, the first one first. */
  const loads = async () =>
    (await listLoads(warehouse.knex))
      .reverse()
      .map(({ state, files, staged }) => [state, files, staged])
  const replacedTables = () =>
    rowsOf(
      warehouse.knex,
      "select distinct tablename from pg_table_def where tablename like 'staging_%_replaced'",
    )

  beforeEach(async () => {
    const { knex, buckets } = warehouse
    putGoodFiles(buckets)
    await knex.migrate.rollback(undefined, true)
    await knex.migrate.latest()
  })

  it('takes only its own rows along: an unrelated song of its load keeps its rank', async () => {
    const { knex } = warehouse
    put('x', { song_id: 'SX', title: 'Old title' })
    put('y', { song_id: 'SY', title: 'Y' })
    await load(knex)
    put('x2', { song_id: 'SX', title: 'New title' })
    await load(knex)
    put('y', { song_id: 'SY', title: 'Another Y' })
    const before = await contentHash(knex)
    expect(await load(knex, reload)).to.equal(
      'staging_songs: 1 changed file in place of 1 former row, which `sparkify undo` puts back',
    )
    expect(await titles()).to.include({ SX: 'New title', SY: 'Another Y' })
    expect(await loads()).to.deep.equal([
      ['loaded', 3, 3],
      ['loaded', 1, 1],
      ['loaded', 1, 1],
    ])
    const undone = await undo(knex)
    expect(undone!.files).to.deep.equal({
      removed: ['s3://sparkify/song_data/y.json'],
      returned: ['s3://sparkify/song_data/y.json'],
    })
    expect(undone!.tables.filter(({ removed, added }) => removed + added > 0)).to.deep.equal([
      { name: 'staging_songs', removed: 1, added: 1 },
      { name: 'songs', removed: 1, added: 1 },
      { name: 'artists', removed: 1, added: 1 },
    ])
    expect(await contentHash(knex)).to.equal(before)
    expect(await replacedTables()).to.deep.equal([])
    expect((await plan(knex)).sources[1]!.changed).to.have.length(1)
  })

  it('may be all of its load, and one of several loads at once; undo goes back one by one', async () => {
    const { knex, buckets } = warehouse
    const states = [await contentHash(knex)]
    const loadAs = async (options: object) => {
      await load(knex, options)
      states.push(await contentHash(knex))
    }
    put('a', { title: '1' }, { title: '1' }, { title: '2' })
    put('b', { title: '1' }, { song_id: 'SO2', title: '' })
    await loadAs({})
    putFile(buckets, 'log_data/2.json', event({ ts: 1541106206796, song: '1' }))
    put('c', { song_id: 'SO3' })
    await loadAs({})
    put('a', { title: '1' })
    put('c', { song_id: 'SO4', title: 'four' })
    await loadAs(reload)
    putFile(buckets, 'log_data/2.json', event({ ts: 1541106306796, song: 'four' }))
    put('a', { title: 'one' })
    put('d', { song_id: 'SO5' })
    await loadAs(reload)
    put('a', { title: 'never loaded' })
    expect(await loads()).to.deep.equal([
      ['loaded', 3, 4],
      ['reloaded', 0, 0],
      ['loaded', 1, 1],
      ['loaded', 3, 3],
    ])
    expect(await replacedTables()).to.have.length(2)
    states.pop()
    while (states.length > 0) {
      await undo(knex)
      expect(await contentHash(knex)).to.equal(states.pop())
    }
    expect(await undo(knex)).to.equal(undefined)
    expect(await replacedTables()).to.deep.equal([])
    expect(await rowsOf(knex, 'select * from load_files_replaced')).to.deep.equal([])
  })

  it('is refused where another file of its load is gone, or gives other rows than it did', async () => {
    const { knex } = warehouse
    const path = put('x', { song_id: 'SX' })
    put('y', { song_id: 'SY' })
    await load(knex)
    put('y', { song_id: 'SY', title: 'changed' })
    rmSync(path)
    expect((await failureOf(knex, reload)).message).to.match(/song_data\/x.json no longer exists/)
    put('x', { song_id: 'SX' })
    await rowsOf(knex, "update staging_songs set year = 1 where song_id = 'SO9'")
    const { message } = await failureOf(knex, reload)
    expect(message).to.match(/good.json, and give other rows for staging_songs than they did/)
    expect(await rowsOf(knex, 'select * from loads')).to.have.length(1)
  })

  it('is told from others whose bad rows were skipped, which are skipped again', async () => {
    const { knex } = warehouse
    put('x', { song_id: 'SX' }, { year: 'x' }, { year: 'y' })
    put('y', { song_id: 'SY' })
    await load(knex, { maxErrors: 3 })
    put('y', { song_id: 'SY', title: 'changed' })
    const before = await contentHash(knex)
    await load(knex, reload)
    expect(await titles()).to.have.all.keys('SX', 'SY', 'SO9')
    await undo(knex)
    expect(await contentHash(knex)).to.equal(before)
  })

  it('and does not load keeps its former rows in quarantine, until it does load', async () => {
    const { knex } = warehouse
    put('x', { song_id: 'SX' })
    put('y', { song_id: 'SY' })
    await load(knex)
    put('z', { song_id: 'SZ' })
    await load(knex)
    const before = await titles()
    put('x', { song_id: 'SX', title: 'changed' })
    put('y', { song_id: 'SY', title: 'bad', year: 'x' })
    put('z', { song_id: 'SZ', title: 'mended' })
    const notices = await load(knex, { reload: true, quarantine: true })
    expect(notices).to.match(/y.json is quarantined until it changes; its former rows stay: line 1/)
    expect(notices).to.match(
      /x.json has changed: its former rows stay until s3:.*y.json, of the same load/,
    )
    expect(await titles()).to.deep.equal({ ...before, SZ: 'mended' })
    const [{ quarantined } = {}] = (await plan(knex)).sources.slice(1)
    expect(quarantined!.map(({ url, hasFormerRows }) => [url, hasFormerRows])).to.deep.equal([
      ['s3://sparkify/song_data/y.json', true],
    ])
    put('y', { song_id: 'SY', title: 'good again' })
    await load(knex, { reload: true, quarantine: true })
    expect(await titles()).to.include({ SX: 'changed', SY: 'good again', SZ: 'mended' })
    await undo(knex)
    await undo(knex)
    expect(await titles()).to.deep.equal(before)
  })

  it('finds its former rows also where a migration changed the staging table since', async () => {
    const { knex } = warehouse
    put('y', { song_id: 'SY' })
    await load(knex)
    const before = await rowsOf(knex, 'select * from staging_songs order by song_id')
    put('y', { song_id: 'SY', title: 'changed' })
    await load(knex, reload)
    await rowsOf(knex, 'alter table staging_songs add column label varchar(64)')
    put('y', { song_id: 'SY', title: 'changed again' })
    await load(knex, reload)
    await undo(knex)
    await rowsOf(knex, 'alter table staging_songs drop column label')
    await undo(knex)
    expect(await rowsOf(knex, 'select * from staging_songs order by song_id')).to.deep.equal(before)
  })

  it('as a former version left it is counted by its files, and a load of none is none', async () => {
    const { knex } = warehouse
    const step = '20261128000300_add_max_errors_to_loads.ts'
    await knex.migrate.down({ name: step })
    const enter = (load: string, files: number, staged: number) =>
      rowsOf(
        knex,
        `insert into loads values ('${load}', '${load}', 'loaded', ${files}, 99, ${staged}, '{}', 1, 'me', 'here')`,
      )
    await enter('2026-01-01', 2, 2)
    await enter('2026-01-02', 1, 1)
    await enter('2026-01-03', 0, 0)
    const file = (name: string, load: string) =>
      rowsOf(
        knex,
        `insert into load_files (url, etag, size, table_name, loaded_at)
        values ('s3://sparkify/song_data/${name}.json', 'e', 7, 'staging_songs', '${load}')`,
      )
    await file('x', '2026-01-01')
    await file('y', '2026-01-02')
    await rowsOf(
      knex,
      `insert into staging_songs (song_id, loaded_at)
      values ('SX', '2026-01-01'), ('SY', '2026-01-02')`,
    )
    await knex.migrate.latest()
    expect(await loads()).to.deep.equal([
      ['loaded', 1, 1],
      ['loaded', 1, 1],
    ])
    expect(
      (await listLoads(knex)).map(({ bytes, max_errors }) => [bytes, max_errors]),
    ).to.deep.equal([
      [99, null],
      [7, null],
    ])
  })
})
