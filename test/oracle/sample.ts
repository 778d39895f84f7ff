import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type LoadedFile, describeLoaded } from '../../lib/questions/dataset'
import { writeSampleData } from '../../lib/sample-data/write'
import type { EventRecord, Loaded, SongRecord } from './records'
import { type Star, starOf } from './star'

/** The sample data, read by nobody but the oracle: its star, and what a warehouse knows it by. */
export interface Sample {
  star: Star
  loaded: ReturnType<typeof describeLoaded>
}

/** Writes the sample data that `sparkify run` makes into an empty folder, and reads it. */
export async function makeSample(folder: string): Promise<Sample> {
  await writeSampleData({ events: 8000, songs: 400, days: 30, seed: 2018, out: folder })
  const logs = readFiles<EventRecord>(join(folder, 'log_data'), 'staging_events')
  const songs = readFiles<SongRecord>(join(folder, 'song_data'), 'staging_songs')
  const records = songs.records.map((record): Loaded<SongRecord> => ({ ...record, load: 1 }))
  const rows = logs.records.length + songs.records.length
  return {
    star: starOf(logs.records, records),
    loaded: describeLoaded([...logs.files, ...songs.files], rows),
  }
}

function readFiles<Record>(folder: string, table: string) {
  const files: LoadedFile[] = []
  const records: Record[] = []
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    if (!statSync(path).isFile()) continue
    files.push({ table, name, size: statSync(path).size })
    const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean)
    records.push(...lines.map((line) => JSON.parse(line, asText) as Record))
  }
  return { files, records }
}

const texts = ['title', 'artist_name', 'artist_location', 'song', 'artist']

// Some texts are numbers in the JSON, as they are in the real data; a text column has their digits.
function asText(key: string, value: unknown): unknown {
  return texts.includes(key) && typeof value === 'number' ? String(value) : value
}
