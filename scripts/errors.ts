import type { Command } from './cli/main'

interface Options {
  load: string | undefined
}

const command: Command<Options> = {
  command: 'errors [load]',
  describe: 'Why a COPY failed: file, line, column, value, and what to change',
  builder: (yargs) =>
    yargs
      .positional('load', {
        type: 'string',
        describe: 'a load as `sparkify loads` shows it, or the number of a COPY; else the latest',
      })
      .example('$0 errors', 'of the latest COPY that failed or passed rows over'),
  async handler({ load, env, json, output }) {
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const { diagnose, diagnoseLoad } = await import('../lib/doctor/diagnose.ts')
    const { formatDiagnosis } = await import('../lib/doctor/diagnose.ts')
    const diagnosis = await withWarehouse(env, (knex) => {
      if (load === undefined) return diagnose(knex)
      return /^\d+$/.test(load) ? diagnose(knex, Number(load)) : diagnoseLoad(knex, load)
    })
    output.print(json ? JSON.stringify(diagnosis) : formatDiagnosis(diagnosis))
  },
}

export = command
