import type { Command } from './cli/main'

const command: Command = {
  command: 'undo',
  describe: 'Take back the latest load',
  builder: (yargs) =>
    yargs.example('$0 undo', 'its rows go, and the star is as if it had never been'),
  async handler({ env, json, output }) {
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const { interruptible } = await import('../lib/warehouse/steps.ts')
    const { retrying } = await import('../lib/warehouse/steps.ts')
    const { withProgress } = await import('./cli/progress.ts')
    const { undo } = await import('../lib/load/undo.ts')
    const undone = await withWarehouse(env, (knex) =>
      withProgress(output, () => interruptible(knex, () => retrying(() => undo(knex)))),
    )
    if (json) output.print(JSON.stringify(undone ?? null))
    else if (undone)
      output.print(`The load of ${undone.loaded_at} is undone: ${undone.removed} rows.`)
    else output.print('There is no load to undo.')
  },
}

export = command
