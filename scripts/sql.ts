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
  async handler({ statement, env, json }) {
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const { runStatement } = await import('./cli/statement.ts')
    const { formatTable } = await import('./cli/terminal.ts')
    const { columns, rows, tag } = await withWarehouse(env, (knex) => runStatement(knex, statement))
    if (json) console.log(JSON.stringify(rows))
    else console.log(columns.length > 0 ? formatTable(columns, rows) : tag)
  },
}

export = command
