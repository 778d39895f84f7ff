import { expect } from 'chai'
import { songplays } from '../../models/songplays'
import { rowsOf, useWarehouse } from '../warehouse'
import { stageEvents, stageSongs } from './staged'

type Rows = Parameters<typeof stageEvents>[1]

describe('songplays', () => {
  const warehouse = useWarehouse()
  const build = async (events: Rows, songs: Rows = []) => {
    await stageEvents(warehouse.knex, events)
    await stageSongs(warehouse.knex, songs)
    await songplays.up(warehouse.knex)
    return rowsOf(warehouse.knex, 'select * from songplays order by start_time, songplay_id')
  }

  it('are the NextSong events, to the millisecond', async () => {
    const rows = await build([{ ts: 1541105830796, session_id: 38 }, { page: 'Home' }])
    expect(rows).to.have.length(1)
    expect(rows[0]).to.include({
      start_time: '2018-11-01 20:57:10.796',
      user_id: 1,
      level: 'free',
      song_id: null,
      artist_id: null,
      session_id: 38,
      location: 'London',
      user_agent: '"Mozilla"',
    })
  })

  it('stay without a song, and without a user', async () => {
    const [row] = await build([{ user_id: null }], [{ title: 'Another' }])
    expect(row).to.include({ user_id: null, song_id: null })
  })

  it('match a song on title and artist name, not on one of them', async () => {
    const play = { song: 'Élan', artist: "O'Neil" }
    const rows = await build(
      [play],
      [
        { song_id: 'SO1', title: 'Élan', artist_name: 'Another' },
        { song_id: 'SO2', title: 'Another', artist_name: "O'Neil" },
        { song_id: 'SO3', title: 'Élan', artist_name: "O'Neil", artist_id: 'AR3' },
      ],
    )
    expect(rows.map(({ song_id, artist_id }) => [song_id, artist_id])).to.deep.equal([
      ['SO3', 'AR3'],
    ])
  })

  it('are never multiplied: of several songs the nearest in duration counts, then the smallest id', async () => {
    const play = { song: 'A song', artist: 'An artist', length: 200 }
    const near = { song_id: 'SO9', duration: 201 }
    const far = { song_id: 'SO1', duration: 300 }
    expect((await build([play], [far, near])).map((row) => row.song_id)).to.deep.equal(['SO9'])
    const twins = [
      { song_id: 'SO5', duration: 190 },
      { song_id: 'SO4', duration: 210 },
    ]
    expect((await build([play], twins)).map((row) => row.song_id)).to.deep.equal(['SO4'])
    const unknown = [
      { song_id: 'SO1', duration: null },
      { song_id: 'SO2', duration: 900 },
    ]
    expect((await build([play], unknown)).map((row) => row.song_id)).to.deep.equal(['SO2'])
  })

  it('choose among durations at their five decimals, without the noise of floating point', async () => {
    const songs = (...durations: number[]) =>
      durations.map((duration, index) => ({ song_id: `SO${index + 1}`, duration }))
    for (const [length, ...durations] of [
      [100.2, 100.1, 100.3],
      [100.2, 100.3, 100.1],
      [248.5, 248.39999, 248.60001],
    ] as const) {
      const play = { song: 'A song', artist: 'An artist', length }
      const [row] = await build([play], songs(...durations))
      expect(row?.song_id, `${length}: ${durations.join(', ')}`).to.equal('SO1')
    }
    const play = { song: 'A song', artist: 'An artist', length: 248.5 }
    const [nearest] = await build([play], songs(248.49998, 248.50001, 1.7e308))
    expect(nearest?.song_id).to.equal('SO2')
  })

  it('begin at the millisecond that ts says, however far off', async () => {
    const moments = [253402300799999, -1, -62135596799999, 0, 1541105830796, 4102444799999]
    const rows = await build(moments.map((ts) => ({ ts })))
    const written = moments.map((ts) => new Date(ts).toISOString().replace('T', ' ').slice(0, -1))
    expect(rows.map(({ start_time }) => start_time)).to.deep.equal(
      written.map((text) => text.replace(/\.000$/, '')).sort(),
    )
  })

  it('match a song as its latest record has it', async () => {
    const play = { song: 'Old title', artist: 'An artist' }
    const records = [
      { title: 'Old title', loaded_at: '2018-11-01' },
      { title: 'New title', loaded_at: '2018-11-02' },
    ]
    expect((await build([play], records))[0]?.song_id).to.equal(null)
  })

  it('are one for an event delivered twice, and keep their id in any order', async () => {
    const plays = [
      { ts: 1, session_id: 5, item_in_session: 0 },
      { ts: 2, session_id: 5, item_in_session: 1 },
      { ts: 2, session_id: 6, item_in_session: 1 },
      { ts: 2, session_id: 6, item_in_session: 1, user_id: 2 },
    ]
    const rows = await build(plays)
    expect(rows).to.have.length(4)
    const again = await build([
      ...plays.toReversed(),
      ...plays.map((play) => ({ ...play, loaded_at: '2019-01-01' })),
    ])
    expect(again).to.deep.equal(rows)
  })
})
