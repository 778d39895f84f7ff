import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UsageError } from '../warehouse/errors'
import { activity } from './activity'
import { writeFolder } from './folder'
import {
  dayOf,
  jsonPathsFile,
  type LoggedEvent,
  logLine,
  logPath,
  silence,
  songFile,
  songPath,
} from './formats'
import { Songs } from './songs'
import { Tracks } from './tracks'

/** What to write: how many events over how many days, how many songs, of which seed, into which folder. */
export interface SampleOptions {
  events: number
  songs: number
  days: number
  seed: number
  out: string
  /** Replaces sample data that is there already. */
  force?: boolean
}

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
  const wrong = wrongOptions(options)
  if (wrong.length > 0) throw new UsageError(wrong.join('\n'))
  const { out, force = false } = options
  const folder = { out, force, replaceable: [LOG_DATA, SONG_DATA, JSON_PATHS] }
  return writeFolder(folder, (path) => writeAll(path, options, onProgress))
}

const ranges = {
  events: [0, 1_000_000_000],
  songs: [0, 10_000_000],
  days: [1, 3650],
  seed: [0, 4_294_967_295],
} as const

/** What is wrong with the options, one sentence for each; nothing if all is well. */
function wrongOptions(options: SampleOptions): string[] {
  const names = Object.keys(ranges) as (keyof typeof ranges)[]
  const wrong = names
    .filter((name) => !inRange(options[name], ranges[name]))
    .map((name) => {
      const [least, most] = ranges[name]
      return `${name} is ${options[name]}: an integer from ${least} to ${most} is expected`
    })
  if (options.out.trim() === '') wrong.push('out is empty: the path of a folder is expected')
  return wrong
}

const inRange = (value: number, [least, most]: readonly [number, number]): boolean =>
  Number.isInteger(value) && value >= least && value <= most

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

const SONGS_AT_ONCE = 64

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
  for (const chunk of logChunks(activity(options, tracks))) {
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

/** A piece of one day's file, to be appended to it. */
interface LogChunk {
  readonly day: number
  readonly startsFile: boolean
  text: string
  events: number
  plays: number
}

const CHUNK = 1024 * 1024

/** The events as text, in pieces small enough to hold; no file ends in a newline. */
function* logChunks(events: Iterable<LoggedEvent>): Generator<LogChunk> {
  let chunk: LogChunk | undefined
  for (const event of events) {
    const day = dayOf(event)
    if (chunk && (chunk.day !== day || chunk.text.length >= CHUNK)) yield chunk
    if (chunk?.day !== day || chunk.text.length >= CHUNK) {
      chunk = { day, startsFile: chunk?.day !== day, text: '', events: 0, plays: 0 }
    }
    chunk.text += (chunk.startsFile && chunk.events === 0 ? '' : '\n') + logLine(event)
    chunk.events++
    if (event.track !== silence) chunk.plays++
  }
  if (chunk) yield chunk
}
