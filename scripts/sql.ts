import type { Knex } from 'knex'
import { UsageError, describe, isServerError } from '../lib/warehouse/errors'
import type { Command } from './cli/main'

interface Options {
  statement: string
}

const command: Command<Options> = {
  command: 'sql <statement>',
  describe: 'Run a statement, print the rows',
  builder: (yargs) =>
    yargs
      .positional('statement', {
        type: 'string',
        demandOption: true,
        describe: 'one SQL statement',
      })
      .example('$0 sql "select count(*) from songplays"', 'how many plays there are'),
  async handler({ statement, env, json, output }) {
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const { formatTable } = await import('./cli/table.ts')
    const { columns, rows, tag } = await withWarehouse(env, (knex) => runStatement(knex, statement))
    if (json) output.print(JSON.stringify(rows))
    else output.print(columns.length > 0 ? formatTable(columns, rows) : tag)
  },
}

interface StatementResult {
  /** The names of the columns, none for a statement that returns no rows. */
  columns: string[]
  rows: Record<string, unknown>[]
  /** What was done, where there are no rows: INSERT 3. */
  tag: string
}

interface PgResult {
  command: string | null
  rowCount: number | null
  rows: Record<string, unknown>[]
  fields: { name: string }[]
}

/**
 * Runs a statement that the user wrote.
 * @throws UsageError with the server's words where it is the statement that is wrong
 */
async function runStatement(knex: Knex, statement: string): Promise<StatementResult> {
  const results = await knex
    .raw<PgResult | PgResult[]>(statement.replaceAll('?', '\\?'))
    .catch(asUsageError)
  const { command, rowCount, rows, fields } = [results].flat().at(-1)!
  const tag = [command, rowCount].filter((word) => word !== null).join(' ')
  return { columns: fields.map(({ name }) => name), rows, tag }
}

// SQLSTATE classes 42 and 0A: syntax, names, and what Redshift does not do.
function asUsageError(error: unknown): never {
  if (isServerError(error) && /^(42|0A)/.test(error.code) && error.code !== '42501') {
    throw new UsageError(describe(error), { cause: error })
  }
  throw error
}

export = command
