import type { Table } from './table'

const loadedAt: Table['columns'] = {
  loaded_at: ['timestamp', 'the load that the row is of: loads.loaded_at'],
}

/** JSONPaths are positional: these columns stand in the order of the paths. */
export const stagingEvents = {
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
export const stagingSongs = {
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
