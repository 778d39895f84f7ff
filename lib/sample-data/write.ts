import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Activity, activity } from './activity'
import { silence, type Song, Songs, Tracks } from './catalogue'
import { writeWhole } from './files'
import { decimalJson, logJson, songJson } from './json-text'
import { nobody } from './listeners'
import { checkOptions, dateOf, DAY, type SampleOptions, timestamp } from './random'

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

/** One event as a line of the logs, without the line's end. */
function logLine(event: Activity, tracks: Tracks): string {
  const { step, sessionId, itemInSession } = event
  const { visit, track } = step
  const who = visit.loggedIn ? event.identity : nobody
  const what = track === null ? silence : tracks.track(track)
  return (
    `{"artist":${what.artist},"auth":"Logged ${visit.loggedIn ? 'In' : 'Out'}"` +
    `,"firstName":${who.firstName},"gender":${who.gender},"itemInSession":${itemInSession}` +
    `,"lastName":${who.lastName},"length":${what.length},"level":"${step.level}"` +
    `,"location":${who.location},"method":"${visit.method}","page":"${visit.page}"` +
    `,"registration":${who.registration},"sessionId":${sessionId}` +
    `,"song":${what.title},"status":${visit.status},"ts":${timestamp(step.second)}` +
    `,"userAgent":${who.userAgent},"userId":${who.userId}}`
  )
}

/** A piece of one day's file, to be appended to it. */
interface LogChunk {
  readonly day: number
  readonly startsFile: boolean
  text: string
  events: number
  plays: number
}

const CHUNK = 1024 * 1024

/** Where the events of a day lie: `log_data/2018/11/2018-11-01-events.json`. */
function logPath(day: number): string {
  const date = dateOf(day)
  return `log_data/${date.slice(0, 4)}/${date.slice(5, 7)}/${date}-events.json`
}

/** The events as text, in pieces small enough to hold; no file ends in a newline. */
function* logChunks(events: Iterable<Activity>, tracks: Tracks): Generator<LogChunk> {
  let chunk: LogChunk | undefined
  for (const event of events) {
    const day = Math.floor(event.step.second / DAY)
    if (chunk && (chunk.day !== day || chunk.text.length >= CHUNK)) yield chunk
    if (chunk?.day !== day || chunk.text.length >= CHUNK) {
      chunk = { day, startsFile: chunk?.day !== day, text: '', events: 0, plays: 0 }
    }
    chunk.text += (chunk.startsFile && chunk.events === 0 ? '' : '\n') + logLine(event, tracks)
    chunk.events++
    if (event.step.track !== null) chunk.plays++
  }
  if (chunk) yield chunk
}

/** A song as its file holds it: one JSON object, spaced as the real ones, no newline at the end. */
function songFile(song: Song): string {
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
function songPath(song: Song): string {
  const [first, second, third] = song.trackId.slice(2, 5)
  return `song_data/${first}/${second}/${third}/${song.trackId}.json`
}

export type { SampleOptions }

/** What has been written; a day without events has no file, and the bytes are those of all files. */
export interface SampleSummary {
  events: number
  eventFiles: number
  songs: number
  songFiles: number
  plays: number
  bytes: number
}

type OnProgress = (done: { files: number; events: number }) => void

const SONGS_AT_ONCE = 64
const LOG_DATA = 'log_data'
const SONG_DATA = 'song_data'
const JSON_PATHS = 'log_json_path.json'

/**
 * Writes logs and songs in the format of the real ones: same options, same bytes, on any machine.
 * `out` gets everything or nothing; throws an Error if the options are wrong, or `out` is taken or
 * cannot be written.
 */
export async function writeSampleData(
  options: SampleOptions,
  onProgress: OnProgress = () => {},
): Promise<SampleSummary> {
  checkOptions(options)
  const folder = {
    out: options.out,
    force: options.force ?? false,
    ours: [LOG_DATA, SONG_DATA, JSON_PATHS],
  }
  return writeWhole(folder, (path) => writeAll(path, options, onProgress))
}

async function writeAll(
  path: string,
  options: SampleOptions,
  onProgress: OnProgress,
): Promise<SampleSummary> {
  const summary = { events: 0, eventFiles: 0, songs: 0, songFiles: 0, plays: 0, bytes: 0 }
  const report = (): void =>
    onProgress({ files: summary.eventFiles + summary.songFiles, events: summary.events })
  const songs = new Songs(options.seed, options.songs)
  await writeFile(join(path, JSON_PATHS), jsonPathsFile)
  summary.bytes += jsonPathsFile.length
  for (const folder of [LOG_DATA, SONG_DATA]) await mkdir(join(path, folder))
  await writeSongs(path, songs, summary, report)
  await writeLogs(path, options, new Tracks(options.seed, songs), summary, report)
  return summary
}

async function writeSongs(
  path: string,
  songs: Songs,
  summary: SampleSummary,
  report: () => void,
): Promise<void> {
  for (let from = 0; from < songs.count; from += SONGS_AT_ONCE) {
    const count = Math.min(SONGS_AT_ONCE, songs.count - from)
    const batch = Array.from({ length: count }, (_, index) => songs.song(from + index))
    const files = batch.map((song) => ({ path: join(path, songPath(song)), text: songFile(song) }))
    for (const folder of new Set(files.map((file) => dirname(file.path)))) {
      await mkdir(folder, { recursive: true })
    }
    await Promise.all(files.map((file) => writeFile(file.path, file.text)))
    for (const file of files) summary.bytes += file.text.length
    summary.songs += count
    summary.songFiles += count
    report()
  }
}

async function writeLogs(
  path: string,
  options: SampleOptions,
  tracks: Tracks,
  summary: SampleSummary,
  report: () => void,
): Promise<void> {
  for (const chunk of logChunks(activity(options, tracks), tracks)) {
    const file = join(path, logPath(chunk.day))
    if (chunk.startsFile) await mkdir(dirname(file), { recursive: true })
    // The text is pure ASCII, which latin1 writes as it is, and faster.
    await appendFile(file, chunk.text, 'latin1')
    summary.eventFiles += chunk.startsFile ? 1 : 0
    summary.events += chunk.events
    summary.plays += chunk.plays
    summary.bytes += chunk.text.length
    report()
  }
}
