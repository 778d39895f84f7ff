import type { Knex } from 'knex'
import type { PartSize, PlannedPart } from '../lib/load/compact'
import { counted } from '../lib/warehouse/counts'
import type { Source, StoredFile } from '../sources/source'
import type { Command, Output } from './cli/main'

interface Options {
  partSize: number
  slices: number
  dryRun: boolean
}

/** What was done, or would be, for one source. */
interface Report {
  source: string
  originals: number
  parts: number
  bytesIn: number
  /** Compressed; null for what is only planned. */
  bytesOut: number | null
  seconds: number
  planned?: PlannedPart[]
}

const command: Command<Options> = {
  command: 'compact',
  describe: 'Put many small new files together into few large ones, for COPY to read fast',
  builder: (yargs) =>
    yargs
      .option('part-size', {
        type: 'number',
        default: 64,
        describe: 'MB that a compressed part has at most, about',
      })
      .option('slices', {
        type: 'number',
        default: 1,
        describe: 'slices of the cluster: the number of parts is a multiple',
      })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'list what would be written',
      })
      .example('$0 compact --slices 8', 'then `sparkify run --compact` loads the parts'),
  async handler({ partSize, slices, dryRun, env, json, output }) {
    const { withWarehouse } = await import('./cli/warehouse.ts')
    const { withProgress } = await import('./cli/progress.ts')
    await refuseWrong(partSize, slices)
    const size = { partBytes: partSize * 1e6, slices }
    const reports = await withWarehouse(env, (knex) =>
      withProgress(output, () => (dryRun ? plan(knex, size) : compact(knex, size))),
    )
    if (json) output.document({ sources: reports })
    else await print(reports, output)
  },
}

async function refuseWrong(partSize: number, slices: number): Promise<void> {
  const { UsageError } = await import('../lib/warehouse/errors.ts')
  const faults = [
    ...(partSize > 0 ? [] : [`--part-size is ${partSize}: MB above 0 are expected.`]),
    ...(Number.isInteger(slices) && slices > 0
      ? []
      : [`--slices is ${slices}: a whole number from 1 on is expected.`]),
  ]
  if (faults.length > 0) throw new UsageError(faults.join('\n'))
}

async function compact(knex: Knex, size: PartSize): Promise<Report[]> {
  const { compactSource } = await import('../lib/load/compact.ts')
  const { Interrupted } = await import('../lib/warehouse/errors.ts')
  // The second Ctrl-C ends the process.
  const stop = new AbortController()
  const interrupt = () => stop.abort(new Interrupted())
  process.once('SIGINT', interrupt)
  try {
    return await eachSource(knex, async (source, files) => {
      const options = { ...size, signal: stop.signal }
      const { written } = await compactSource(knex, source, files, options)
      const bytesOut = written.reduce((sum, part) => sum + part.size, 0)
      return { ...totals(written), bytesOut }
    })
  } finally {
    process.off('SIGINT', interrupt)
  }
}

async function plan(knex: Knex, size: PartSize): Promise<Report[]> {
  const { planSource } = await import('../lib/load/compact.ts')
  return eachSource(knex, async (source, files) => {
    const planned = await planSource(knex, source, files, size)
    return { ...totals(planned), bytesOut: null, planned }
  })
}

/** What is done with the new files of each source, and how long it takes. */
async function eachSource(
  knex: Knex,
  work: (source: Source, files: StoredFile[]) => Promise<Omit<Report, 'source' | 'seconds'>>,
): Promise<Report[]> {
  const { sources } = await import('../sources/index.ts')
  const { newFiles, partsFolder } = await import('../lib/load/compact.ts')
  for (const { table } of sources(knex)) partsFolder(knex, table) // settings before anything else
  const reports: Report[] = []
  for (const source of sources(knex)) {
    const start = performance.now()
    const done = await work(source, await newFiles(knex, source))
    reports.push({
      source: source.table,
      ...done,
      seconds: (performance.now() - start) / 1000,
    })
  }
  return reports
}

function totals(parts: { originals: StoredFile[] }[]) {
  const originals = parts.flatMap((part) => part.originals)
  const bytesIn = originals.reduce((sum, { size }) => sum + size, 0)
  return { originals: originals.length, parts: parts.length, bytesIn }
}

async function print(reports: Report[], output: Output): Promise<void> {
  const { formatTable } = await import('./cli/table.ts')
  const { formatCount } = await import('../lib/warehouse/counts.ts')
  const { megabytes } = await import('../lib/load/compact.ts')
  const rows = reports.map(({ source, originals, parts, bytesIn, bytesOut, seconds }) => ({
    source,
    originals: formatCount(originals),
    parts: formatCount(parts),
    'MB in': megabytes(bytesIn),
    'MB out': bytesOut === null ? '' : megabytes(bytesOut),
    seconds: seconds.toFixed(1),
  }))
  const columns = ['source', 'originals', 'parts', 'MB in', 'MB out', 'seconds']
  output.print(formatTable(columns, rows, output))
  const planned = reports.flatMap((report) => report.planned ?? [])
  if (planned.length > 0) output.print(`\nTo be written:\n${planned.map(described).join('\n')}`)
}

function described({ originals }: PlannedPart): string {
  const [first, last] = [originals[0]!.url, originals.at(-1)!.url]
  return `  ${counted(originals.length, 'file')}: ${first === last ? first : `${first} … ${last}`}`
}

export = command
