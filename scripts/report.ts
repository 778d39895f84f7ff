import type { Command } from './cli/main'

interface Options {
  out: string
  open: boolean
}

const command: Command<Options> = {
  command: 'report',
  describe: 'Write the report: one HTML page of answers, tables and lineage',
  builder: (yargs) =>
    yargs
      .option('out', {
        type: 'string',
        default: 'report.html',
        describe: 'the file to write',
      })
      .option('open', {
        type: 'boolean',
        default: false,
        describe: 'open it in the browser',
      })
      .example('$0 report --open', 'write report.html, and look at it'),
  async handler({ out, open, env, json, output }) {
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const { writeReport } = await import('../lib/report/write.ts')
    const { formatBytes } = await import('../lib/report/format.ts')
    const written = await withWarehouse(env, (knex) => writeReport(knex, out))
    const { file, bytes, questions, tables } = written
    if (json) output.document(written)
    else output.print(`${file}: ${questions} questions, ${tables} tables, ${formatBytes(bytes)}.`)
    if (!open) return
    const { openFile } = await import('../lib/report/write.ts')
    await openFile(file).catch(() => output.tell(`No browser could be started: open ${file}`))
  },
}

export = command
