import { rmSync } from 'node:fs'
import { expect } from 'chai'
import { rowsOf, useWarehouse } from '../../warehouse'
import { event, putFile, putGoodFiles, song } from '../doctor/files'
import { failureOf, load } from '../doctor/run-load'

const badSong = 'song_data/A/bad.json'
const entered = "select url, state, reason from load_files where state = 'quarantined' order by url"

describe('bad files', () => {
  const warehouse = useWarehouse()

  beforeEach(async () => {
    const { knex, buckets } = warehouse
    putGoodFiles(buckets)
    await knex.migrate.rollback(undefined, true)
    await knex.migrate.latest()
  })

  it('stop a load, and nothing changes, also not of an earlier load', async () => {
    const { knex, buckets } = warehouse
    await load(knex)
    const before = await rowsOf(knex, 'select * from songplays')
    putFile(buckets, 'log_data/2018/12/new.json', event({ ts: 1543600000000 }))
    putFile(buckets, badSong, '{"song_id": 1')
    expect((await failureOf(knex)).message).to.match(/Load into table 'staging_songs' failed/)
    expect(await rowsOf(knex, 'select * from songplays')).to.deep.equal(before)
    expect(await rowsOf(knex, 'select * from staging_events')).to.have.length(1)
    expect(await rowsOf(knex, 'select * from load_files')).to.have.length(2)
  })

  it('are loaded without their bad rows where so many are tolerated, and that is said', async () => {
    const { knex, buckets } = warehouse
    const rows = [song({ year: 'x' }), song({ song_id: 'SO2' }), song({ duration: 'y' })]
    putFile(buckets, badSong, rows.join('\n'))
    await failureOf(knex, { maxErrors: 1 })
    expect(await rowsOf(knex, 'select * from staging_songs')).to.deep.equal([])
    const notices = await load(knex, { maxErrors: 2 })
    expect(notices).to.match(/staging_songs: 2 rows were rejected; `sparkify errors`/)
    expect(await rowsOf(knex, 'select song_id from staging_songs')).to.have.length(2)
  })

  it('are put in quarantine, the rest is loaded, and they are not tried again', async () => {
    const { knex, buckets } = warehouse
    putFile(buckets, badSong, `${song({})}\n${song({ year: 'x' })}`)
    putFile(buckets, 'song_data/B/cut.json', '{"song_id": "SO3"')
    const notices = await load(knex, { quarantine: true })
    expect(notices).to.match(/bad.json is quarantined until it changes: line 2: year: Invalid/)
    const quarantined = await rowsOf(knex, entered)
    expect(quarantined.map(({ url }) => url)).to.deep.equal([
      `s3://sparkify/${badSong}`,
      's3://sparkify/song_data/B/cut.json',
    ])
    expect(quarantined[0]!.reason).to.equal(
      "line 2: year: Invalid digit, Value 'x', Pos 0, Type: Integer",
    )
    expect(await rowsOf(knex, 'select song_id from staging_songs')).to.deep.equal([
      { song_id: 'SO9' },
    ])
    expect(await load(knex)).to.equal('')
    expect(await rowsOf(knex, 'select * from loads')).to.have.length(1)
  })

  it('are loaded once they changed, and are known as loaded then', async () => {
    const { knex, buckets } = warehouse
    putFile(buckets, badSong, '{"song_id": "SO3"')
    await load(knex, { quarantine: true })
    putFile(buckets, badSong, song({ song_id: 'SO3' }))
    await load(knex)
    expect(await rowsOf(knex, entered)).to.deep.equal([])
    const songs = await rowsOf(knex, 'select song_id from staging_songs order by song_id')
    expect(songs).to.deep.equal([{ song_id: 'SO3' }, { song_id: 'SO9' }])
  })

  it('in quarantine are not missed when they are removed', async () => {
    const { knex, buckets } = warehouse
    const path = putFile(buckets, badSong, '{"song_id": "SO3"')
    await load(knex, { quarantine: true })
    rmSync(path)
    expect(await load(knex)).to.equal('')
  })

  it('with more errors than the log holds are all found', async () => {
    const { knex, buckets } = warehouse
    const many = Array.from({ length: 70 }, () => song({ year: 'x' })).join('\n')
    for (const name of ['B/1', 'B/2', 'B/3', 'B/4'])
      putFile(buckets, `song_data/${name}.json`, many)
    await load(knex, { quarantine: true })
    expect(await rowsOf(knex, entered)).to.have.length(4)
    expect(await rowsOf(knex, 'select * from staging_songs')).to.have.length(1)
  })

  it('are named as they came, also when they were put together', async () => {
    const { knex, buckets } = warehouse
    putFile(buckets, badSong, `${song({})}\n${song({ year: 'x' })}`)
    putFile(buckets, 'song_data/A/after.json', song({ song_id: 'SO3' }))
    const { notices } = await failureOf(knex, { compact: true })
    expect(notices).to.match(/1\. year: Invalid digit[^]*song_data\/A\/bad\.json, line 2: "x"/)
    await load(knex, { compact: true, quarantine: true })
    expect(await rowsOf(knex, entered)).to.have.length(1)
    expect(await rowsOf(knex, 'select * from staging_songs')).to.have.length(2)
  })

  it('that fail without naming a row are found by halving', async () => {
    const { knex, buckets } = warehouse
    for (const name of ['1', '2', '3', '4', '5'])
      putFile(buckets, `song_data/B/${name}.json`, song({ song_id: `SO${name}` }))
    // Gone when COPY comes: each manifest that names it fails as a whole.
    const vanish = ({ sql }: { sql: string }) => {
      if (sql.startsWith('create temp table staging_songs_trial'))
        rmSync(`${buckets}/sparkify/song_data/B/4.json`, { force: true })
    }
    knex.on('query', vanish)
    await load(knex, { quarantine: true }).finally(() => knex.removeListener('query', vanish))
    expect(await rowsOf(knex, entered)).to.deep.equal([
      {
        url: 's3://sparkify/song_data/B/4.json',
        state: 'quarantined',
        reason:
          'Mandatory url is not present in manifest file\nThere is no s3://sparkify/song_data/B/4.json.',
      },
    ])
    expect(await rowsOf(knex, 'select * from staging_songs')).to.have.length(5)
  })

  it('are not made of good ones by a wrong JSONPaths file', async () => {
    const { knex, buckets } = warehouse
    putFile(buckets, 'log_json_path.json', '{"jsonpaths": ["$.artist"]}')
    expect((await failureOf(knex, { quarantine: true })).message).to.match(/Number of jsonpaths/)
    expect(await rowsOf(knex, entered)).to.deep.equal([])
  })

  it('may be all that came', async () => {
    const { knex, buckets } = warehouse
    await load(knex)
    putFile(buckets, badSong, 'no JSON')
    expect(await load(knex, { quarantine: true })).to.match(/bad.json is quarantined/)
    expect(await rowsOf(knex, entered)).to.have.length(1)
    expect(await load(knex, { quarantine: true })).to.equal('')
  })

  it('alone are no first load', async () => {
    const { knex, buckets } = warehouse
    putFile(buckets, 'song_data/A/good.json', 'no JSON')
    const { message } = await failureOf(knex, { quarantine: true })
    expect(message).to.match(/The only new file of s3:\/\/sparkify\/song_data\/ loads into/)
    expect(await rowsOf(knex, 'select * from load_files')).to.deep.equal([])
  })
})
