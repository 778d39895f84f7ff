import { mkdirSync, readFileSync, readdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { writeSampleData } from '../../lib/sample-data/write'

/** Files of two loads: a second day of events, and every other song, come with the second. */
export interface Deliveries {
  /** Of an event in the middle of the second load's file. */
  ts: number
  /** Puts the files of the second load into the bucket. */
  deliverSecond: () => void
}

export async function writeDeliveries(bucket: string, aside: string): Promise<Deliveries> {
  await writeSampleData({ events: 900, songs: 60, days: 2, seed: 7, out: bucket })
  const files = readdirSync(bucket, { recursive: true, encoding: 'utf8' }).sort()
  const [, secondDay = ''] = files.filter((name) => /^log_data.*\.json$/.test(name))
  const songs = files.filter((name) => /^song_data.*\.json$/.test(name))
  const held = [secondDay, ...songs.filter((_, index) => index % 2 === 0)]
  for (const name of held) move(name, bucket, aside)
  const lines = readFileSync(join(aside, secondDay), 'utf8').split('\n')
  const { ts } = JSON.parse(lines[lines.length >> 1]!) as { ts: number }
  return { ts, deliverSecond: () => held.forEach((name) => move(name, aside, bucket)) }
}

function move(name: string, from: string, to: string): void {
  mkdirSync(dirname(join(to, name)), { recursive: true })
  renameSync(join(from, name), join(to, name))
}
