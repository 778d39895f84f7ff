import type { EventRecord, Loaded, Row, SongRecord } from './records'
import { songplaysOf } from './songplays'
import { artistsOf, songsOf } from './songs'
import { timeOf } from './time'
import { usersOf } from './users'

/** The tables of the star, each with its rows in no order. */
export type Star = Record<'users' | 'songs' | 'artists' | 'songplays' | 'time', Row[]>

/**
 * The star that the rules of the design give for what is staged. Shares no code with the models: what
 * they say in SQL, this says in plain TypeScript.
 */
export function starOf(eventRecords: EventRecord[], songRecords: Loaded<SongRecord>[]): Star {
  const events = eventRecords.map(trimmed)
  const songs = songRecords.map(trimmed)
  const songplays = songplaysOf(events, songs)
  return {
    users: usersOf(events),
    songs: songsOf(songs),
    artists: artistsOf(songs),
    songplays,
    time: timeOf(songplays.map(({ start_time }) => start_time as string)),
  }
}

/** A record as it is staged: without the blanks at the end of its texts, and with other white space there. */
function trimmed<Record extends object>(record: Record): Record {
  const values = Object.entries(record).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' ? value.replace(/ +$/, '') : value,
  ])
  return Object.fromEntries(values) as Record
}
