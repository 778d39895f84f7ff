import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** An event as the log has it. */
export function event(values: object): string {
  return JSON.stringify({
    artist: 'An artist',
    auth: 'Logged In',
    firstName: 'Ada',
    gender: 'F',
    itemInSession: 0,
    lastName: 'Lovelace',
    length: 200,
    level: 'free',
    location: 'London',
    method: 'PUT',
    page: 'NextSong',
    registration: 1540919166796,
    sessionId: 1,
    song: 'A song',
    status: 200,
    ts: 1541106106796,
    userAgent: 'Mozilla',
    userId: '8',
    ...values,
  })
}

/** The paths of the events' JSONPaths file. */
export const eventPaths = Object.keys(JSON.parse(event({})) as object).map((key) => `$['${key}']`)

/** A song record as the files have it. */
export function song(values: object): string {
  return JSON.stringify({
    num_songs: 1,
    artist_id: 'AR1',
    artist_latitude: 51.5,
    artist_longitude: -0.1,
    artist_location: 'London',
    artist_name: 'An artist',
    song_id: 'SO1',
    title: 'A song',
    duration: 200,
    year: 2000,
    ...values,
  })
}

/** Fills the bucket `sparkify` with one good file of each kind, in place of whatever is there. */
export function putGoodFiles(buckets: string): void {
  rmSync(join(buckets, 'sparkify'), { recursive: true, force: true })
  putFile(buckets, 'log_json_path.json', JSON.stringify({ jsonpaths: eventPaths }))
  putFile(buckets, 'log_data/2018/11/good.json', event({}))
  putFile(buckets, 'song_data/A/good.json', song({ song_id: 'SO9' }))
}

/** Writes a file into the bucket `sparkify`. @returns its path */
export function putFile(buckets: string, key: string, contents: string | Buffer): string {
  const path = join(buckets, 'sparkify', key)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, contents)
  return path
}
