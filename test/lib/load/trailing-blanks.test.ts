import { expect } from 'chai'
import { rowsOf, useWarehouse } from '../../warehouse'
import { event, putFile, putGoodFiles, song } from '../doctor/files'
import { load } from '../doctor/run-load'

const trim = '20261128000400_trim_staged_texts.ts'
const star = ['users', 'songs', 'artists', 'songplays', 'time']

describe('blanks at the end of texts', () => {
  const warehouse = useWarehouse()
  const knex = () => warehouse.knex

  const starRows = () =>
    Promise.all(star.map((table) => rowsOf(knex(), `select * from ${table} order by 1`)))

  const putFiles = (blanks: string) => {
    const play = { page: `NextSong${blanks}`, song: `A song${blanks}`, level: `free${blanks}` }
    putGoodFiles(warehouse.buckets)
    putFile(
      warehouse.buckets,
      'log_data/2018/11/good.json',
      event({ ...play, artist: 'An artist' }),
    )
    putFile(
      warehouse.buckets,
      'song_data/A/good.json',
      [
        song({ song_id: 'S1', artist_name: `An artist${blanks}` }),
        // Not the fullest: its title is none.
        song({ song_id: `S1${blanks}`, title: blanks, year: 1999 }),
        song({ song_id: 'S2', title: 'Kept\u00a0', artist_location: 'tab\t' }),
        song({ song_id: 'S3', title: `Kept \t${blanks}` }),
      ].join('\n'),
    )
  }

  beforeEach(async () => {
    for (const table of ['staging_events', 'staging_songs', 'loads', 'load_files', ...star])
      await knex()(table).del()
  })

  it('are cut off as they are staged, so that they make no other page, song or value', async () => {
    putFiles('  ')
    await load(knex())
    expect(await rowsOf(knex(), 'select song_id, level from songplays')).to.deep.equal([
      { song_id: 'S1', level: 'free' },
    ])
    expect(await rowsOf(knex(), 'select song_id, title, year from songs order by 1')).to.deep.equal(
      [
        { song_id: 'S1', title: 'A song', year: 2000 },
        { song_id: 'S2', title: 'Kept\u00a0', year: 2000 },
        { song_id: 'S3', title: 'Kept \t', year: 2000 },
      ],
    )
    expect(
      await rowsOf(knex(), "select title, artist_location from staging_songs where song_id = 'S2'"),
    ).to.deep.equal([{ title: 'Kept\u00a0', artist_location: 'tab\t' }])
  })

  it('are cut off rows that a former version staged, and the star is built from them', async () => {
    putFiles('')
    await load(knex())
    const expected = await starRows()
    await knex().migrate.down({ name: trim })
    await knex()('staging_events').update({ page: 'NextSong ', song: 'A song  ', level: 'free ' })
    await knex().raw(`update staging_songs set song_id = song_id || '  ', title = title || ' '
      where year = 1999 or song_id <> 'S1'`)
    await knex()('songplays').del()
    await knex()('songs').update({ title: 'Of former rows' })
    await knex().migrate.up({ name: trim })
    expect(
      await rowsOf(knex(), "select * from staging_songs where right(title, 1) = ' '"),
    ).to.deep.equal([])
    await load(knex())
    expect(await starRows()).to.deep.equal(expected)
  })
})
