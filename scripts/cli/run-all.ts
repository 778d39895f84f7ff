import { existsSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Knex } from 'knex'
import { type Check, checkAnswers } from '../../lib/questions/expected'
import { countRows, environmentOf } from '../../lib/warehouse/connect'
import type { Settings } from '../../lib/warehouse/settings'
import { interruptible, retrying, step, type StepReport, steps } from '../../lib/warehouse/steps'
import { models } from '../../models/index'
import { differencesText } from './check'
import { formatCount, formatTable } from './terminal'

const sampleSize = { events: 8000, songs: 400, days: 30, seed: 2018 }

/** True on first use: the settings point to sample data that is not there yet. */
function wantsSample({ LOG_DATA, LOCAL_BUCKETS }: Settings): boolean {
  return LOG_DATA.startsWith('s3://sparkify/') && !existsSync(join(LOCAL_BUCKETS, 'sparkify'))
}

/** Writes the sample data. @returns its events; 0 where another run was faster */
async function makeSample(settings: Settings): Promise<number> {
  const { writeSampleData } = await import('../../lib/sample-data/write.ts')
  const out = join(settings.LOCAL_BUCKETS, 'sparkify')
  try {
    return (await writeSampleData({ ...sampleSize, out })).events
  } catch (error) {
    if (wantsSample(settings)) throw error
    return 0
  }
}

/** Brings the tables up to the migrations. @returns how many were applied */
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

/** What a run leaves: how long each step took, what the warehouse holds now, and what was made of it. */
interface RunSummary {
  steps: StepReport[]
  /** Rows per table, staging first. */
  tables: { name: string; rows: number }[]
  /** Plays whose song is known. */
  knownPlays: number
  /** The answers held against those expected, where the loaded data set is a known one. */
  check: Check | undefined
  /** The file of the report. */
  report: string | undefined
}

/** Counts what the warehouse holds. */
async function countAll(knex: Knex): Promise<Pick<RunSummary, 'tables' | 'knownPlays'>> {
  const names = ['staging_events', 'staging_songs', ...models.map((model) => model.name)]
  const tables = []
  for (const name of names) tables.push({ name, rows: await countRows(knex, name) })
  return { tables, knownPlays: await countRows(knex, 'songplays where song_id is not null') }
}

/** The summary for a terminal: a table, and a line for all else. */
export function summaryText(summary: RunSummary): string {
  const { steps, tables, knownPlays, check, report } = summary
  const seconds = new Map(steps.map((step) => [step.name, step.seconds.toFixed(2)]))
  const rows = tables.map(({ name, rows }) => ({
    table: name,
    rows: formatCount(rows),
    seconds: seconds.get(name) ?? '',
  }))
  const plays = tables.find(({ name }) => name === 'songplays')?.rows ?? 0
  const lines = [
    `${formatCount(knownPlays)} of ${formatCount(plays)} plays have a known song.`,
    auditsText(steps),
    check && checkText(check),
    report && `The report is ${nearName(report)}: open it in a browser.`,
  ]
  const table = formatTable(['table', 'rows', 'seconds'], rows)
  return [table, '', ...lines.filter((line) => line !== undefined)].join('\n')
}

function nearName(file: string): string {
  const name = relative(process.cwd(), file)
  return name.startsWith('..') ? file : name
}

function auditsText(steps: StepReport[]): string | undefined {
  const audits = steps.find(({ name }) => name === 'audits')
  return audits && `All ${audits.count} audits hold.`
}

function checkText(check: Check): string {
  const { dataset, comparisons } = checkedOf(check)
  const differing = comparisons.filter(({ state }) => state === 'different')
  const equal = comparisons.length - differing.length
  return [
    `${equal} of ${comparisons.length} answers are as expected of the ${dataset} data.`,
    ...differing.map(differencesText),
  ].join('\n')
}

/** A check without the questions that no answer is expected of: a new one is no fault of a run. */
export function checkedOf({ dataset, comparisons }: Check): Check {
  return { dataset, comparisons: comparisons.filter(({ state }) => state !== 'unchecked') }
}

/** The main job: migrate, load, answer the questions, write the report. */
export async function runAll(knex: Knex, settings: Settings): Promise<RunSummary> {
  const done = new Map<string, StepReport>()
  const note = (report: StepReport) => done.set(report.name, report)
  steps.on('end', note)
  try {
    await interruptible(knex, () => load(knex, settings))
    const answered = await interruptible(knex, () => answerAll(knex, settings))
    return { steps: [...done.values()], ...(await countAll(knex)), ...answered }
  } finally {
    steps.off('end', note)
  }
}

async function load(knex: Knex, settings: Settings): Promise<void> {
  if (environmentOf(knex) === 'development' && wantsSample(settings)) {
    await step('sample data', () => makeSample(settings), 'events')
  }
  await step('migrate', () => retrying(() => migrate(knex)), 'migrations')
  await retrying(() => knex.seed.run())
}

async function answerAll(
  knex: Knex,
  { REPORT: report }: Settings,
): Promise<Pick<RunSummary, 'check' | 'report'>> {
  let check: Check | undefined
  const compare = async () => {
    check = await checkAnswers(knex)
    return check?.comparisons.length ?? 0
  }
  await step('answers', compare, 'answers checked')
  if (report !== undefined) await step('report', () => writeReport(knex, report), 'questions')
  return { check, report }
}

async function writeReport(knex: Knex, file: string): Promise<number> {
  const { writeReport } = await import('../../lib/report/write.ts')
  return (await writeReport(knex, file)).questions
}
