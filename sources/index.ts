import type { Knex } from 'knex'
import { settingsOf } from '../lib/warehouse/connect'
import { describe } from '../lib/warehouse/errors'
import { asPrefix } from '../lib/warehouse/settings'
import type { Table } from '../lib/warehouse/tables'

const loadedAt: Table['columns'] = {
  loaded_at: ['timestamp', 'the load that the row is of: loads.loaded_at'],
}

/** JSONPaths are positional: these columns stand in the order of the paths. */
const stagingEvents = {
  name: 'staging_events',
  grain: 'one row per logged event, as the JSON has it',
  from: ['LOG_DATA'],
  columns: {
    artist: ['varchar(1024)', 'the artist that was played; NULL where the page plays nothing'],
    auth: ['varchar(32)', 'whether the user was logged in, as the app says it'],
    first_name: ['varchar(256)', 'the first name of the user; NULL for nobody known'],
    gender: ['varchar(8)', 'F or M; NULL for nobody known'],
    item_in_session: ['integer', 'the place of the event in its session, from 0'],
    last_name: ['varchar(256)', 'the last name of the user; NULL for nobody known'],
    length: [
      'double precision',
      'of the song that was played, in seconds; NULL where the page plays nothing',
    ],
    level: ['varchar(16)', 'free or paid, at the time of the event'],
    location: ['varchar(1024)', 'where the user was'],
    method: ['varchar(16)', 'the HTTP method of the request'],
    page: ['varchar(64)', 'what the user did; NextSong is a song play'],
    registration: ['double precision', 'when the user registered, in milliseconds since 1970, UTC'],
    session_id: ['integer', 'the session of the event'],
    song: ['varchar(1024)', 'the title that was played; NULL where the page plays nothing'],
    status: ['integer', 'the HTTP status of the answer'],
    ts: ['bigint', 'when it happened, in milliseconds since 1970, UTC'],
    user_agent: ['varchar(1024)', "the user's browser, as it names itself"],
    user_id: ['integer', 'the user; NULL for nobody known'],
    ...loadedAt,
  },
} satisfies Table

/** The names of the columns are the keys of the song files. */
const stagingSongs = {
  name: 'staging_songs',
  grain: 'one row per song record, as the JSON has it',
  from: ['SONG_DATA'],
  columns: {
    num_songs: ['integer', 'songs in the record: always 1'],
    artist_id: ['varchar(32)', 'the artist, as the metadata names it'],
    artist_latitude: ['double precision', 'degrees north; NULL where unknown'],
    artist_longitude: ['double precision', 'degrees east; NULL where unknown'],
    artist_location: ['varchar(1024)', 'where the artist is from, in words; may be empty'],
    artist_name: ['varchar(1024)', 'the name of the artist'],
    song_id: ['varchar(32)', 'the song, as the metadata names it'],
    title: ['varchar(1024)', 'the title of the song'],
    duration: ['double precision', 'its length in seconds'],
    year: ['integer', 'the year of its release; 0 where unknown'],
    ...loadedAt,
  },
} satisfies Table

/** In the order that they are staged. */
export const stagingTables: Table[] = [stagingEvents, stagingSongs]

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

/** A file as its bucket lists it. */
export interface StoredFile {
  url: string
  /** Changes with the content. */
  etag: string
  /** Bytes. */
  size: number
}

export function eventSource(knex: Knex): Source {
  const { LOG_DATA, LOG_JSONPATH } = settingsOf(knex)
  const from = asPrefix(LOG_DATA)
  return { ...targetOf(stagingEvents), from, json: LOG_JSONPATH }
}

export function songSource(knex: Knex): Source {
  const from = asPrefix(settingsOf(knex).SONG_DATA)
  return { ...targetOf(stagingSongs), from, json: 'auto' }
}

/** All sources, in the order that they are staged. */
export const sources = (knex: Knex): Source[] => [eventSource(knex), songSource(knex)]

// COPY leaves loaded_at to its default.
function targetOf({ name, columns }: Table): Pick<Source, 'table' | 'columns'> {
  return { table: name, columns: Object.keys(columns).filter((column) => column !== 'loaded_at') }
}

/** What a COPY reads, and how. */
export interface CopyFrom {
  /** A manifest's URL, or a prefix. */
  from: string
  manifest: boolean
  gzip: boolean
}

/** The COPY of files into the table of a source, with further options. */
export function copyStatement(
  knex: Knex,
  { table, columns, json }: Source,
  { from, manifest, gzip }: CopyFrom,
  options: string[] = [],
): string {
  const { IAM_ROLE_ARN, S3_REGION } = settingsOf(knex)
  const clauses = [
    `copy ${table} (${columns.join(', ')})`,
    `from ${literal(from)}`,
    `iam_role ${IAM_ROLE_ARN ? literal(IAM_ROLE_ARN) : 'default'}`,
    ...(S3_REGION ? [`region ${literal(S3_REGION)}`] : []),
    ...(manifest ? ['manifest'] : []),
    ...(gzip ? ['gzip'] : []),
    `format json ${literal(json)}`,
    ...options,
    lastClause, // the encodings are declared; statistics are Redshift's to keep
  ]
  // Bindings inside COPY become $1, which Redshift does not take: every value was checked as a setting.
  return clauses.join('\n').replaceAll('?', '\\?')
}

const lastClause = 'compupdate off statupdate off'

/** What the server said of a COPY that failed, without the statement that Knex puts before it. */
export function wordsOf(error: unknown): string {
  const words = describe(error)
  const said = words.lastIndexOf(`${lastClause} - `)
  return said === -1 ? words : words.slice(said + `${lastClause} - `.length)
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
