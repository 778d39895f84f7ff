import type { Knex } from 'knex'
import type { QuarantineEntry } from '../lib/load/file-entries'
import type { Load } from '../lib/load/ledger'
import type { LoadDetails } from '../lib/load/load-details'
import type { Pruned } from '../lib/load/prune'
import { counted, formatCount } from '../lib/warehouse/counts'
import { UsageError } from '../lib/warehouse/errors'
import type { Look, Meaning } from './cli/colors'
import type { Command } from './cli/main'

interface Options {
  load: string | undefined
  limit: number | undefined
  release: string[] | undefined
  prune: boolean
  olderThan: string | undefined
  replaced: boolean
  dryRun: boolean
}

const command: Command<Options> = {
  command: 'loads [load]',
  describe: 'The history of loads and the files in quarantine, or one load whole',
  builder: (yargs) =>
    yargs
      .positional('load', {
        type: 'string',
        describe: 'a load by its time, or the beginning of it: of several the latest',
      })
      .option('limit', {
        type: 'number',
        describe: 'so many loads, or files of one; 0 for all (default 20, with --json all)',
      })
      .option('release', {
        type: 'string',
        array: true,
        nargs: 1,
        describe: 'let a file, or all, out of quarantine: the next run tries it again',
      })
      .option('prune', {
        type: 'boolean',
        default: false,
        describe: 'remove details that nothing needs, and manifests in WORK_DATA',
      })
      .option('older-than', {
        type: 'string',
        describe: 'with --prune: only details of loads before so many days (default 90d)',
      })
      .option('replaced', {
        type: 'boolean',
        default: false,
        describe: 'with --prune: also rows that an undo, save the latest, could bring back',
      })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'with --prune: say what would go; change nothing',
      })
      .example('$0 loads 2026-11-29', 'the latest load of that day: files, changes, audits')
      .example('$0 loads --release all', 'the next run tries the files in quarantine again')
      .example('$0 loads --prune --dry-run', 'what is kept and no longer needed'),
  async handler(options) {
    const { env, json, output, load, release } = options
    const days = checkedDays(options)
    const most =
      options.limit === 0 || (json && options.limit === undefined)
        ? Infinity
        : (options.limit ?? 20)
    const { withTables } = await import('./cli/warehouse.ts')
    const withHistory = <T>(work: (knex: Knex) => Promise<T>) =>
      withTables(env, 'the history of loads', work)
    const print = (document: object, text: string) =>
      json ? output.document(document) : output.print(text)
    if (options.prune) {
      const { prune } = await import('../lib/load/prune.ts')
      const { retrying } = await import('../lib/warehouse/steps.ts')
      const { replaced, dryRun } = options
      const pruned = await withHistory((knex) =>
        retrying(() => prune(knex, { days, replaced, dryRun })),
      )
      return print({ dryRun, pruned }, prunedText(pruned, dryRun))
    }
    if (release !== undefined) {
      const { releaseQuarantined } = await import('../lib/load/file-entries.ts')
      const released = await withHistory((knex) => releaseQuarantined(knex, release))
      return print({ released }, releasedText(released))
    }
    if (load !== undefined) {
      const { describeLoad } = await import('../lib/load/load-details.ts')
      const details = await withHistory((knex) => describeLoad(knex, load))
      return print(details, await detailsText(details, most, output))
    }
    const { listQuarantined } = await import('../lib/load/file-entries.ts')
    const { listLoads } = await import('../lib/load/ledger.ts')
    const { loads, quarantined } = await withHistory(async (knex) => ({
      loads: await listLoads(knex),
      quarantined: await listQuarantined(knex),
    }))
    const text = await loadsText(loads, quarantined, most, output)
    print(
      { loads: loads.slice(0, most), more: Math.max(0, loads.length - most), quarantined },
      text,
    )
  },
}

/** @returns how many days --prune leaves. @throws UsageError for all that does not go together */
function checkedDays(options: Options): number {
  const { load, limit, release, prune, olderThan, replaced, dryRun } = options
  const [, days] = /^(\d{1,5})d?$/.exec(olderThan ?? '90d') ?? []
  const ofPrune = { 'older-than': olderThan !== undefined, replaced, 'dry-run': dryRun }
  const stray = Object.entries(ofPrune).filter(([, isGiven]) => isGiven && !prune)
  const works = [load !== undefined && 'LOAD', release && '--release', prune && '--prune']
  const asked = works.filter(Boolean)
  const faults = [
    asked.length > 1 && `${asked.join(' and ')} do not go together: one of them is expected.`,
    ...stray.map(([name]) => `--${name} is an option of --prune.`),
    days === undefined && `--older-than is ${olderThan}: a number of days is expected, as 90d.`,
    limit !== undefined &&
      !(Number.isInteger(limit) && limit >= 0) &&
      `--limit is ${limit}: a number of loads is expected, or 0 for all.`,
  ].filter((fault) => typeof fault === 'string')
  if (faults.length > 0) throw new UsageError(faults.join('\n'))
  return Number(days)
}

