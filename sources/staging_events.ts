import { staging } from './source'

/** One row per logged event. JSONPaths are positional: the columns stand in the order of the paths. */
export default staging({
  name: 'staging_events',
  grain: 'one row per logged event, as the JSON has it',
  data: {
    name: 'LOG_DATA',
    expected: 'the s3:// URL of a folder of event files, s3://bucket/log_data',
    sample: 's3://sparkify/log_data',
  },
  jsonPaths: {
    name: 'LOG_JSONPATH',
    expected: 'the s3:// URL of a JSONPaths file, s3://bucket/log_json_path.json',
    sample: 's3://sparkify/log_json_path.json',
  },
  // A file a day: one that is late is told of the next day.
  freshness: { event: { at: 'ts', warn: 36, error: 72 }, file: { warn: 36, error: 72 } },
  known: {
    page: [
      ...['About', 'Downgrade', 'Error', 'Help', 'Home', 'Login', 'Logout', 'NextSong'],
      ...['Save Settings', 'Settings', 'Submit Downgrade', 'Submit Upgrade', 'Upgrade'],
    ],
    auth: ['Logged In', 'Logged Out'],
    level: ['free', 'paid'],
    method: ['GET', 'PUT'],
  },
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
  },
})
