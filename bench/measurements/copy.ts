import { join } from 'node:path'
import { type Bench, type Size, at, sizeText } from '../bench'
import { duckDb } from '../duckdb'
import { stageEvents } from '../duckdb-star'
import type { Contestant, Measurement, Target } from '../measurement'
import type { Turn } from '../programs'
import { Psql, quoted } from '../psql'
import { loadByPython } from '../python'
import type { Sample } from '../sample'
import { type Served, connected, timed } from '../warehouse'

const names = {
  copy: 'COPY, local Redshift',
  text: '\\copy text',
  csv: '\\copy CSV',
  binary: '\\copy binary',
  duckdb: 'DuckDB read_json into a file',
  pythonCopy: 'Python, COPY',
}

const mostByRow = 20_000
const plain = 'plain_events'

/** COPY of the events, beside others that load the same rows. */
export function copyEvents(size: Size): Measurement {
  const name = at('copy', size)
  const against = (other: string, text: string, most: number, aim?: number): Target => ({
    text: `COPY of events : ${text}`,
    value: (results) => results.seconds(name, names.copy) / results.seconds(name, other),
    most,
    ...(aim === undefined ? {} : { aim }),
    unit: '×',
  })
  const peak: Target = {
    text: `COPY of events${sizeText[size]}: peak of our process`,
    value: (results) => results.peak(name, names.copy),
    most: 200,
    unit: 'MB',
  }
  const perEvent: Target = {
    text: 'COPY, time per event: large : small',
    value: (results) => {
      const of = (other: Size) => {
        const measured = at('copy', other)
        const { rows = NaN } = results.of(measured)[0] ?? {}
        return results.seconds(measured, names.copy) / rows
      }
      return of('large') / of('small')
    },
    most: 1.15,
    unit: '×',
  }
  return {
    name,
    title: `COPY of events${sizeText[size]}`,
    ofScale: size !== 'events',
    ...(size === 'large' ? { needs: [at('copy', 'small')] } : {}),
    measure: async (bench, inTurns) => {
      const sample = await bench.sample(bench.sizes[size])
      const warehouse = bench.emptyWarehouse(sample)
      await warehouse.migrate()
      await warehouse.served(async (served) => {
        const expected = await prepare(bench, served)
        await inTurns(contestants(bench, sample, served, expected))
      })
      await bench.discard(warehouse)
    },
    targets: [
      ...(size === 'events'
        ? [
            against(names.text, '`\\copy` text', 1.3, 1.15),
            against(names.csv, '`\\copy` CSV', 1.3, 1.15),
            against(names.duckdb, 'DuckDB read_json into a file', 1),
          ]
        : []),
      peak,
      ...(size === 'large' ? [perEvent] : []),
    ],
  }
}

/** Loads the events once, and writes them into files for `\\copy`. @returns what tells the rows */
async function prepare(bench: Bench, served: Served): Promise<string> {
  await copyOurs(served)
  await connected(served.engine, (engine) =>
    engine.query(`create table ${plain} (like staging_events including defaults)`),
  )
  if (!bench.missing.psql) {
    const psql = new Psql(served.engine, bench.signal)
    for (const format of ['text', 'csv', 'binary']) {
      const file = quoted(bench.path(`events.${format}`))
      await psql.run(
        `\\copy (select ${list} from staging_events) to ${file} with (format ${format})`,
      )
    }
  }
  return digest(served, 'staging_events')
}

function contestants(bench: Bench, sample: Sample, served: Served, expected: string): Contestant[] {
  const { missing, signal, python } = bench
  const psql = new Psql(served.engine, signal)
  const rows = sample.events
  const some = Math.min(Math.ceil(rows / 10), mostByRow)
  const byPsql = (name: string, format: string): Contestant => {
    const file = quoted(bench.path(`events.${format}`))
    const command = `\\copy ${plain} (${list}) from ${file} with (format ${format})`
    const run = () => intoPlain(served, () => psql.run(command), expected)
    return { name, rows, skipped: missing.psql, run }
  }
  const byPython = (name: string, by: 'rows' | 'copy', most: number): Contestant => {
    const files = sample.files.map((file) => join(sample.folder, file))
    const load = { address: served.engine, table: plain, columns, by, most, files }
    const isWhole = most === rows
    const run = () =>
      intoPlain(served, () => loadByPython(python!, load, signal), isWhole ? expected : undefined)
    return { name, rows: most, skipped: missing.python, run }
  }
  return [
    {
      name: names.copy,
      rows,
      async run() {
        const turn = await copyOurs(served)
        await mustHold(served, 'staging_events', expected)
        return turn
      },
    },
    byPsql(names.text, 'text'),
    byPsql(names.csv, 'csv'),
    byPsql(names.binary, 'binary'),
    {
      name: names.duckdb,
      rows,
      skipped: missing.duckdb,
      run: () =>
        bench.withFile('events.duckdb', (file) =>
          duckDb({ file, statements: stageEvents(sample) }, signal),
        ),
    },
    byPython(names.pythonCopy, 'copy', rows),
    byPython(`Python, row by row, ${some.toLocaleString('en-US')} events`, 'rows', some),
  ]
}

/** One COPY into the empty staging table. */
function copyOurs(served: Served): Promise<Turn> {
  return connected(served.redshift, async (client) => {
    await client.query('truncate staging_events')
    const seconds = await timed(
      client,
      `copy staging_events (${list}) from 's3://sparkify/log_data/' iam_role default
      format json 's3://sparkify/log_json_path.json' trimblanks compupdate off statupdate off`,
    )
    return { seconds, peakMemory: served.peakMemory() }
  })
}

/** Has another load the plain table, and compares its rows with ours where it loads all of them. */
async function intoPlain(served: Served, load: () => Promise<Turn>, expected?: string) {
  await connected(served.engine, (engine) => engine.query(`truncate ${plain}`))
  const turn = await load()
  if (expected !== undefined) await mustHold(served, plain, expected)
  return turn
}

async function mustHold(served: Served, table: string, expected: string): Promise<void> {
  if ((await digest(served, table)) !== expected)
    throw new Error(`The rows of ${table} are not those that the first COPY loaded.`)
}

/** Count and sum over the rows of a table, whatever their order. */
function digest(served: Served, table: string): Promise<string> {
  const sums = `count(*) || ' ' || sum(hashtextextended(row(${list})::text, 0))`
  return connected(served.engine, async (engine) => {
    const { rows } = await engine.query<{ digest: string }>(
      `select ${sums} as digest from ${table}`,
    )
    return rows[0]!.digest
  })
}

const columns = [
  ...['artist', 'auth', 'first_name', 'gender', 'item_in_session', 'last_name', 'length', 'level'],
  ...['location', 'method', 'page', 'registration', 'session_id', 'song', 'status', 'ts'],
  ...['user_agent', 'user_id'],
]
const list = columns.join(', ')
