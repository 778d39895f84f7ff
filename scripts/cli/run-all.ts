import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { load, type LoadOptions, migrate } from '../../lib/load/load'
import { type Ask, askingOnce } from '../../lib/questions/answer'
import { type Check, checkAnswers } from '../../lib/questions/check'
import { askingIn, inSameState } from '../../lib/questions/side-by-side'
import { countRows, environmentOf, settingsOf } from '../../lib/warehouse/connect'
import type { Settings } from '../../lib/warehouse/settings'
import { interruptible, retrying, step, type StepReport, steps } from '../../lib/warehouse/steps'
import { tables } from '../../models/index'

/** What a run leaves: how long each step took, what the warehouse holds now, and what was made of it. */
export interface RunSummary {
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

/** The main job: migrate, load, answer the questions, write the report. */
export async function runAll(knex: Knex, options: LoadOptions): Promise<RunSummary> {
  const settings = settingsOf(knex)
  const done = new Map<string, StepReport>()
  const note = (report: StepReport) => done.set(report.name, report)
  steps.on('end', note)
  try {
    await interruptible(knex, () => migrateAndLoad(knex, settings, options))
    const answered = await interruptible(knex, () => answerAll(knex, settings))
    return { steps: [...done.values()], ...(await countAll(knex)), ...answered }
  } finally {
    steps.off('end', note)
  }
}

async function migrateAndLoad(knex: Knex, settings: Settings, options: LoadOptions): Promise<void> {
  if (environmentOf(knex) === 'development' && wantsSample(settings)) {
    await step('sample data', () => writeSample(settings), 'events')
  }
  await step('migrate', () => retrying(() => migrate(knex)), 'migrations')
  await load(knex, options)
}

/** True on first use: the settings point to sample data that is not there yet. */
function wantsSample({ data, LOCAL_BUCKETS }: Settings): boolean {
  const isMeant = data.LOG_DATA?.startsWith('s3://sparkify/') === true
  return isMeant && !existsSync(join(LOCAL_BUCKETS, 'sparkify'))
}

const sampleSize = { events: 8000, songs: 400, days: 30, seed: 2018 }

/** Writes the sample data. @returns its events; 0 where another run was faster */
async function writeSample(settings: Settings): Promise<number> {
  const { writeSampleData } = await import('../../lib/sample-data/write.ts')
  const out = join(settings.LOCAL_BUCKETS, 'sparkify')
  try {
    return (await writeSampleData({ ...sampleSize, out })).events
  } catch (error) {
    if (wantsSample(settings)) throw error
    return 0
  }
}

/** Checks and reports of one state, of which each question is asked once. */
function answerAll(
  knex: Knex,
  { REPORT: report }: Settings,
): Promise<Pick<RunSummary, 'check' | 'report'>> {
  return inSameState(knex, async (transactions) => {
    const transaction = transactions[0]!
    const ask = askingOnce(askingIn(transactions))
    let check: Check | undefined
    const compare = async () => {
      check = await checkAnswers(transaction, undefined, ask)
      return check?.comparisons.length ?? 0
    }
    await step('answers', compare, 'answers checked')
    const write = (file: string) => writeReport(transaction, file, ask)
    if (report !== undefined) await step('report', () => write(report), 'questions')
    return { check, report }
  })
}

async function writeReport(transaction: Knex, file: string, ask: Ask): Promise<number> {
  const { writeReport } = await import('../../lib/report/write.ts')
  return (await writeReport(transaction, file, undefined, { transaction, ask })).questions
}

async function countAll(knex: Knex): Promise<Pick<RunSummary, 'tables' | 'knownPlays'>> {
  const counted = []
  for (const { name } of tables) counted.push({ name, rows: await countRows(knex, name) })
  return {
    tables: counted,
    knownPlays: await countRows(knex, 'songplays where song_id is not null'),
  }
}
