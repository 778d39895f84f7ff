import type { LoadOptions } from '../lib/load/stage'
import type { Command } from './cli/main'

const command: Command<LoadOptions> = {
  command: 'run',
  describe: 'Migrate, stage the files, build the star, answer the questions: the main job',
  builder: (yargs) =>
    yargs
      .option('reload', {
        type: 'boolean',
        default: false,
        describe: 'load changed files anew, in place of their former rows',
      })
      .option('maxErrors', {
        type: 'number',
        default: 0,
        describe: 'bad rows that a COPY passes over, and reports',
      })
      .option('quarantine', {
        type: 'boolean',
        default: false,
        describe: 'leave out the files that do not load, and note why',
      })
      .option('compact', {
        type: 'boolean',
        default: false,
        describe: 'put small files together before they are copied',
      })
      .example('$0 run', 'on the local Redshift, with sample data on first use'),
  async handler({ env, json, reload, maxErrors, quarantine, compact }) {
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const { readSettings } = await import('../lib/warehouse/settings.ts')
    const { copyProgress } = await import('../lib/load/stage.ts')
    const { refuseDifferences } = await import('./cli/check.ts')
    const { withProgress } = await import('./cli/progress.ts')
    const { runAll } = await import('./cli/run-all.ts')
    const { checkedOf, summaryText } = await import('./cli/run-all.ts')
    const settings = readSettings(env)
    const summary = await withWarehouse(env, (knex) => {
      knex.userParams.load = { reload, maxErrors, quarantine, compact } satisfies LoadOptions
      const ask = (step: string) => copyProgress(knex, step)
      return withProgress(ask, () => runAll(knex, settings))
    })
    console.log(json ? JSON.stringify(summary) : summaryText(summary))
    if (summary.check) refuseDifferences(checkedOf(summary.check))
  },
}

export = command
