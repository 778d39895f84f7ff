import type { Command } from './cli/main'

const command: Command = {
  command: 'loads',
  describe: 'The history of loads, the latest first, and the files in quarantine',
  builder: (yargs) =>
    yargs.example('$0 loads --json', '{ loads, quarantined }, each load with its files and rows'),
  async handler({ env, json, output }) {
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const { listQuarantined } = await import('../lib/load/file-entries.ts')
    const { listLoads } = await import('../lib/load/ledger.ts')
    const { formatTable } = await import('./cli/table.ts')
    const { formatCount } = await import('../lib/warehouse/counts.ts')
    const { loads, quarantined } = await withWarehouse(env, async (knex) => ({
      loads: await listLoads(knex),
      quarantined: await listQuarantined(knex),
    }))
    if (json) return output.print(JSON.stringify({ loads, quarantined }))
    const rows = loads.map(
      ({ loaded_at, state, files, bytes, staged, rejected, changed, audits, ...who }) => ({
        load: loaded_at,
        state,
        files: formatCount(files),
        MB: (bytes / 1e6).toFixed(1),
        staged: formatCount(staged),
        rejected: typeof rejected === 'number' ? formatCount(rejected) : '',
        changed: formatCount(Object.values(changed).reduce((sum, count) => sum + count, 0)),
        audits,
        by: `${who.user_name}@${who.host_name}`,
      }),
    )
    const columns = [
      'load',
      'state',
      'files',
      'MB',
      'staged',
      'rejected',
      'changed',
      'audits',
      'by',
    ]
    output.print(formatTable(columns, rows))
    if (quarantined.length === 0) return
    output.print(`\nIn quarantine until they change (${formatCount(quarantined.length)})`)
    for (const { url, reason } of quarantined) output.print(`  ${url}: ${reason}`)
  },
}

export = command
