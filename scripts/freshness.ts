import type { Freshness } from '../lib/load/freshness'
import type { Look } from './cli/colors'
import type { Command } from './cli/main'

const command: Command = {
  command: 'freshness',
  describe: "How old each source's latest event and file are, and may be",
  builder: (yargs) =>
    yargs.example('$0 freshness', 'ends with 3 where one is too old, and FRESHNESS is on'),
  async handler({ env, json, output }) {
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const { freshness, wordsOf } = await import('../lib/load/freshness.ts')
    const found = await withWarehouse(env, (knex) => freshness(knex))
    const stale = found.ages.filter(({ state }) => state === 'error')
    if (json) output.document(found)
    else output.print(await tableText(found, output))
    if (stale.length === 0) return
    const { DataRefused } = await import('../lib/warehouse/errors.ts')
    const findings = stale.map((age) => ({ what: wordsOf(age) }))
    throw new DataRefused(findings.map(({ what }) => what).join('\n'), { findings })
  },
}

async function tableText({ asOf, ages }: Freshness, look: Look): Promise<string> {
  const { ageText, spanText } = await import('../lib/load/freshness.ts')
  const { meaningOf } = await import('./cli/colors.ts')
  const { formatTable } = await import('./cli/table.ts')
  const rows = ages.map(({ source, of, latest, ageSeconds, warnHours, errorHours, state }) => ({
    source,
    latest: of,
    UTC: latest?.slice(0, 16) ?? 'none yet',
    age: ageSeconds === null ? '' : ageText(ageSeconds).replace(/ ago$/, ''),
    warn: spanText(warnHours * 3600),
    error: spanText(errorHours * 3600),
    state,
  }))
  const isOff = ages.some(({ state }) => state === 'off')
  return [
    formatTable(['source', 'latest', 'UTC', 'age', 'warn', 'error', 'state'], rows, look, {
      state: meaningOf,
    }),
    '',
    `As of ${asOf} UTC.${isOff ? ' The limits do not hold: FRESHNESS is off.' : ''}`,
  ].join('\n')
}

export = command
