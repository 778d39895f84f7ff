import type { Undone } from '../lib/load/undo'
import type { Look } from './cli/colors'
import type { Command } from './cli/main'

interface Options {
  dryRun: boolean
}

const command: Command<Options> = {
  command: 'undo',
  describe: 'Take back the latest load: its rows go, and what it replaced comes back',
  builder: (yargs) =>
    yargs
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'say what would go and what would come back; change nothing',
      })
      .example('$0 undo', 'the star is as if the load had never been'),
  async handler({ env, json, dryRun, output }) {
    const { withTables } = await import('./cli/warehouse.ts')
    const { interruptible } = await import('../lib/warehouse/steps.ts')
    const { retrying } = await import('../lib/warehouse/steps.ts')
    const { withProgress } = await import('./cli/progress.ts')
    const { undo } = await import('../lib/load/undo.ts')
    const undone = await withTables(env, 'undo', (knex) =>
      withProgress(output, () => interruptible(knex, () => retrying(() => undo(knex, { dryRun })))),
    )
    if (json) output.document({ dryRun, undone: undone ?? null })
    else if (undone) output.print(await undoneText(undone, dryRun, output))
    else output.print('There is no load to undo.')
  },
}

async function undoneText(undone: Undone, dryRun: boolean, look: Look): Promise<string> {
  const { unlessZero } = await import('./cli/colors.ts')
  const { formatTable, titled } = await import('./cli/table.ts')
  const { formatCount } = await import('../lib/warehouse/counts.ts')
  const { warningText } = await import('../lib/load/audit.ts')
  const { loaded_at: load, files, tables, warnings } = undone
  const rows = tables.map(({ name, removed, added }) => ({
    table: name,
    removed: formatCount(removed),
    added: formatCount(added),
  }))
  return [
    dryRun
      ? `The load of ${load} would be undone; nothing is changed.`
      : `The load of ${load} is undone.`,
    ...titled('Files whose rows go', files.removed, look),
    ...titled('Files whose former rows come back', files.returned, look),
    '',
    formatTable(['table', 'removed', 'added'], rows, look, {
      removed: unlessZero('removed'),
      added: unlessZero('added'),
    }),
    ...warnings.map((warning) => look.paint('warning', `Warning: ${warningText(warning)}`)),
  ].join('\n')
}

export = command