async function loadsText(
  loads: Load[],
  quarantined: QuarantineEntry[],
  most: number,
  look: Look,
): Promise<string> {
  const { meaningOf, unlessZero } = await import('./cli/colors.ts')
  const { formatTable } = await import('./cli/table.ts')
  const rows = loads.slice(0, most).map(({ loaded_at, state, files, bytes, staged, ...load }) => ({
    load: loaded_at,
    state,
    files: formatCount(files),
    MB: (bytes / 1e6).toFixed(1),
    staged: formatCount(staged),
    rejected: typeof load.rejected === 'number' ? formatCount(load.rejected) : '',
    changed: formatCount(Object.values(load.changed).reduce((sum, count) => sum + count, 0)),
  }))
  const more = loads.length - rows.length
  return [
    formatTable(['load', 'state', 'files', 'MB', 'staged', 'rejected', 'changed'], rows, look, {
      state: meaningOf,
      rejected: unlessZero('warning'),
    }),
    ...(more > 0 ? [`… and ${formatCount(more)} more: \`--limit 0\` shows all.`] : []),
    ...(quarantined.length > 0
      ? [
          '',
          look.paint(
            'warning',
            `In quarantine until they change (${formatCount(quarantined.length)})`,
          ),
        ]
      : []),
    ...quarantined.map(({ url, reason }) => `  ${url}: ${reason}`),
  ].join('\n')
}

async function detailsText(details: LoadDetails, most: number, look: Look): Promise<string> {
  const { unlessZero } = await import('./cli/colors.ts')
  const { formatTable } = await import('./cli/table.ts')
  const { warningText } = await import('../lib/load/audit.ts')
  const { load, changes, audits, warnings, files, replaced } = details
  const { loaded_at, rejected, user_name, host_name } = load
  const count = (value: number | null) => (value === null ? '' : formatCount(value))
  const good = files.filter(({ state }) => state !== 'quarantined')
  const bad = files.filter(({ state }) => state === 'quarantined')
  const fileRows = good.slice(0, most).map(({ url, table, bytes, lines, state }) => ({
    file: url,
    table,
    bytes: formatCount(bytes),
    lines: count(lines),
    ...(state === 'replaced' && { file: `${url} (replaced since)` }),
  }))
  const changeRows = changes.map(({ table, removed, added }) => ({
    table,
    removed: count(removed),
    added: count(added),
  }))
  const heading = `The load of ${loaded_at} UTC, ${load.state}: ${user_name}@${host_name}, to ${load.finished_at}`
  const section = (title: string, lines: string[], meaning: Meaning = 'heading') =>
    lines.length > 0 ? ['', look.paint(meaning, title), ...lines] : []
  return [
    look.paint('heading', heading),
    `${counted(load.staged, 'row')} of ${counted(load.files, 'file')} staged, ${counted(load.bytes, 'byte')}.`,
    ...(rejected
      ? [`${formatCount(rejected)} rejected: \`sparkify errors "${loaded_at}"\` shows them.`]
      : []),
    ...(good.length > 0
      ? ['', formatTable(['file', 'table', 'bytes', 'lines'], fileRows, look)]
      : []),
    ...(good.length > most
      ? [`… and ${formatCount(good.length - most)} more: \`--limit 0\` shows all.`]
      : []),
    ...section(
      `Put in quarantine (${formatCount(bad.length)})`,
      bad.map(({ url, reason }) => `  ${url}: ${reason}`),
      'warning',
    ),
    ...section(
      `Files whose former rows it replaced (${formatCount(replaced.length)})`,
      replaced.map((each) => `  ${each.url}, of the load of ${each.load}`),
    ),
    '',
    formatTable(['table', 'removed', 'added'], changeRows, look, {
      removed: unlessZero('removed'),
      added: unlessZero('added'),
    }),
    ...section(
      `Audits that passed (${load.audits})`,
      Object.entries(audits ?? {}).map(([table, names]) => `  ${table}: ${names.join('; ')}`),
    ),
    ...section(
      `Audits that warned (${load.warnings ?? 0})`,
      (warnings ?? []).map((warning) => `  ${warningText(warning)}`),
    ),
  ].join('\n')
}

function releasedText(urls: string[]): string {
  if (urls.length === 0) return 'No file is in quarantine.'
  const lines = urls.map((url) => `  ${url}`)
  return [`Out of quarantine: the next run tries them again (${urls.length})`, ...lines].join('\n')
}

function prunedText(
  { before, loads, replaced, unreplaced, auditRows, work }: Pruned,
  dryRun: boolean,
): string {
  const list = (title: string, lines: string[]) =>
    lines.length > 0
      ? [`${title} (${formatCount(lines.length)})`, ...lines.map((line) => `  ${line}`)]
      : []
  const lines = [
    ...list('Loads that are undone or replaced', loads),
    ...list(
      'Former rows, by staging table',
      replaced.map(({ table, rows }) => `${table}: ${formatCount(rows)}`),
    ),
    ...list('Loads whose undo will bring no former rows back', unreplaced),
    ...(auditRows > 0 ? [`Rows that audits had kept: ${formatCount(auditRows)}`] : []),
    ...list('Manifests and lists', work),
  ]
  if (lines.length === 0) return `There is nothing to prune of before ${before} UTC.`
  const head = dryRun ? 'Would go; nothing is changed' : 'Gone'
  return [`${head}: details of before ${before} UTC, and what lies in WORK_DATA.`, ...lines].join(
    '\n',
  )
}

export = command
