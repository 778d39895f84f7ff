import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { staleText } from '../../lib/load/freshness'
import { latestLoad } from '../../lib/load/ledger'
import { load, type LoadOptions } from '../../lib/load/load'
import { migrate } from '../../lib/load/migrations'
import { countTables } from '../../lib/load/state'
import { type Ask, askingOnce } from '../../lib/questions/answer'
import { type Check, checkAnswers } from '../../lib/questions/check'
import { askingIn, inSameState } from '../../lib/questions/side-by-side'
import { countRows, environmentOf, settingsOf } from '../../lib/warehouse/connect'
import type { Settings } from '../../lib/warehouse/settings'
import {
  interruptible,
  retrying,
  step,
  type StepReport,
  steps,
  type Warning,
} from '../../lib/warehouse/steps'

/** What a run leaves: how long each step took, what the warehouse holds now, and what was made of it. */
export interface RunSummary {
  steps: Omit<StepReport, 'warnings'>[]
  /** False where there was nothing to load and nothing to build. */
  isNew: boolean
  /** The latest load, as the ledger names it; null where nothing is loaded. */
  latestLoad: string | null
  /** Rows per table, staging first. */
  tables: { name: string; rows: number }[]
  /** Plays whose song is known. */
  knownPlays: number
  /** What the audits warned of. */
  warnings: Warning[]
  /** Sources whose latest event or file is too old, in words: a run does not fail by it. */
  stale: string[]
  /** The answers held against those expected, where the loaded data set is a known one. */
  check: Check | undefined
  /** The file of the report. */
  report: string | undefined
}

/** The main job: migrate, load, answer the questions, write the report. */
export async function runAll(knex: Knex, options: LoadOptions): Promise<RunSummary> {
  const settings = settingsOf(knex)
  const done = new Map<string, StepReport>()
  let warnings: Warning[] = []
  const note = ({ warnings: told, ...report }: StepReport) => {
    done.set(report.name, report)
    if (told) warnings = told
  }
  let isCommitted = false
  const work = async () => {
    await prepare(knex, settings)
    const before = await latestLoad(knex)
    await load(knex, options)
    isCommitted = true
    const latest = await latestLoad(knex)
    const isNew = latest !== before || done.get('audits')!.count > 0
    const answered = await answerAll(knex, settings)
    const counted = await countAll(knex)
    return {
      isNew,
      latestLoad: latest,
      ...counted,
      warnings,
      stale: await staleText(knex),
      ...answered,
    }
  }
  const said = () => (isCommitted ? stoppedText(done, settings) : undefined)
  steps.on('end', note)
  try {
    const made = await interruptible(knex, work, said)
    return { steps: [...done.values()], ...made }
  } finally {
    steps.off('end', note)
  }
}

/** What Ctrl-C leaves once the load is committed. */
function stoppedText(done: Map<string, StepReport>, { REPORT }: Settings): string {
  const left = [
    ...(done.has('answers') ? [] : ['the answers were not checked']),
    ...(REPORT === undefined || done.has('report') ? [] : ['the report was not written']),
  ]
  const rest =
    left.length > 0 ? `${left.join(', and ')}: \`sparkify run\` does that` : 'all is done'
  return `Stopped: the load is committed, as \`sparkify loads\` shows; ${rest}.`
}

async function prepare(knex: Knex, settings: Settings): Promise<void> {
  if (environmentOf(knex) === 'development' && wantsSample(settings)) {
    await step('sample data', () => writeSample(settings), 'events')
  }
  await step('migrate', () => retrying(() => migrate(knex)), 'migrations')
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
  return {
    tables: await countTables(knex),
    knownPlays: await countRows(knex, 'songplays where song_id is not null'),
  }
}
