import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
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
  ...['loads', 'load_files', 'model_fingerprints'],
]

let version = 0

/** Empties the warehouse and its bucket, which lies in `folder`. */
export async function reset(knex: Knex, folder: string): Promise<void> {
  await knex.raw(tables.map((table) => `delete from ${table}`).join('; '))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'log_json_path.json'), jsonPathsFile)
}

/** Writes a file into the bucket that lies in `folder`; a file written again is seen to have changed. */
export function put(folder: string, file: File): void {
  const path = join(folder, file.name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, textOf(file))
  utimesSync(path, ++version, version)
}

/** Waits until no load is under way, also none whose client has gone. */
export async function untilNoLoad(knex: Knex): Promise<void> {
  await knex.transaction(beginLoad)
}

/** The names of the files that the ledger holds, by load. */
export async function enteredFiles(knex: Knex): Promise<string[]> {
  const rows = await rowsOf(
    knex,
    `select url, dense_rank() over (order by loaded_at) as load from load_files`,
  )
  return rows
    .map(({ url, load }) => `${String(load)} ${String(url).split('/').slice(-2).join('/')}`)
    .sort()
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
