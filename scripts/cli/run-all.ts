import type { Knex } from 'knex'
import { type Check, checkAnswers } from '../../lib/questions/check'
import { interruptible } from '../../lib/interrupt'
import { retrying } from '../../lib/retry'
import type { Settings } from '../../lib/settings'
import { type StepReport, step, steps } from '../../lib/steps'
import { environmentOf } from '../../lib/warehouse'
import { makeSample, wantsSample } from './first-sample'
import { migrate } from './migrate'
import { type RunSummary, countAll } from './run-summary'

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
  const { writeReport } = await import('../../report/write.ts')
  return (await writeReport(knex, file)).questions
}
