import type { Knex } from 'knex'
import { asPrefix } from './settings'
import { settingsOf } from './warehouse'

/** A staging table and the files that fill it. */
export interface Source {
  table: string
  /** The columns in the order that the JSONPaths file has them, where there is one. */
  columns: string[]
  /** The s3:// prefix of the files. */
  from: string
  /** What COPY is told of their JSON: a JSONPaths file's URL, or 'auto'. */
  json: string
}

/** JSONPaths are positional: these columns stand in the order of the paths. */
const eventColumns = [
  'artist',
  'auth',
  'first_name',
  'gender',
  'item_in_session',
  'last_name',
  'length',
  'level',
  'location',
  'method',
  'page',
  'registration',
  'session_id',
  'song',
  'status',
  'ts',
  'user_agent',
  'user_id',
]

/** The names of the columns are the keys of the song files. */
const songColumns = [
  'num_songs',
  'artist_id',
  'artist_latitude',
  'artist_longitude',
  'artist_location',
  'artist_name',
  'song_id',
  'title',
  'duration',
  'year',
]

export function eventSource(knex: Knex): Source {
  const { LOG_DATA, LOG_JSONPATH } = settingsOf(knex)
  const from = asPrefix(LOG_DATA)
  return { table: 'staging_events', columns: eventColumns, from, json: LOG_JSONPATH }
}

export function songSource(knex: Knex): Source {
  const from = asPrefix(settingsOf(knex).SONG_DATA)
  return { table: 'staging_songs', columns: songColumns, from, json: 'auto' }
}

/** All sources, in the order that they are staged. */
export const sources = (knex: Knex): Source[] => [eventSource(knex), songSource(knex)]
