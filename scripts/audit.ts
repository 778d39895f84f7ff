import type { Command } from './cli/main'
import { excluded, namesOf, type Selection } from './cli/selection'

interface Options extends Selection {
  full: boolean
}

const command: Command<Options> = {
  command: 'audit [names..]',
  describe: 'Run the audits of models, over all their rows',
  builder: (yargs) =>
    yargs
      .positional('names', namesOf('models'))
      .option('exclude', excluded)
      .option('full', {
        type: 'boolean',
        default: false,
        describe: 'compare each table with its rebuild from what is staged as well',
      })
      .example('$0 audit songplays', 'hold every play against what must be true of it')
      .example('$0 audit staging_songs+', 'all that is made from the song files')
      .example('$0 audit --full', 'the star against a build from scratch'),
  async handler({ names, exclude, full, env, json, output }) {
    const { withTables } = await import('./cli/warehouse.ts')
    const { selectModels } = await import('../lib/load/refresh.ts')
    const { auditAll, auditByRebuild, auditsOf, refuseFailures } =
      await import('../lib/load/audit.ts')
    const chosen = selectModels(names, exclude)
    const audits = await withTables(env, 'an audit', (knex) =>
      knex.transaction(async (transaction) => [
        ...(await auditAll(transaction, chosen)),
        ...(full ? await auditByRebuild(transaction, chosen) : []),
      ]),
    )
    if (json) output.document({ audits })
    refuseFailures(audits)
    if (json) return
    output.print(`All ${chosen.flatMap(auditsOf).length} audits hold.`)
    if (full) output.print('Each table equals its rebuild.')
  },
}

export = command
