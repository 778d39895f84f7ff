import { describe, exitCodeOf, isServerError, UsageError } from '../lib/warehouse/errors'
import type { Command } from './cli/main'

interface Options {
  statement: string
  csv: boolean | undefined
}

const command: Command<Options> = {
  command: 'sql <statement>',
  describe: 'Run a statement, print the rows as they come',
  builder: (yargs) =>
    yargs
      .positional('statement', {
        type: 'string',
        demandOption: true,
        describe: 'one SQL statement; of several, the rows of the last are printed',
      })
      .option('csv', { type: 'boolean', describe: 'print CSV, every value whole' })
      .example('$0 sql "select count(*) from songplays"', 'how many plays there are')
      .example('$0 sql "select * from songplays" --csv > plays.csv', 'however many these are'),
  async handler({ statement, csv, env, json, output }) {
    if (csv && json) throw new UsageError('--csv and --json are two forms: one of them is expected')
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const { readRows } = await import('../lib/warehouse/rows.ts')
    const { csvPrinter, jsonPrinter, tablePrinter } = await import('./cli/rows.ts')
    const printer = (csv ? csvPrinter : json ? jsonPrinter : tablePrinter)(output)
    const skip = (await countStatements(statement)) - 1
    const done = await withWarehouse(env, (knex) =>
      readRows(knex, statement, printer, { skip }).catch(asUsageError),
    )
    await printer.end(done.at(-1)?.replace(/^INSERT \d+ /, 'INSERT ')) // without the row's OID
  },
}

async function countStatements(text: string): Promise<number> {
  const { sqlTokens } = await import('../lib/load/sql-tokens.ts')
  const tokens = sqlTokens(text)
  return tokens.filter((token, i) => token !== ';' && (i === 0 || tokens[i - 1] === ';')).length
}

async function asUsageError(error: unknown): Promise<never> {
  if (isServerError(error) && isOfStatement(error)) {
    const { remedyOfMissing } = await import('../lib/questions/missing-table.ts')
    const remedy = error.code === '42P01' ? remedyOfMissing(error.message) : undefined
    throw new UsageError([describe(error), remedy].filter(Boolean).join('\n'), { cause: error })
  }
  throw error
}

/**
 * SQLSTATE classes 42 and 0A: syntax, names, and what Redshift does not do. What else would be an internal error,
 * as what depends on a table that is dropped, is the statement's as well: it is the user's own.
 */
function isOfStatement(error: Error & { code: string }): boolean {
  return (/^(42|0A)/.test(error.code) && error.code !== '42501') || exitCodeOf(error) === 1
}

export = command
