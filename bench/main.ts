import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { format, resolveConfig } from 'prettier'
import { Bench, type Rival, type Sizes, rivals } from './bench'
import { type Measurement, Results, inTurns } from './measurement'
import { measurements } from './measurements/index'
import { markdown, reportOf, settingOf } from './report'

const full: Sizes = {
  events: 1_000_000,
  small: 100_000,
  large: 5_000_000,
  songs: 100_000,
  rounds: 3,
}
const quick: Sizes = { events: 20_000, small: 5000, large: 100_000, songs: 1000, rounds: 3 }

const usage = `npm run bench -- [options]

Measures this project beside psql, DuckDB and Python, and prints each target beside what was measured. A run of
everything at full size takes its time, and writes docs/benchmarks.md and docs/benchmarks.json.

  --quick           a small size only, in less than two minutes
  --only NAME       only this one, and those that its targets need; may be repeated
  --without RIVAL   without psql, duckdb or python; may be repeated
  --events N  --small N  --large N  --songs N  --rounds N
                    other sizes than ${Object.values(full).join(', ')}
  --folder FOLDER   where samples are kept between runs (3 GB at full size), and the work of one;
                    else in the temporary folder
  --out FOLDER      where the report is written; else docs where everything is measured at full size
  --help

NAME is one of
${measurements.map(({ name, title, optional }) => `  ${name.padEnd(20)}${title}${optional ? '; only where it is named' : ''}`).join('\n')}`

const sizeNames = ['events', 'small', 'large', 'songs', 'rounds'] as const

function readOptions(words: string[]) {
  const text = { type: 'string' } as const
  const texts = { type: 'string', multiple: true, default: [] as string[] } as const
  const flag = { type: 'boolean', default: false } as const
  const { values } = parseArgs({
    args: words,
    options: {
      ...{ quick: flag, help: flag, only: texts, without: texts, folder: text, out: text },
      ...{ events: text, small: text, large: text, songs: text, rounds: text },
    },
  })
  const { help, quick: isQuick, only, without } = values
  const sizes = { ...(isQuick ? quick : full) }
  const faults: string[] = []
  for (const name of sizeNames) {
    const value = values[name]
    if (value === undefined) continue
    if (/^[1-9]\d{0,8}$/.test(value)) sizes[name] = Number(value)
    else faults.push(`--${name} is "${value}": a number is expected, such as ${full[name]}`)
  }
  const known = measurements.map(({ name }) => name)
  faults.push(...unknown('--only', only, known), ...unknown('--without', without, rivals))
  if (faults.length > 0) throw new Error(faults.join('\n'))
  const isFull = sizeNames.every((name) => name === 'rounds' || sizes[name] === full[name])
  const writesDocs = isFull && only.length === 0 && without.length === 0
  return {
    help,
    isQuick,
    only,
    without: without as Rival[],
    sizes,
    isFull,
    cache: resolve(values.folder ?? join(tmpdir(), 'sparkify-bench')),
    out: values.out ?? (writesDocs ? resolve(__dirname, '..', 'docs') : undefined),
  }
}

function unknown(option: string, found: string[], known: readonly string[]): string[] {
  return found
    .filter((name) => !known.includes(name))
    .map((name) => `${option} is "${name}": one of ${known.join(', ')} is expected`)
}

/** The measurements that are named, or all that are meant without names, each behind those that it needs. */
function chosen(only: string[], isQuick: boolean): Measurement[] {
  const names = new Set<string>()
  const choose = (name: string) => {
    const { needs = [] } = measurements.find((measurement) => measurement.name === name)!
    for (const need of needs) choose(need)
    names.add(name)
  }
  const wanted = measurements
    .filter(({ optional = false, ofScale = false }) => !optional && !(isQuick && ofScale))
    .map(({ name }) => name)
  for (const name of only.length > 0 ? only : wanted) choose(name)
  return measurements.filter(({ name }) => names.has(name))
}

async function main(words: string[]): Promise<void> {
  const { help, isQuick, only, without, sizes, isFull, cache, out } = readOptions(words)
  if (help) return console.log(usage)
  const interrupt = new AbortController()
  const { signal } = interrupt
  const stop = () => {
    process.exitCode = 130
    interrupt.abort(new Error('Interrupted.'))
  }
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, stop)
  const bench = await Bench.open({
    sizes,
    cache,
    without,
    signal,
    tell: (line) => console.error(line),
  })
  try {
    const report = await measure(bench, chosen(only, isQuick), isFull)
    const written = await pretty(markdown(report), 'markdown')
    console.log(written)
    if (out !== undefined) {
      writeFileSync(join(out, 'benchmarks.md'), written)
      writeFileSync(join(out, 'benchmarks.json'), await pretty(JSON.stringify(report), 'json'))
    }
    const failed = report.measurements.some(({ results }) =>
      results.some((result) => result.failed),
    )
    if (failed) process.exitCode = 1
  } finally {
    await bench.close()
  }
}

async function measure(bench: Bench, selected: Measurement[], isFull: boolean) {
  const setting = settingOf(bench)
  const results = new Results()
  for (const { name, title, measure } of selected) {
    bench.tell(title)
    try {
      await measure(bench, async (contestants) => {
        results.add(name, await inTurns(contestants, bench.sizes.rounds, bench))
      })
    } catch (error) {
      bench.signal.throwIfAborted()
      const failed = error instanceof Error ? error.message : String(error)
      results.add(name, [{ name: 'what it prepares or checks', turns: [], failed }])
      bench.tell(`  failed: ${failed}`)
    }
  }
  return reportOf(setting, selected, results, isFull)
}

async function pretty(text: string, parser: string): Promise<string> {
  return format(text, { ...(await resolveConfig(__filename)), parser })
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode ??= 1
})
