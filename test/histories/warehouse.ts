import { mkdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Knex } from 'knex'
import { jsonPathsFile } from '../../lib/sample-data/formats'
import { beginLoad } from '../../lib/load/ledger'
import { steps } from '../../lib/warehouse/steps'
import type { Row } from '../oracle/records'
import type { Star } from '../oracle/star'
import { rowsOf, type TestWarehouse } from '../warehouse'
import { type File, textOf } from './files'

const tables = [
  ...['staging_events', 'staging_songs', 'users', 'songs', 'artists', 'songplays', 'time'],
  ...['loads', 'load_files', 'load_files_replaced', 'model_fingerprints', 'audit_rows'],
]
const replaced = ['staging_events_replaced', 'staging_songs_replaced']

let version = 0

/** Empties the warehouse and its bucket, which lies in `folder`. */
export async function reset(knex: Knex, folder: string): Promise<void> {
  await knex.raw(
    [
      ...tables.map((table) => `delete from ${table}`),
      ...replaced.map((table) => `drop table if exists ${table}`),
    ].join('; '),
  )
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'log_json_path.json'), jsonPathsFile)
}

const etags = new WeakMap<File, string>()

/** Writes a file into the bucket that lies in `folder`. @returns it as one of its own: it is seen to have changed */
export function put(folder: string, file: File): File {
  const path = join(folder, file.name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, textOf(file))
  utimesSync(path, ++version, version)
  const written = { ...file }
  const { size, mtimeMs } = statSync(path)
  etags.set(written, `${size}-${mtimeMs}`)
  return written
}

/** What the ledger knows a written file by. */
export function etagOf(file: File): string {
  return etags.get(file)!
}

/** Waits until no load is under way, also none whose client has gone. */
export async function untilNoLoad(knex: Knex): Promise<void> {
  await knex.transaction(beginLoad)
}

const ledger = `
  select
    case when state = 'loaded' then dense_rank() over (order by state = 'loaded' desc, loaded_at)::varchar
      else state end || ' ' || split_part(url, '/', 4) || '/' || split_part(url, '/', 5) || ' ' || etag as line
  from load_files
  union all
  select rank() over (order by loaded_at) || ' has ' || files || ' files and ' || staged || ' rows'
  from loads where state = 'loaded'
  union all
  select 'kept of no load: ' || url
  from load_files_replaced
  where replaced_by not in (select loaded_at from loads where state <> 'undone')
  union all
  select model || ' built by ' || query
  from model_fingerprints`

/** What the ledger holds: files by load, files in quarantine, loads, models as built, and what should not be there. */
export async function readLedger(knex: Knex): Promise<string[]> {
  return (await rowsOf(knex, ledger)).map(({ line }) => String(line)).sort()
}

/** The star as the warehouse has it, its values as the oracle writes them. */
export async function readStar(knex: Knex): Promise<Star> {
  const startTime = "to_char(start_time, 'YYYY-MM-DD HH24:MI:SS.MS') as start_time"
  const read = async (columns: string, table: string) =>
    (await rowsOf(knex, `select ${columns} from ${table}`)) as Row[]
  return {
    users: await read('*', 'users'),
    songs: await read('*', 'songs'),
    artists: await read('*', 'artists'),
    songplays: await read(
      `songplay_id::varchar as songplay_id, ${startTime}, user_id, level, song_id, artist_id,
      session_id, location, user_agent`,
      'songplays',
    ),
    time: await read(`${startTime}, hour, day, week, month, year, weekday`, 'time'),
  }
}

/** Keeps notices of loads and of connections that break, both meant to be here, from the test's output. */
export function useQuiet(warehouse: TestWarehouse): void {
  const ignore = () => {}
  before(() => {
    steps.on('notice', ignore)
    const { logger } = warehouse.knex.client as { logger: { warn: () => void } }
    logger.warn = ignore
  })
  after(() => steps.off('notice', ignore))
}
