import type { Knex } from 'knex'

type Row = Record<string, string | number | null>

let item = 0

/** Replaces the staged events: each is a play of nobody in particular but for what is given. */
export async function stageEvents(knex: Knex, events: Row[]): Promise<void> {
  const rows = events.map((event) => ({ ...ordinaryEvent(), ...event }))
  await replace(knex, 'staging_events', rows)
}

/** Replaces the staged song records. */
export async function stageSongs(knex: Knex, songs: Row[]): Promise<void> {
  const rows = songs.map((song) => ({ ...ordinarySong, ...song }))
  await replace(knex, 'staging_songs', rows)
}

function ordinaryEvent(): Row {
  return {
    page: 'NextSong',
    ts: 1541105830796,
    session_id: 1,
    item_in_session: item++,
    user_id: 1,
    first_name: 'Ada',
    last_name: 'Lovelace',
    gender: 'F',
    level: 'free',
    location: 'London',
    user_agent: '"Mozilla"',
    song: 'No such song',
    artist: 'No such artist',
    length: 200,
    loaded_at: '2018-11-01 00:00:00',
  }
}

const ordinarySong: Row = {
  num_songs: 1,
  song_id: 'SO1',
  title: 'A song',
  artist_id: 'AR1',
  artist_name: 'An artist',
  artist_location: '',
  artist_latitude: null,
  artist_longitude: null,
  duration: 200,
  year: 0,
  loaded_at: '2018-11-01 00:00:00',
}

async function replace(knex: Knex, table: string, rows: Row[]): Promise<void> {
  await knex(table).del()
  for (const row of rows) await knex(table).insert(row)
}
