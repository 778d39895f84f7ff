import type { AuditResult } from '../lib/load/audit'
import type { Command, Output } from './cli/main'
import { excluded, namesOf, type Selection } from './cli/selection'

interface Options extends Selection {
  full: boolean
  store: boolean
}

const command: Command<Options> = {
  command: 'audit [names..]',
  describe: 'Run the audits of tables, over all their rows',
  builder: (yargs) =>
    yargs
      .positional('names', namesOf('models and staging tables'))
      .option('exclude', excluded)
      .option('full', {
        type: 'boolean',
        default: false,
        describe: 'compare each model with its rebuild from what is staged as well',
      })
      .option('store', {
        type: 'boolean',
        default: false,
        describe: 'keep the rows for which audits do not hold, in the table audit_rows',
      })
      .example('$0 audit songplays', 'hold every play against what must be true of it')
      .example('$0 audit staging_songs+', 'the song files, and all that is made from them')
      .example('$0 audit --full', 'the star against a build from scratch'),
  async handler({ names, exclude, full, store, env, json, output }) {
    const { withTables } = await import('./cli/warehouse.ts')
    const { selectAudited } = await import('../lib/load/refresh.ts')
    const { auditAll, auditByRebuild, refuseFailures } = await import('../lib/load/audit.ts')
    const { expectAuditRows, keepLater, mostKept } = await import('../lib/load/audit-rows.ts')
    const { models } = await import('../models/index.ts')
    const chosen = selectAudited(names, exclude)
    const rebuilt = full ? models.filter((model) => chosen.includes(model)) : []
    const { audits, kept } = await withTables(env, 'an audit', async (knex) => {
      if (store) await expectAuditRows(knex)
      const audits = await knex.transaction(async (transaction) => [
        ...(await auditAll(transaction, chosen, store ? mostKept : 0)),
        ...(full ? await auditByRebuild(transaction, rebuilt) : []),
      ])
      return { audits, kept: store ? await keepLater(knex, audits) : undefined }
    })
    // The rows that were to be kept of each are in their table.
    const told = audits.map((audit) => ({ ...audit, offenders: undefined }))
    if (json) output.document({ audits: told, kept })
    else await print(audits, kept, output)
    refuseFailures(audits)
  },
}

async function print(
  audits: AuditResult[],
  kept: number | undefined,
  output: Output,
): Promise<void> {
  const { auditsText, warningsOf, warningText } = await import('../lib/load/audit.ts')
  const { formatTable } = await import('./cli/table.ts')
  const { counted } = await import('../lib/warehouse/counts.ts')
  const rows = audits.map(({ model, audit, severity, holds, count }) => ({
    table: model,
    severity,
    result: holds ? 'holds' : `not of ${counted(count, 'row')}`,
    audit,
  }))
  const warnings = warningsOf(audits)
  const failed = audits.filter(({ holds, severity }) => !holds && severity === 'error').length
  const result = (text: string) => (text === 'holds' ? undefined : 'warning')
  output.print(formatTable(['table', 'severity', 'result', 'audit'], rows, output, { result }))
  output.print(`\n${auditsText(audits.length, warnings.length, failed)}`)
  for (const warning of warnings)
    output.print(output.paint('warning', `Warning: ${warningText(warning)}`))
  if (kept !== undefined) {
    const { keptText } = await import('../lib/load/audit-rows.ts')
    output.print(keptText(kept))
  }
}

export = command
