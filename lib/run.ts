import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { models } from '../models'
import { type Settings, readSettings } from './settings'
import { type StepReport, step, steps } from './steps'

/** What a run leaves: how long each step took, and what the warehouse holds now. */
export interface RunSummary {
  steps: StepReport[]
  /** Rows per table, staging first. */
  tables: { name: string; rows: number }[]
  /** Plays whose song is known. */
  knownPlays: number
}

const sampleSize = { events: 8000, songs: 400, days: 30, seed: 2018 }

/** The main job: migrate, stage, build the star; sums up what the warehouse then holds. */
export async function runAll(knex: Knex): Promise<RunSummary> {
  const done: StepReport[] = []
  const note = (report: StepReport) => done.push(report)
  steps.on('end', note)
  try {
    await step('migrate', () => migrate(knex))
    await knex.seed.run()
    return { steps: done, ...(await countRows(knex)) }
  } finally {
    steps.off('end', note)
  }
}

/** Makes the sample data where the settings point to it and there is none yet. */
export async function makeSampleOnFirstUse(settings: Settings): Promise<void> {
  const bucket = join(settings.LOCAL_BUCKETS, 'sparkify')
  const usesSample = settings.LOG_DATA === readSettings('development', {}).LOG_DATA
  if (!usesSample || (await exists(bucket))) return
  const { writeSampleData } = await import('./sample-data/write.ts')
  await step(
    'sample data',
    async () => (await writeSampleData({ ...sampleSize, out: bucket })).events,
  )
}

async function migrate(knex: Knex): Promise<number> {
  const [, applied] = (await knex.migrate.latest()) as [number, string[]]
  return applied.length
}

async function countRows(knex: Knex): Promise<Omit<RunSummary, 'steps'>> {
  const tables = []
  for (const name of ['staging_events', 'staging_songs', ...models.map((model) => model.name)]) {
    tables.push({ name, rows: await count(knex, name) })
  }
  return { tables, knownPlays: await count(knex, 'songplays where song_id is not null') }
}

async function count(knex: Knex, from: string): Promise<number> {
  const { rows } = await knex.raw<{ rows: { count: number }[] }>(
    `select count(*) as count from ${from}`,
  )
  return rows[0]!.count
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
