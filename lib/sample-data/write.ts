import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { activity } from './activity'
import { writeWhole } from './folder'
import { logChunks, logPath } from './log-chunks'
import { jsonPathsFile } from './log-line'
import { checkOptions, type SampleOptions } from './options'
import { songFile, songPath } from './song-file'
import { Songs } from './songs'
import { Tracks } from './tracks'

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

export type OnProgress = (done: { files: number; events: number }) => void

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
