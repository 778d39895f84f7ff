import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, sep } from 'node:path'
import { expect } from 'chai'
import { writeSampleData, type SampleSummary } from '../../../lib/sample-data/write'

export const realData = join(__dirname, '../../../../shared/real-data')
export const hasRealData = existsSync(realData)

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), 'sample-data-'))

export interface LoggedEvent {
  artist: string | null
  auth: string
  firstName: string | null
  itemInSession: number
  length: number | null
  level: string
  page: string
  registration: number | null
  sessionId: number
  song: string | null
  ts: number
  userId: string
}

export interface SongRecord {
  artist_id: string
  artist_latitude: number | null
  artist_longitude: number | null
  artist_location: string | number
  artist_name: string | number
  song_id: string
  title: string
  duration: number
  year: number
}

/** The paths of all files below a folder, relative to it, with `/`, in order. */
export const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, '/'))
    .sort()

/** The text of every file below `part` of a data set, byte by byte. */
export const textsIn = (folder: string, part: 'log_data' | 'song_data'): string[] =>
  filesIn(join(folder, part)).map((file) => readFileSync(join(folder, part, file), 'latin1'))

export const linesIn = (folder: string): string[] =>
  textsIn(folder, 'log_data').flatMap((text) => text.split('\n'))

export const eventsIn = (folder: string): LoggedEvent[] =>
  linesIn(folder).map((line) => JSON.parse(line) as LoggedEvent)

export const songsIn = (folder: string): SongRecord[] =>
  textsIn(folder, 'song_data').map((text) => JSON.parse(text) as SongRecord)

/** One hash of all names and bytes. */
export function hashOf(folder: string): string {
  const hash = createHash('sha256')
  for (const file of filesIn(folder)) hash.update(file).update(readFileSync(join(folder, file)))
  return hash.digest('hex')
}

/** What an Error says that a promise is rejected with. */
export async function messageOf(rejected: Promise<unknown>): Promise<string> {
  const error = await rejected.then(
    () => expect.fail('it was not rejected'),
    (error: unknown) => error,
  )
  expect(error).to.be.instanceOf(Error)
  return (error as Error).message
}

export interface DataSet {
  out: string
  summary: SampleSummary
  events: LoggedEvent[]
  songs: SongRecord[]
}

let shared: Promise<DataSet> | undefined

/** 20,000 events over 14 days and 1,200 songs, made once for all tests that only look at them. */
export const dataSet = (): Promise<DataSet> => (shared ??= makeDataSet())

async function makeDataSet(): Promise<DataSet> {
  const folder = temporaryFolder()
  const out = join(folder, 'whole')
  const summary = await writeSampleData({ events: 20000, songs: 1200, days: 14, seed: 7, out })
  return { out, summary, events: eventsIn(out), songs: songsIn(out) }
}

export const isPlay = (event: LoggedEvent): boolean => event.page === 'NextSong'

export const share = <T>(list: readonly T[], holds: (item: T) => boolean): number =>
  list.filter(holds).length / list.length

export function groupsOf<T>(list: readonly T[], key: (item: T) => string | number): T[][] {
  const groups = new Map<string | number, T[]>()
  for (const item of list) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return [...groups.values()]
}

/** What a play and a song match on. */
export const nameOf = (title: string | null, artist: string | number | null): string =>
  JSON.stringify([title, String(artist)])

/** The different raw forms of some lines: pages and codes stay, names and numbers become their kind. */
export function shapesOf(lines: string[]): string[] {
  const shape = (line: string): string =>
    line
      .replace(/("(?:page|auth|method)": ?)"([\w ]+)"/g, '$1<$2>')
      .replace(/("\w+": ?)"(?:[^"\\]|\\.)*"/g, '$1text')
      .replace(
        /("(?:length|duration|artist_latitude|artist_longitude)": ?)-?\d+\.\d{1,5}(?=[,}])/g,
        '$1decimal',
      )
      .replace(/("registration":)\d{13}\.0(?=,)/, '$1float')
      .replace(/("ts":)\d{10}796(?=,)/, '$1time')
      .replace(/("(?:itemInSession|sessionId|year)": ?)\d+(?=[,}])/g, '$1integer')
  return [...new Set(lines.map(shape))].sort()
}
