import { Random } from '../../lib/sample-data/random'
import { metros } from '../../lib/sample-data/vocabulary'
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

/** Plays before and after the clocks changed, in and beyond all time zones that places tell. */
export function playsEverywhere(): Star {
  const places = [
    ...metros,
    'Columbus, GA-AL',
    'Flagstaff, AZ',
    'London',
    'Paris, FR',
    'Ohio, ',
    '',
  ]
  const times = [
    '03-11 06:59',
    '03-11 07:30',
    '03-11 10:00',
    '11-04 05:59',
    '11-04 06:00',
    '07-01 00:00',
  ]
  const plays = places.flatMap((location) => times.map((time) => ({ location, time })))
  return starOfPlay(
    ...plays.map(({ location, time }, i) =>
      playOfNobody({
        songplay_id: String(i),
        start_time: `2018-${time}:00.000`,
        user_id: 1,
        location,
      }),
    ),
  )
}

/** Listeners whose first paid play came after so many days, at the edges of the ranges. */
export function upgradesAfter(...days: number[]): Star {
  const dayAfter = (day: number) => new Date(Date.UTC(2018, 10, 1 + day)).toISOString().slice(0, 10)
  const plays = days.flatMap((day, i) =>
    ['free', 'free', 'paid', 'free'].map((level, j) =>
      playOfNobody({
        songplay_id: String(4 * i + j),
        start_time: `${dayAfter(j < 2 ? 0 : day)} 00:00:0${j}.000`,
        user_id: i + 1,
        level,
      }),
    ),
  )
  const users = days.map((_, i) => ({
    user_id: i + 1,
    first_name: 'A',
    last_name: 'B',
    gender: null,
    level: 'free',
  }))
  return { ...starOfPlay(...plays), users }
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
