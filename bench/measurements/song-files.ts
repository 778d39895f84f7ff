import { join } from 'node:path'
import type { Bench } from '../bench'
import { duckDb } from '../duckdb'
import { stageSongs } from '../duckdb-star'
import type { Contestant, Measurement } from '../measurement'
import { ServingProgram, type Turn, runProgram } from '../programs'
import { Psql, quoted } from '../psql'
import type { Sample } from '../sample'
import { type Served, connected, timed } from '../warehouse'

const names = {
  copy: 'COPY, local Redshift',
  cat: 'find | xargs cat',
  text: '\\copy text, from one file',
  each: 'DuckDB read_json, file by file',
  one: 'DuckDB read_json, concatenated before',
}

/** COPY of files that hold one song each. */
export const songFiles: Measurement = {
  name: 'song-files',
  title: 'One-song files',
  async measure(bench, inTurns) {
    const sample = await bench.sample(bench.sizes.events)
    const warehouse = bench.emptyWarehouse(sample)
    await warehouse.migrate()
    await warehouse.served(async (served) => {
      await copyOurs(served, sample.songs)
      await inTurns(await contestants(bench, sample, served))
    })
    await bench.discard(warehouse)
  },
  targets: [
    {
      text: 'COPY of one-song files : `find | xargs cat` + `\\copy` of the rows',
      value: (results) => {
        const [ours, cat, text] = [names.copy, names.cat, names.text].map((name) =>
          results.seconds('song-files', name),
        )
        return ours! / (cat! + text!)
      },
      most: 1.5,
      unit: '×',
    },
    {
      text: 'COPY of 100,000 one-song files',
      value: (results) => results.seconds('song-files', names.copy),
      most: 2,
      unit: 's',
      absolute: true,
    },
  ],
}

async function contestants(bench: Bench, sample: Sample, served: Served): Promise<Contestant[]> {
  const { missing, signal } = bench
  const { songs: rows } = sample
  const folder = join(sample.folder, 'song_data')
  const together = bench.path('songs.json')
  const text = quoted(bench.path('songs.text'))
  const psql = new Psql(served.engine, signal)
  if (!missing.psql) {
    await psql.run(
      'create table plain_songs (like staging_songs including defaults)',
      `\\copy (select ${list} from staging_songs) to ${text}`,
    )
  }
  const cat = () => concatenate(folder, together, signal)
  const read = (glob: string) =>
    bench.withFile('songs.duckdb', (file) => {
      const settings = { preserve_insertion_order: 'false' } // by default it runs out of memory
      return duckDb({ file, settings, statements: stageSongs(glob) }, signal)
    })
  return [
    { name: names.copy, rows, run: () => copyOurs(served, rows) },
    { name: names.cat, rows, run: cat },
    {
      name: names.text,
      rows,
      skipped: missing.psql,
      async run() {
        await psql.run('truncate plain_songs')
        return psql.run(`\\copy plain_songs (${list}) from ${text}`)
      },
    },
    {
      name: names.each,
      rows,
      skipped: missing.duckdb,
      run: () => read(join(folder, '**', '*.json')),
    },
    {
      name: names.one,
      rows,
      skipped: missing.duckdb,
      async run() {
        const before = await cat()
        const turn = await read(together)
        return { ...turn, seconds: before.seconds + turn.seconds }
      },
    },
  ]
}

const fromS3 = 'COPY, local Redshift'

/** COPY of such files that are objects of an S3 server on this machine. */
export const songObjects: Measurement = {
  name: 'song-objects',
  title: 'One-song objects of an S3 server',
  async measure(bench, inTurns) {
    const sample = await bench.sample(bench.sizes.events)
    const rows = Math.min(15_000, sample.songs)
    const folder = join(sample.folder, 'song_data')
    const store = await ServingProgram.start(['s3-server.ts', folder, String(rows)])
    try {
      const warehouse = bench.emptyWarehouse(sample)
      await warehouse.migrate()
      const env = {
        AWS_ENDPOINT_URL: `http://127.0.0.1:${store.line.trim()}`,
        AWS_ACCESS_KEY_ID: 'bench',
        AWS_SECRET_ACCESS_KEY: 'bench',
        AWS_REGION: 'us-east-1',
      }
      const run = (served: Served) => copyOurs(served, rows, 's3://objects/')
      await warehouse.served(
        (served) => inTurns([{ name: fromS3, rows, run: () => run(served) }]),
        env,
      )
      await bench.discard(warehouse)
    } finally {
      await store.stop()
    }
  },
  targets: [
    {
      text: 'COPY of 15,000 one-song objects of an S3 server',
      value: (results) => results.seconds('song-objects', fromS3),
      unit: 's',
    },
  ],
}

/** Concatenates all files of a folder, with nothing between them. */
export function concatenate(folder: string, into: string, signal: AbortSignal): Promise<Turn> {
  const command = `find "$1" -name '*.json' -print0 | xargs -0 cat > "$2"`
  return runProgram('sh', ['-c', command, 'sh', folder, into], { signal })
}

function copyOurs(served: Served, songs: number, from = 's3://sparkify/song_data/'): Promise<Turn> {
  return connected(served.redshift, async (client) => {
    await client.query('truncate staging_songs')
    const seconds = await timed(
      client,
      `copy staging_songs (${list}) from '${from}' iam_role default
      format json 'auto' trimblanks compupdate off statupdate off`,
    )
    const { rows } = await client.query<{ count: string }>(
      'select count(distinct song_id) as count from staging_songs',
    )
    if (Number(rows[0]!.count) !== songs) throw new Error('COPY did not load every song.')
    return { seconds, peakMemory: served.peakMemory() }
  })
}

const list = [
  ...['num_songs', 'artist_id', 'artist_latitude', 'artist_longitude', 'artist_location'],
  ...['artist_name', 'song_id', 'title', 'duration', 'year'],
].join(', ')
