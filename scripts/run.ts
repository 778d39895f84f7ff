import { relative } from 'node:path'
import type { LoadOptions } from '../lib/load/load'
import type { Check } from '../lib/questions/check'
import { UsageError } from '../lib/warehouse/errors'
import type { Look } from './cli/colors'
import type { Command } from './cli/main'
import type { RunSummary } from './cli/run-all'

const command: Command<LoadOptions> = {
  command: 'run',
  describe: 'Migrate, stage the files, build the star, answer the questions: the main job',
  builder: (yargs) =>
    yargs
      .option('reload', {
        type: 'boolean',
        default: false,
        describe: 'load changed files again, in place of their former rows, which undo brings back',
      })
      .option('max-errors', {
        type: 'number',
        default: 0,
        describe: 'bad rows that a COPY may skip, and reports; one more fails it',
      })
      .option('quarantine', {
        type: 'boolean',
        default: false,
        describe: 'leave out the files that do not load, and note why; former rows of theirs stay',
      })
      .option('compact', {
        type: 'boolean',
        default: false,
        describe: 'put small files together before they are copied',
      })
      .option('full-audit', {
        type: 'boolean',
        default: false,
        describe: 'compare each table with its rebuild before the load is published',
      })
      .option('store', {
        type: 'boolean',
        default: false,
        describe: 'keep the rows for which audits do not hold, also of a load that is refused',
      })
      .example('$0 run', 'on the local Redshift, with sample data on first use'),
  async handler({ env, json, output, reload, maxErrors, quarantine, compact, fullAudit, store }) {
    checkMaxErrors(maxErrors)
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const options = { reload, maxErrors, quarantine, compact, fullAudit, store }
    const summary = await withWarehouse(env, async (knex) => {
      const { copyProgress } = await import('../lib/load/stage.ts')
      const { withProgress } = await import('./cli/progress.ts')
      const { runAll } = await import('./cli/run-all.ts')
      return withProgress(
        output,
        () => runAll(knex, options),
        (step) => copyProgress(knex, step),
      )
    })
    const { refuseDifferences } = await import('./cli/check.ts')
    if (json) output.document(summary)
    else output.print(await summaryText(summary, output))
    if (summary.check) refuseDifferences(checkedOf(summary.check))
  },
}

// COPY is told one more, and takes 100000 at most.
function checkMaxErrors(rows: number): void {
  if (Number.isInteger(rows) && rows >= 0 && rows < 100_000) return
  throw new UsageError(`--max-errors is ${rows}: a whole number from 0 to 99999 is expected.`)
}

/** The summary for a terminal: a table, and a line for all else. */
async function summaryText(summary: RunSummary, look: Look): Promise<string> {
  const { formatTable } = await import('./cli/table.ts')
  const { formatCount } = await import('../lib/warehouse/counts.ts')
  const { auditsText, warningText } = await import('../lib/load/audit.ts')
  const { steps, isNew, latestLoad, tables, knownPlays, warnings, stale, check, report } = summary
  const seconds = new Map(steps.map((step) => [step.name, step.seconds.toFixed(2)]))
  const rows = tables.map(({ name, rows }) => ({
    table: name,
    rows: formatCount(rows),
    seconds: seconds.get(name) ?? '',
  }))
  const plays = tables.find(({ name }) => name === 'songplays')?.rows ?? 0
  const loaded = latestLoad
    ? `the star was last loaded by the load of ${latestLoad} UTC`
    : 'nothing is loaded'
  const audits = steps.find(({ name }) => name === 'audits')
  const isFull = steps.some(({ name }) => name === 'full audit')
  const lines = [
    isNew ? undefined : `Nothing was new: ${loaded}.`,
    `${formatCount(knownPlays)} of ${formatCount(plays)} plays have a known song.`,
    [
      audits?.count && auditsText(audits.count, warnings.length),
      isFull && 'Each table equals its rebuild.',
    ]
      .filter(Boolean)
      .join(' '),
    ...[...warnings.map(warningText), ...stale].map((text) =>
      look.paint('warning', `Warning: ${text}`),
    ),
    check && (await checkText(check, look)),
    report && `The report is ${nearName(report)}: open it in a browser.`,
  ]
  const table = formatTable(['table', 'rows', 'seconds'], rows, look)
  return [table, '', ...lines.filter(Boolean)].join('\n')
}

async function checkText(check: Check, { paint }: Look): Promise<string> {
  const { differencesText } = await import('./cli/check.ts')
  const { dataset, comparisons } = checkedOf(check)
  const differing = comparisons.filter(({ state }) => state === 'different')
  const equal = comparisons.length - differing.length
  return [
    paint(
      differing.length > 0 ? 'error' : undefined,
      `${equal} of ${comparisons.length} answers are as expected of the ${dataset} data.`,
    ),
    ...differing.map(differencesText),
  ].join('\n')
}

/** A check without the questions that no answer is expected of: a new one is no fault of a run. */
function checkedOf({ dataset, comparisons }: Check): Check {
  return { dataset, comparisons: comparisons.filter(({ state }) => state !== 'unchecked') }
}

function nearName(file: string): string {
  const name = relative(process.cwd(), file)
  return name.startsWith('..') ? file : name
}

export = command
