import { Random } from '../../lib/sample-data/random'
import { randomFile } from '../histories/files'
import type { Row } from '../oracle/records'
import { type Star, starOf } from '../oracle/star'
import { timeOf } from '../oracle/time'

export const emptyStar: Star = { users: [], songs: [], artists: [], songplays: [], time: [] }

/** One play of a known song. */
export const onePlay = starOfPlay({
  songplay_id: '1',
  start_time: '2018-11-01 20:57:10.796',
  user_id: 1,
  level: 'free',
  song_id: 'SO1',
  artist_id: 'AR1',
  session_id: 1,
  location: 'London',
  user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:63.0) Gecko/20100101 Firefox/63.0',
})

/** One play of which nothing is known but when it was, and one of a user and a song without a name. */
export const onlyNulls: Star = {
  ...starOfPlay(
    playOfNobody({ songplay_id: '1' }),
    playOfNobody({ songplay_id: '2', user_id: 1, song_id: 'SO1', artist_id: 'AR1' }),
  ),
  users: [{ user_id: 1, first_name: null, last_name: null, gender: null, level: null }],
  songs: [{ song_id: 'SO1', title: null, artist_id: null, year: null, duration: null }],
  artists: [{ artist_id: 'AR1', name: null, location: null, latitude: null, longitude: null }],
}

/** A star of few users, songs and moments, so that everything meets and ties. */
export function randomStar(seed: number): Star {
  const random = new Random(seed, 1)
  const files = Array.from({ length: 12 }, () => [
    randomFile(random, 'log_data', 'log'),
    randomFile(random, 'song_data', 'song'),
  ]).flat()
  return starOf(
    files.flatMap((file) => (file.kind === 'log_data' ? file.records : [])),
    files.flatMap((file, load) =>
      file.kind === 'song_data' ? file.records.map((record) => ({ ...record, load })) : [],
    ),
  )
}

function starOfPlay(...songplays: Row[]): Star {
  return {
    users: [{ user_id: 1, first_name: 'Ada', last_name: 'Lovelace', gender: 'F', level: 'free' }],
    songs: [{ song_id: 'SO1', title: 'A song', artist_id: 'AR1', year: null, duration: 200.5 }],
    artists: [{ artist_id: 'AR1', name: 'A', location: '', latitude: null, longitude: null }],
    songplays,
    time: timeOf(songplays.map(({ start_time }) => start_time as string)),
  }
}

function playOfNobody(play: Row): Row {
  const nothing = { user_id: null, level: null, song_id: null, artist_id: null }
  const nowhere = { session_id: 1, location: null, user_agent: null }
  return { start_time: '2018-12-30 23:59:59.999', ...nothing, ...nowhere, ...play }
}
