import type { Command } from './cli/main'
import { excluded, namesOf, type Selection } from './cli/selection'

interface Options extends Selection {
  direction: 'up' | 'down'
}

const command: Command<Options> = {
  command: 'model <direction> [names..]',
  describe: 'Build or take back models, with what depends on them',
  builder: (yargs) =>
    yargs
      .positional('direction', {
        choices: ['up', 'down'] as const,
        demandOption: true,
        describe: 'build, or take back',
      })
      .positional('names', namesOf('models'))
      .option('exclude', excluded)
      .example('$0 model down songplays', 'empty songplays, and time, which is made of it')
      .example('$0 model up +time', 'build time, what it is made of, and what is made of that')
      .example('$0 model up', 'build the whole star from what is staged'),
  async handler({ direction, names, exclude, env, json, output }) {
    const { withTables } = await import('./cli/warehouse.ts')
    const { buildModels } = await import('../lib/load/refresh.ts')
    const { formatTable } = await import('./cli/table.ts')
    const { formatCount } = await import('../lib/warehouse/counts.ts')
    const { retrying } = await import('../lib/warehouse/steps.ts')
    const built = await withTables(env, 'a model', (knex) =>
      retrying(() => buildModels(knex, direction, names, exclude)),
    )
    if (json) return output.document({ models: built })
    const rows = built.map(({ name, rows }) => ({ model: name, [direction]: formatCount(rows) }))
    output.print(formatTable(['model', direction], rows))
  },
}

export = command
