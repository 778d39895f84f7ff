import { ascending, by, descending, firstOfEach } from './order'
import type { Loaded, Row, SongRecord, Value } from './records'

type Song = Loaded<SongRecord>

const isKnown = (value: Value): boolean => value !== null && value !== ''

const yearOf = ({ year }: SongRecord) => (year === 0 ? null : year)

const fullness = (...values: Value[]): number => values.filter(isKnown).length

const choiceOfSong = by<Song>(
  descending(({ load }) => load),
  descending((song) => fullness(song.title, song.artist_id, yearOf(song), song.duration)),
  ascending(({ title }) => title),
  ascending(({ artist_id }) => artist_id),
  ascending(({ year }) => year),
  ascending(({ duration }) => duration),
  ascending(({ artist_name }) => artist_name),
)

const choiceOfArtist = by<Song>(
  descending(({ load }) => load),
  descending((song) =>
    fullness(song.artist_name, song.artist_location, song.artist_latitude, song.artist_longitude),
  ),
  ascending(({ artist_name }) => artist_name),
  ascending(({ artist_location }) => artist_location),
  ascending(({ artist_latitude }) => artist_latitude),
  ascending(({ artist_longitude }) => artist_longitude),
)

/** The record of each song that counts: the latest load's, the fullest, the smallest by value. */
export function countingRecords(records: Song[]): Song[] {
  return firstOfEach(records, ({ song_id }) => song_id, choiceOfSong)
}

/** One row per song. */
export function songsOf(records: Song[]): Row[] {
  return countingRecords(records).map((song) => ({
    song_id: song.song_id,
    title: song.title,
    artist_id: song.artist_id,
    year: yearOf(song),
    duration: song.duration,
  }))
}

/** One row per artist. */
export function artistsOf(records: Song[]): Row[] {
  const ofSomebody = records.filter(({ artist_id }) => artist_id !== null)
  return firstOfEach(ofSomebody, ({ artist_id }) => artist_id!, choiceOfArtist).map((song) => ({
    artist_id: song.artist_id,
    name: song.artist_name,
    location: song.artist_location,
    latitude: song.artist_latitude,
    longitude: song.artist_longitude,
  }))
}
