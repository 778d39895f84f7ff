import type { Knex } from 'knex'
import {
  DataRefused,
  describe,
  exitCodeOf,
  isOfStatement,
  isServerError,
  Unreachable,
  UsageError,
} from '../lib/warehouse/errors'
import type { Command, GlobalOptions } from './cli/main'
import type { RowPrinter } from './cli/rows'

interface Options {
  statements: string | undefined
  file: string | undefined
  csv: boolean | undefined
  expanded: boolean | undefined
}

const command: Command<Options> = {
  command: 'sql [statements]',
  describe: 'Run SQL statements, print the rows as they come',
  builder: (yargs) =>
    yargs
      .positional('statements', {
        type: 'string',
        describe: 'SQL statements; - reads them from stdin',
      })
      .nargs('statements', 1) // so that yargs hands over - as it stands
      .option('file', { type: 'string', describe: 'the file that the statements are in' })
      .option('csv', { type: 'boolean', describe: 'print CSV, every value whole' })
      .option('expanded', { type: 'boolean', describe: 'print a value a line' })
      .epilogue(
        'Several statements are one transaction: where one fails, nothing of them stays. BEGIN and ' +
          'COMMIT among them divide it.',
      )
      .example('$0 sql "select count(*) from songplays"', 'how many plays there are')
      .example('$0 sql "select * from songplays" --csv > plays.csv', 'however many these are')
      .example('$0 sql --file month.sql', 'the result of each statement'),
  async handler(options) {
    const { env } = options
    refuseContradictions(options)
    const script = await readScript(options)
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const { interruptible } = await import('../lib/warehouse/steps.ts')
    const printer = await printerFor(options, script)
    await withWarehouse(env, (knex) => interruptible(knex, () => run(knex, script, printer)))
  },
}

function refuseContradictions({ statements, file, csv, json, expanded }: Options & GlobalOptions) {
  const forms = [csv && '--csv', json && '--json', expanded && '--expanded'].filter(Boolean)
  const faults = [
    ...(forms.length > 1 ? [`${forms.join(' and ')} are forms of a result: one is expected.`] : []),
    ...((statements === undefined) === (file === undefined)
      ? ['Statements are expected, or --file FILE, or - for stdin: one of them.']
      : []),
  ]
  if (faults.length === 0) return
  throw new UsageError([...faults, '`sparkify sql --help` shows what there is.'].join('\n'))
}

/** Statements, and where each of them begins. */
interface Script {
  text: string
  /** Characters from 0 on. */
  starts: number[]
  file: string | undefined
}

async function readScript({ statements, file }: Options): Promise<Script> {
  const { readInput } = await import('./cli/input.ts')
  const from = statements === '-' ? statements : file
  const text = from === undefined ? statements! : await readInput('file', from)
  const { statementStarts } = await import('../lib/load/sql-tokens.ts')
  const starts = statementStarts(text)
  if (starts.length > 0) return { text, starts, file }
  const where = file ?? (statements === '-' ? 'stdin' : `"${statements}"`)
  throw new UsageError(`There is no statement in ${where}: one is expected, such as "select 1".`)
}

async function printerFor(
  { csv, json, expanded, output }: Options & GlobalOptions,
  { text, starts }: Script,
): Promise<RowPrinter> {
  const { csvPrinter, resultsPrinter, tablePrinter } = await import('./cli/rows.ts')
  if (csv) return csvPrinter(output)
  if (json)
    return resultsPrinter(
      output,
      starts.map((start) => lineAt(text, start)),
    )
  return tablePrinter(output, expanded)
}

async function run(knex: Knex, script: Script, printer: RowPrinter): Promise<void> {
  const { readRows } = await import('../lib/warehouse/rows.ts')
  let done = 0
  const taker = {
    ...printer,
    done(tag: string) {
      done++
      printer.done(tag)
    },
  }
  try {
    await readRows(knex, script.text, taker, 'several')
  } catch (error) {
    throw await refusalOf(error, script, done)
  } finally {
    await printer.end()
  }
}

/** The error of a statement, with its number, its line and what to do. */
async function refusalOf(error: unknown, script: Script, done: number): Promise<unknown> {
  if (!isServerError(error)) return error
  const { position } = error as { position?: string }
  const { remedyOfMissing } = await import('../lib/questions/missing-table.ts')
  const remedy = error.code === '42P01' ? remedyOfMissing(error.message) : undefined
  const { place, line } = placeOf(
    script,
    done,
    position === undefined ? undefined : Number(position) - 1,
  )
  const said = [`${place}${describe(error)}`, remedy].filter(Boolean).join('\n')
  if (isOfStatement(error)) return new UsageError(said, { cause: error })
  const exitCode = exitCodeOf(error)
  if (exitCode === 4) return new Unreachable(said, { cause: error })
  if (exitCode !== 3) return error
  const findings = [{ what: error.message, file: script.file, line, remedy: error.hint }]
  return new DataRefused(said, { cause: error, findings })
}

function placeOf({ text, starts, file }: Script, done: number, position: number | undefined) {
  // The server counts characters, not the halves of them that JavaScript has.
  const at = position && Array.from(text).slice(0, position).join('').length
  const index = at === undefined ? done : starts.findLastIndex((start) => start <= at)
  const line = lineAt(text, at ?? starts[index] ?? text.length)
  const words = [
    ...(file === undefined ? [] : [file]),
    ...(starts.length > 1 ? [`statement ${Math.max(index, 0) + 1} of ${starts.length}`] : []),
    ...(text.includes('\n') ? [`line ${line}`] : []),
  ].join(', ')
  return { place: words && `${words}: `, line }
}

function lineAt(text: string, at: number): number {
  return text.slice(0, at).split('\n').length
}

export = command
