import { DAY, dateOf, timestamp } from './calendar'
import type { Level, Page } from './pages'
import type { Song } from './songs'

/** The fields of an event in the order of the logs, which is the order of the JSONPaths too. */
export const eventFields = [
  'artist',
  'auth',
  'firstName',
  'gender',
  'itemInSession',
  'lastName',
  'length',
  'level',
  'location',
  'method',
  'page',
  'registration',
  'sessionId',
  'song',
  'status',
  'ts',
  'userAgent',
  'userId',
] as const

/** The JSONPaths file that COPY reads the logs with. */
export const jsonPathsFile = [
  '{',
  '    "jsonpaths": [',
  eventFields.map((field) => `        "$['${field}']"`).join(',\n'),
  '    ]',
  '}',
].join('\n')

/** The fields of a log line that say who it was, as JSON text. */
export interface Identity {
  readonly firstName: string
  readonly lastName: string
  readonly gender: string
  readonly location: string
  readonly registration: string
  readonly userAgent: string
  readonly userId: string
}

/** Who a logged-out event is from. */
const nobody: Identity = {
  firstName: 'null',
  lastName: 'null',
  gender: 'null',
  location: 'null',
  registration: 'null',
  userAgent: 'null',
  userId: '""',
}

/** The fields of a log line that say what was played, as JSON text. */
export interface Track {
  readonly title: string
  readonly artist: string
  readonly length: string
}

/** What is played by an event that is no play. */
export const silence: Track = { title: 'null', artist: 'null', length: 'null' }

/** One logged event; the second counts from the start of the data. */
export interface LoggedEvent {
  readonly second: number
  readonly page: Page
  readonly level: Level
  readonly track: Track
  readonly identity: Identity
  readonly sessionId: number
  readonly itemInSession: number
}

/** One event as a line of the logs, without the line's end. */
export function logLine(event: LoggedEvent): string {
  const { page, track } = event
  const who = page.loggedIn ? event.identity : nobody
  return (
    `{"artist":${track.artist},"auth":"Logged ${page.loggedIn ? 'In' : 'Out'}"` +
    `,"firstName":${who.firstName},"gender":${who.gender},"itemInSession":${event.itemInSession}` +
    `,"lastName":${who.lastName},"length":${track.length},"level":"${event.level}"` +
    `,"location":${who.location},"method":"${page.method}","page":"${page.name}"` +
    `,"registration":${who.registration},"sessionId":${event.sessionId}` +
    `,"song":${track.title},"status":${page.status},"ts":${timestamp(event.second)}` +
    `,"userAgent":${who.userAgent},"userId":${who.userId}}`
  )
}

/** The day of an event, from 0 on. */
export const dayOf = (event: LoggedEvent): number => Math.floor(event.second / DAY)

/** Where the events of a day lie: `log_data/2018/11/2018-11-01-events.json`. */
export function logPath(day: number): string {
  const date = dateOf(day)
  return `log_data/${date.slice(0, 4)}/${date.slice(5, 7)}/${date}-events.json`
}

/** A song as its file holds it: one JSON object, spaced as the real ones, no newline at the end. */
export function songFile(song: Song): string {
  const fields = [
    ['num_songs', '1'],
    ['artist_id', songJson(song.artistId)],
    ['artist_latitude', songJson(song.artist.latitude)],
    ['artist_longitude', songJson(song.artist.longitude)],
    ['artist_location', songJson(song.artist.location)],
    ['artist_name', songJson(song.artist.name)],
    ['song_id', songJson(song.songId)],
    ['title', songJson(song.title)],
    ['duration', decimalJson(song.duration)],
    ['year', String(song.year)],
  ]
  return `{${fields.map(([name, value]) => `"${name}": ${value}`).join(', ')}}`
}

/** Where the file of a song lies: `song_data/A/B/C/TRABC….json`. */
export function songPath(song: Song): string {
  const [first, second, third] = song.trackId.slice(2, 5)
  return `song_data/${first}/${second}/${third}/${song.trackId}.json`
}

/** JSON in pure ASCII with `/` as `\/`, as PHP's json_encode writes the logs. */
export function logJson(value: string): string {
  return songJson(value).replaceAll('/', '\\/')
}

/** JSON in pure ASCII, `\uXXXX` in lower case, as Python's json.dumps writes the song files. */
function songJson(value: string | number | null): string {
  return JSON.stringify(value).replace(/[\u0080-\uffff]/g, escaped)
}

const escaped = (character: string): string =>
  '\\u' + character.charCodeAt(0).toString(16).padStart(4, '0')

/** Hundred-thousandths as a JSON number: 26007465 is `260.07465`, 30738240 is `307.3824`. */
export function decimalJson(hundredThousandths: number): string {
  return String(hundredThousandths / 100000)
}
