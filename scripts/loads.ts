import type { Command } from './cli/main'

const command: Command = {
  command: 'loads',
  describe: 'The history of loads, the latest first',
  builder: (yargs) => yargs.example('$0 loads --json', 'each load with its files and rows'),
  async handler({ env, json, output }) {
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const { listLoads } = await import('../lib/load/ledger.ts')
    const { formatCount, formatTable } = await import('./cli/table.ts')
    const loads = await withWarehouse(env, listLoads)
    if (json) return output.print(JSON.stringify(loads))
    const rows = loads.map(
      ({ loaded_at, state, files, bytes, staged, changed, audits, ...who }) => ({
        load: loaded_at,
        state,
        files: formatCount(files),
        MB: (bytes / 1e6).toFixed(1),
        staged: formatCount(staged),
        changed: formatCount(Object.values(changed).reduce((sum, count) => sum + count, 0)),
        audits,
        by: `${who.user_name}@${who.host_name}`,
      }),
    )
    const columns = ['load', 'state', 'files', 'MB', 'staged', 'changed', 'audits', 'by']
    output.print(formatTable(columns, rows))
  },
}

export = command
