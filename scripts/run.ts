import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Knex } from 'knex'
import type { LoadOptions } from '../lib/load-options'
import type { Settings } from '../lib/settings'
import type { StepReport } from '../lib/steps'
import type { Command } from './cli/main'

/** What a run leaves: how long each step took, and what the warehouse holds now. */
interface RunSummary {
  steps: StepReport[]
  /** Rows per table, staging first. */
  tables: { name: string; rows: number }[]
  /** Plays whose song is known. */
  knownPlays: number
}

const sampleSize = { events: 8000, songs: 400, days: 30, seed: 2018 }

const command: Command<LoadOptions> = {
  command: 'run',
  describe: 'Migrate, stage the files, build the star: the main job',
  builder: (yargs) =>
    yargs
      .option('reload', {
        type: 'boolean',
        default: false,
        describe: 'load changed files anew, in place of their former rows',
      })
      .option('maxErrors', {
        type: 'number',
        default: 0,
        describe: 'bad rows that a COPY passes over, and reports',
      })
      .option('quarantine', {
        type: 'boolean',
        default: false,
        describe: 'leave out the files that do not load, and note why',
      })
      .option('compact', {
        type: 'boolean',
        default: false,
        describe: 'put small files together before they are copied',
      })
      .example('$0 run', 'on the local Redshift, with sample data on first use'),
  async handler({ env, json, reload, maxErrors, quarantine, compact }) {
    const { withWarehouse } = await import('../lib/warehouse.ts')
    const { readSettings } = await import('../lib/settings.ts')
    const { copyProgress } = await import('../lib/copy-progress.ts')
    const { interruptible } = await import('../lib/interrupt.ts')
    const { withProgress } = await import('./cli/progress.ts')
    const settings = readSettings(env)
    const summary = await withWarehouse(env, (knex) => {
      knex.userParams.load = { reload, maxErrors, quarantine, compact } satisfies LoadOptions
      const ask = (step: string) => copyProgress(knex, step)
      return withProgress(ask, () => interruptible(knex, () => run(knex, settings)))
    })
    if (json) console.log(JSON.stringify(summary))
    else await print(summary)
  },
}

async function run(knex: Knex, settings: Settings): Promise<RunSummary> {
  const { step, steps } = await import('../lib/steps.ts')
  const { retrying } = await import('../lib/retry.ts')
  const { environmentOf } = await import('../lib/warehouse.ts')
  const done = new Map<string, StepReport>()
  const note = (report: StepReport) => done.set(report.name, report)
  steps.on('end', note)
  try {
    if (environmentOf(knex) === 'development' && wantsSample(settings)) {
      await step('sample data', () => makeSample(settings), 'events')
    }
    await step('migrate', () => retrying(() => migrate(knex)), 'migrations')
    await retrying(() => knex.seed.run())
    return { steps: [...done.values()], ...(await countRows(knex)) }
  } finally {
    steps.off('end', note)
  }
}

/** On first use the settings point to sample data that is not there yet. */
function wantsSample({ LOG_DATA, LOCAL_BUCKETS }: Settings): boolean {
  return LOG_DATA.startsWith('s3://sparkify/') && !existsSync(join(LOCAL_BUCKETS, 'sparkify'))
}

async function makeSample(settings: Settings): Promise<number> {
  const { writeSampleData } = await import('../lib/sample-data/write.ts')
  const out = join(settings.LOCAL_BUCKETS, 'sparkify')
  try {
    return (await writeSampleData({ ...sampleSize, out })).events
  } catch (error) {
    if (wantsSample(settings)) throw error
    return 0 // another run was faster
  }
}

async function migrate(knex: Knex): Promise<number> {
  await makeMigrationLock(knex)
  const [, applied] = (await knex.migrate.latest()) as [number, string[]]
  return applied.length
}

// Knex makes the table first and its one row later: two runs at once on a new warehouse would leave two
// rows, which Knex takes for locked ever after.
async function makeMigrationLock(knex: Knex): Promise<void> {
  const name = 'knex_migrations_lock'
  if (await knex.schema.hasTable(name)) return
  await knex.transaction(async (transaction) => {
    await transaction.schema.createTable(name, (table) => {
      table.increments('index').primary()
      table.integer('is_locked')
    })
    await transaction(name).insert({ is_locked: 0 })
  })
}

async function countRows(knex: Knex): Promise<Omit<RunSummary, 'steps'>> {
  const { models } = await import('../models/index.ts')
  const names = ['staging_events', 'staging_songs', ...models.map((model) => model.name)]
  const tables = []
  for (const name of names) tables.push({ name, rows: await count(knex, name) })
  return { tables, knownPlays: await count(knex, 'songplays where song_id is not null') }
}

async function count(knex: Knex, from: string): Promise<number> {
  const query = `select count(*) as count from ${from}`
  const { rows } = await knex.raw<{ rows: { count: number }[] }>(query)
  return rows[0]!.count
}

async function print({ steps, tables, knownPlays }: RunSummary): Promise<void> {
  const { formatTable, formatCount } = await import('./cli/table.ts')
  const seconds = new Map(steps.map((step) => [step.name, step.seconds.toFixed(2)]))
  const rows = tables.map((table) => ({
    table: table.name,
    rows: formatCount(table.rows),
    seconds: seconds.get(table.name) ?? '',
  }))
  const plays = tables.find(({ name }) => name === 'songplays')?.rows ?? 0
  console.log(formatTable(['table', 'rows', 'seconds'], rows))
  console.log(`\n${formatCount(knownPlays)} of ${formatCount(plays)} plays have a known song.`)
}

export = command
