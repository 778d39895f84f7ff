import type { Command } from './cli/main'

interface Options {
  names: string[]
}

const command: Command<Options> = {
  command: 'audit [names..]',
  describe: 'Run the audits of models, over all their rows',
  builder: (yargs) =>
    yargs
      .positional('names', {
        type: 'string',
        array: true,
        default: [],
        describe: 'models: name, glob, +name, name+; all where none is named',
      })
      .example('$0 audit songplays', 'hold every play against what must be true of it')
      .example('$0 audit staging_songs+', 'all that is made from the song files'),
  async handler({ names, env, json, output }) {
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const { selectModels } = await import('../lib/load/refresh.ts')
    const { audit, auditsOf, refuseFailures } = await import('../lib/load/audit.ts')
    const chosen = selectModels(names)
    const failures = await withWarehouse(env, (knex) => audit(knex, chosen, 'all'))
    if (json) output.print(JSON.stringify(failures))
    refuseFailures(failures)
    if (!json) output.print(`All ${chosen.flatMap(auditsOf).length} audits hold.`)
  },
}

export = command
