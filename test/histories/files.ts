import type { Random } from '../../lib/sample-data/random'
import type { EventRecord, SongRecord } from '../oracle/records'

/** A file of a bucket. One that cannot be loaded holds a fault besides its records. */
export type File = { name: string; fault?: string } & (
  { kind: 'log_data'; records: EventRecord[] } | { kind: 'song_data'; records: SongRecord[] }
)

// Every domain is tiny, so that records meet: duplicates, ties, late matches, changes of level.
const moments = ['2018-11-01T20:57:10Z', '2018-12-30T23:59:59Z', '2018-12-31T00:00:00Z'].map(
  (text) => Date.parse(text),
)
const titles = ['A', 'A ', 'A\u00a0', 'A\t', 'b', 'é', 'é  ', ' A', '', '  ']
const sizes = [1, 2, 3, 4, 1, 2, 3, 4, 2, 3, 4, 0]
const names = ['X', 'X ', 'y', 'Ü', '', ' ']

/** A random event or song file, of a few records; now and then an empty one. */
export function randomFile(random: Random, kind: File['kind'], name: string): File {
  return kind === 'log_data'
    ? { name, kind, records: randomRecords(random, randomEvent) }
    : { name, kind, records: randomRecords(random, randomSong) }
}

/** Some are as one before but for a single field: only the last rule of an order tells them apart. */
function randomRecords<T extends object>(random: Random, make: (random: Random) => T): T[] {
  const records: T[] = []
  for (let left = random.pick(sizes); left > 0; left--) {
    const record = make(random)
    const field = random.pick(Object.keys(record) as (keyof T)[])
    const isTwin = records.length > 0 && random.chance(1, 3)
    records.push(isTwin ? { ...random.pick(records), [field]: record[field] } : record)
  }
  return records
}

function randomEvent(random: Random): EventRecord {
  const userId = random.pick(['', '1', '2', '10'])
  const isPlay = random.chance(3, 4)
  return {
    artist: isPlay ? random.pick([...names, null]) : null,
    firstName: random.pick(['Ada', 'ada', '', null]),
    gender: random.pick(['F', 'M', 'M ', null]),
    itemInSession: random.below(2),
    lastName: random.pick(['Lovelace', null]),
    length: random.pick([100, 150.2, 200, null]),
    level:
      userId === '' ? random.pick(['free', 'paid', null]) : random.pick(['free', 'paid', 'paid ']),
    location: random.pick(['London', 'London ', 'london', null]),
    page: isPlay
      ? random.pick(['NextSong', 'NextSong', 'NextSong '])
      : random.pick(['Home', 'Upgrade']),
    sessionId: 1 + random.below(3),
    song: isPlay ? random.pick([...titles, null]) : null,
    ts: random.pick(moments) + random.pick([0, 0, 1, 796]),
    userAgent: random.pick(['"Mozilla"', null]),
    userId,
  }
}

function randomSong(random: Random): SongRecord {
  return {
    artist_id: random.pick(['AR1', 'AR1 ', 'AR2', 'ar1', null]),
    artist_latitude: random.pick([null, 10.5, -20]),
    artist_longitude: random.pick([null, 0, 180]),
    artist_location: random.pick(['London', '', '  ', null]),
    artist_name: random.pick(names),
    song_id: random.pick(['SO1', 'SO1  ', 'SO2', 'SO3', 'so3']),
    title: random.pick(titles),
    duration: random.pick([null, 100, 150.1, 150.3, 200, 201]),
    year: random.pick([null, 0, 1999, 2018]),
  }
}

/** What a file holds that cannot be loaded: COPY rejects it, or only an audit does. */
export const faults: Record<File['kind'], Record<'copy' | 'audit', string[]>> = {
  log_data: {
    copy: [
      '{"page":',
      '{"page":"NextSong","ts":1,"sessionId":1,"itemInSession":"first"}',
      '{"ts":1,"sessionId":1,"itemInSession":1}',
    ],
    audit: [
      '{"page":"NextSong","ts":1,"sessionId":9,"itemInSession":9,"userId":"99","level":"gold"}',
    ],
  },
  song_data: {
    copy: ['{"song_id":"SO9","title":"A"', '{"title":"A song without an id"}'],
    audit: [
      '{"song_id":"SO9","title":null}',
      '{"song_id":"SO9","title":"A","artist_id":"AR9","artist_name":"X","artist_latitude":91}',
    ],
  },
}

/** True of a file that COPY rejects, and that can be put in quarantine. */
export function isRejectedByCopy({ kind, fault }: File): boolean {
  return fault !== undefined && faults[kind].copy.includes(fault)
}

/** The text of a file: one JSON object a line. */
export function textOf({ records, fault }: File): string {
  return [...records.map((record) => JSON.stringify(record)), ...(fault ? [fault] : [])].join('\n')
}
