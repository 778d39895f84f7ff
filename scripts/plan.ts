import type { Plan } from '../lib/load/plan'
import type { Command, Output } from './cli/main'

interface Options {
  exitCode: boolean
}

const command: Command<Options> = {
  command: 'plan',
  describe: 'What `run` would do: migrations, files, models; changes nothing',
  builder: (yargs) =>
    yargs
      .option('exitCode', {
        type: 'boolean',
        default: false,
        describe: 'end with 5 where there is something to do',
      })
      .example('$0 plan --exit-code', 'for a scheduler that runs only what is due'),
  async handler({ env, json, exitCode, output }) {
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const { plan: planRun } = await import('../lib/load/plan.ts')
    const { dependentsOf } = await import('../lib/load/refresh.ts')
    const plan = await withWarehouse(env, planRun)
    const staged = plan.sources.filter((source) => source.new.length > 0).map(({ table }) => table)
    const models = dependentsOf(staged).map(({ name }) => name)
    if (json) output.print(JSON.stringify({ ...plan, models }))
    else await print(plan, models, output)
    if (exitCode && (plan.migrations.length > 0 || staged.length > 0)) output.exitCode = 5
  },
}

const shown = 10

async function print(
  { migrations, sources, drift }: Plan,
  models: string[],
  output: Output,
): Promise<void> {
  const { formatCount } = await import('./cli/table.ts')
  const list = (title: string, lines: string[]) => {
    if (lines.length === 0) return
    output.print(`${title} (${formatCount(lines.length)})`)
    for (const line of lines.slice(0, shown)) output.print(`  ${line}`)
    if (lines.length > shown) output.print(`  … and ${formatCount(lines.length - shown)} more`)
  }
  list('Migrations to apply', migrations)
  for (const { table, new: added, changed, missing, ignored } of sources) {
    const megabytes = (size: number) => `${(size / 1e6).toFixed(2)} MB`
    list(
      `${table}: new files`,
      added.map(({ url, size }) => `${url}  ${megabytes(size)}`),
    )
    list(
      `${table}: changed since they were loaded, see --reload`,
      changed.map(({ url }) => url),
    )
    list(`${table}: loaded, no longer there`, missing)
    list(`${table}: no data, ignored`, ignored)
  }
  list('Models that are affected', models)
  list('Columns that differ from the migrations', drift.map(driftText))
  if (migrations.length + models.length === 0) output.print('There is nothing to do.')
}

function driftText({ table, column, declared, live }: Plan['drift'][number]): string {
  const none = 'not there'
  return `${table}.${column}: declared ${declared ?? none}; live ${live ?? none}`
}

export = command
