import { createHash } from 'node:crypto'
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { writeSampleData } from '../lib/sample-data/write'

const eventsOfDay = 33_333
// By it, the last day has 29,629 of 1,000,000 events, and 30,261 of 5,000,000.
const seed = 720
const generator = resolve(__dirname, '..', 'lib', 'sample-data')

/** Sample data in a folder, made once and never written to. */
export interface Sample {
  events: number
  songs: number
  folder: string
  /** The event files by day, from the folder on. */
  files: string[]
  bytes: number
}

/** Events and one-song files by the project's own generator: of a former run, where there is one. */
export async function sample(cache: string, events: number, songs: number): Promise<Sample> {
  const folder = join(cache, `sample-${generatorHash()}-${events}-${songs}`)
  if (!existsSync(folder)) {
    await writeSampleData({ events, songs, days: daysOf(events), seed, out: folder })
  }
  const files = readdirSync(join(folder, 'log_data'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => join('log_data', name))
  const bytes = files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0)
  return { events, songs, folder, files, bytes }
}

/** As many days as give the usual number of events each, the last one a Friday. */
function daysOf(events: number): number {
  return 2 + 7 * Math.max(0, Math.round((events / eventsOfDay - 2) / 7))
}

function generatorHash(): string {
  const hash = createHash('sha256')
  for (const file of readdirSync(generator).sort()) hash.update(readFileSync(join(generator, file)))
  return hash.digest('hex').slice(0, 8)
}

/** Makes a folder of buckets, in which the sample is the bucket `sparkify`. @returns the folder */
export function bucketsOf({ folder, files }: Sample, into: string): string {
  for (const file of files) place(folder, file, into)
  place(folder, 'log_json_path.json', into)
  symlinkSync(join(folder, 'song_data'), join(into, 'sparkify', 'song_data'))
  return into
}

function place(from: string, file: string, buckets: string): void {
  const target = join(buckets, 'sparkify', file)
  mkdirSync(dirname(target), { recursive: true })
  linkSync(join(from, file), target)
}

/** The last day of a sample, put into buckets and taken out of them. */
export function lastDay({ folder, files }: Sample, buckets: string) {
  const file = files.at(-1)!
  const text = readFileSync(join(folder, file), 'latin1')
  return {
    events: text.split('\n').length,
    add: () => place(folder, file, buckets),
    remove: () => rmSync(join(buckets, 'sparkify', file)),
  }
}
