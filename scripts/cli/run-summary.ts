import { relative } from 'node:path'
import type { Knex } from 'knex'
import type { Check } from '../../lib/questions/check'
import type { StepReport } from '../../lib/steps'
import { countRows } from '../../lib/warehouse'
import { models } from '../../models'
import { differencesText } from './difference-text'
import { formatCount, formatTable } from './table'

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

/** Counts what the warehouse holds. */
export async function countAll(knex: Knex): Promise<Pick<RunSummary, 'tables' | 'knownPlays'>> {
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
