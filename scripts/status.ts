import type { WarehouseState } from '../lib/load/state'
import type { Look } from './cli/colors'
import type { Command } from './cli/main'

/** Where one is; `next` are the commands that lead on from there. */
interface Status {
  /** Of the local Redshift; null where there is none yet. */
  warehouse: WarehouseState | null
  /** Where the settings of production lead, which are looked at, and not tried. */
  production: { configured: boolean; host: string | null; fault: string | null }
  next: string[]
}

const command: Command = {
  command: 'status',
  describe: 'Where you are, and what is next: what `sparkify` alone says',
  builder: (yargs) =>
    yargs.example('$0 status --json', '{ warehouse, production, next }; never connects to AWS'),
  async handler({ json, output }) {
    const status = await readStatus()
    if (json) output.document(status)
    else output.print(await textOf(status, output))
  },
}

async function readStatus(): Promise<Status> {
  const { isMade } = await import('./cli/warehouse.ts')
  const warehouse = isMade('development') ? await look() : null
  const production = await readProduction()
  return { warehouse, production, next: nextOf(warehouse) }
}

async function look(): Promise<WarehouseState> {
  const { withWarehouse } = await import('./cli/warehouse.ts')
  const { stateOf } = await import('../lib/load/state.ts')
  return withWarehouse('development', stateOf)
}

async function readProduction(): Promise<Status['production']> {
  const { settingsIn } = await import('./cli/warehouse.ts')
  const { readVariables } = await import('../lib/warehouse/settings.ts')
  const { UsageError } = await import('../lib/warehouse/errors.ts')
  const host = readVariables().REDSHIFT_HOST?.trim() || null
  if (host === null) return { configured: false, host, fault: null }
  try {
    settingsIn('production')
    return { configured: true, host, fault: null }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return { configured: false, host, fault: error.message }
  }
}

function nextOf(warehouse: WarehouseState | null): string[] {
  if (warehouse === null || warehouse.latestLoad === null) return ['sparkify run']
  const { newFiles, changedFiles } = warehouse
  return [
    ...(newFiles > 0 ? ['sparkify plan', 'sparkify run'] : []),
    ...(changedFiles > 0 ? ['sparkify run --reload'] : []),
    ...(newFiles + changedFiles === 0 ? ['sparkify query', 'sparkify report'] : []),
  ]
}

const does: Record<string, string> = {
  'sparkify run': 'load the files, build the tables, answer the questions',
  'sparkify plan': 'what a run would do',
  'sparkify run --reload': 'load changed files again, in place of their former rows',
  'sparkify query': 'the answers to the questions',
  'sparkify report': 'the answers as one HTML page',
}

async function textOf({ warehouse, production, next }: Status, { paint }: Look): Promise<string> {
  const { counted, formatCount } = await import('../lib/warehouse/counts.ts')
  const lines = [
    ...(warehouse === null
      ? ['There is no warehouse yet.']
      : warehouse.latestLoad === null
        ? ['The local warehouse is empty.']
        : [`The local warehouse was loaded last at ${warehouse.latestLoad.slice(0, 19)} UTC:`]),
    ...(warehouse?.tables ?? []).map(({ name, rows }) => `  ${name}: ${counted(rows, 'row')}`),
    ...(warehouse === null ? [] : filesOf(warehouse, formatCount)),
    productionText(production),
    '',
    paint('heading', 'Next:'),
    ...next.map((words) => `  ${words.padEnd(22)}  ${does[words]}`),
    `  ${'sparkify --help'.padEnd(22)}  all commands`,
  ]
  return lines.join('\n')
}

function filesOf(
  { latestLoad, newFiles, changedFiles, quarantinedFiles, filesFault }: WarehouseState,
  count: (files: number) => string,
): string[] {
  if (filesFault !== null) return [`The files cannot be listed: ${filesFault}`]
  const kinds = [
    [newFiles, 'new'],
    [changedFiles, 'changed since they were loaded'],
    [quarantinedFiles, 'in quarantine'],
  ] as const
  const there = kinds.filter(([files]) => files > 0)
  if (there.length === 0) return [latestLoad === null ? 'No files wait.' : 'No new files wait.']
  return [`Files: ${there.map(([files, are]) => `${count(files)} ${are}`).join(', ')}.`]
}

function productionText({ configured, host, fault }: Status['production']): string {
  if (configured) return `Production is configured: ${host}, by --env production.`
  if (fault !== null) return `Production is not wholly configured:\n${fault}`
  return 'Production is not configured: `sparkify cluster up` makes it, docs/amazon-redshift.md tells.'
}

export = command
