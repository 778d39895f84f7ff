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
      .example('$0 errors', 'of the latest COPY that failed or rejected rows'),
  async handler({ load, env, json, output }) {
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const { diagnose } = await import('../lib/doctor/diagnose.ts')
    const { formatDiagnoses } = await import('../lib/doctor/finding.ts')
    const { tracer } = await import('../lib/load/provenance.ts')
    const { objectStoreOf } = await import('../lib/warehouse/connect.ts')
    const diagnoses = await withWarehouse(env, async (knex) => {
      const originOf = tracer(await objectStoreOf(knex))
      return diagnose(knex, { ...copyOf(load), originOf })
    })
    if (json) output.document({ diagnoses })
    else output.print(formatDiagnoses(diagnoses, (text) => output.paint('heading', text)))
  },
}

/** The COPY that a word of the command line means; the latest for none. */
function copyOf(load: string | undefined) {
  if (load === undefined) return {}
  return /^\d+$/.test(load) ? { query: Number(load) } : { loadedAt: load }
}

export = command
