import type { RunSummary } from '../lib/run'
import type { Command } from './cli/main'

const command: Command = {
  command: 'run',
  describe: 'Migrate, stage the files, build the star: the main job',
  builder: (yargs) =>
    yargs.example('$0 run', 'on the local Redshift, with sample data on first use'),
  async handler({ env, json }) {
    const { withWarehouse } = await import('../lib/warehouse.ts')
    const { readSettings } = await import('../lib/settings.ts')
    const { makeSampleOnFirstUse, runAll } = await import('../lib/run.ts')
    const { copyProgress } = await import('../lib/copy-progress.ts')
    const { withProgress } = await import('./cli/progress.ts')
    const settings = readSettings(env)
    const summary = await withWarehouse(env, (knex) =>
      withProgress(
        (step) => copyProgress(knex, step),
        async () => {
          if (env === 'development') await makeSampleOnFirstUse(settings)
          return runAll(knex)
        },
      ),
    )
    if (json) console.log(JSON.stringify(summary))
    else await print(summary)
  },
}

async function print({ steps, tables, knownPlays }: RunSummary): Promise<void> {
  const { formatTable, formatCount } = await import('./cli/table.ts')
  const seconds = new Map(steps.map((step) => [step.name, step.seconds.toFixed(2)]))
  const rows = tables.map((table) => ({
    table: table.name,
    rows: formatCount(table.rows),
    seconds: seconds.get(table.name) ?? '',
  }))
  const plays = tables.find(({ name }) => name === 'songplays')?.rows ?? 0
  console.log(formatTable(['table', 'rows', 'seconds'], rows))
  console.log(`\n${formatCount(knownPlays)} of ${formatCount(plays)} plays have a known song.`)
}

export = command
