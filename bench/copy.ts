import { statSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import createKnex, { type Knex } from 'knex'
import environments from '../knexfile'
import { type SampleSummary, writeSampleData } from '../lib/sample-data/write'
import { openEngine } from '../redshift-local/engine/engine'
import { program } from './program'
import { Psql, hasPsql } from './psql'
import { type Figures, type Round, report } from './report'
import { type Server, startServer } from './server'

// How long COPY takes through the local Redshift, and psql's \copy of the same rows on the same engine.

const rounds = 3
const target = 'plain_events'

interface Bench {
  folder: string
  data: SampleSummary
  server: Server
  knex: Knex
  /** Undefined where psql is not installed. */
  psql: Psql | undefined
  columns: string
}

async function benchmark(folder: string, events: number): Promise<Figures> {
  const out = join(folder, 'buckets', 'sparkify')
  // No song files: nobody reads them here, and they would count among the bytes.
  const data = await writeSampleData({ events, songs: 0, days: 30, seed: 2018, out })
  const server = await startServer(join(folder, 'data'), join(folder, 'buckets'))
  const stop = () => {
    process.exitCode = 130
    void server.stop()
  }
  for (const signal of signals) process.once(signal, stop)
  try {
    return await onServer(folder, data, server)
  } finally {
    for (const signal of signals) process.off(signal, stop)
    await server.stop()
  }
}

// With its server gone, what runs fails, and everything is released and removed as after any error.
const signals = ['SIGINT', 'SIGTERM'] as const

async function onServer(folder: string, data: SampleSummary, server: Server): Promise<Figures> {
  const knex = createKnex({ ...environments.development, connection: server.address })
  const engine = await openEngine(join(folder, 'data'))
  try {
    await knex.migrate.latest()
    const psql = hasPsql() ? new Psql(engine.socketFolder, server.address) : undefined
    return await measure({ folder, data, server, knex, psql, columns: await columnsOf(knex) })
  } finally {
    engine.release()
    await knex.destroy()
  }
}

/** The columns that the files fill: all but the one that names the load. */
async function columnsOf(knex: Knex): Promise<string> {
  const { rows } = await knex.raw<{ rows: { column: string }[] }>(
    `select "column" from pg_table_def where tablename = 'staging_events'`,
  )
  const names = rows.map(({ column }) => column)
  return names.filter((name) => name !== 'loaded_at').join(', ')
}

async function measure(bench: Bench): Promise<Figures> {
  const { server, psql, data } = bench
  const atRest = server.peakMemory()
  await copy(bench)
  if (psql) await prepare(bench, psql)
  const measured: Round[] = []
  while (measured.length < rounds) {
    measured.push({ copy: await copy(bench), psql: psql && (await psqlCopy(bench, psql)) })
  }
  if (psql) await compare(psql, bench.columns)
  return {
    data,
    csvBytes: psql && statSync(csvOf(bench)).size,
    rounds: measured,
    server: { atRest, peak: server.peakMemory() },
  }
}

/** Milliseconds of one COPY into the empty staging table. */
async function copy({ knex, columns, data }: Bench): Promise<number> {
  await knex.raw('truncate staging_events')
  const start = performance.now()
  await knex.raw(`
    copy staging_events (${columns}) from 's3://sparkify/log_data/' iam_role default
    format json 's3://sparkify/log_json_path.json' compupdate off statupdate off`)
  const took = performance.now() - start
  const { rows } = await knex.raw<{ rows: { loaded: number }[] }>(
    'select count(*) as loaded from staging_events',
  )
  if (Number(rows[0]?.loaded) !== data.events) throw new Error('COPY did not load every event')
  return took
}

/** The rows as CSV, the plain table for them, and the warm-up. */
async function prepare(bench: Bench, psql: Psql): Promise<void> {
  await psql.run(
    `\\copy (select ${bench.columns} from staging_events) to ${quoted(csvOf(bench))} csv`,
    `create table ${target} (like staging_events including defaults)`,
  )
  await psqlCopy(bench, psql)
}

async function psqlCopy(bench: Bench, psql: Psql) {
  await psql.run(`truncate ${target}`)
  return psql.copy(`\\copy ${target} (${bench.columns}) from ${quoted(csvOf(bench))} csv`)
}

/** @throws where the tables do not hold the same rows: then the times would say nothing */
async function compare(psql: Psql, columns: string): Promise<void> {
  const [ours, theirs] = ['staging_events', target].map((name) => `select ${columns} from ${name}`)
  const counts = await psql.run(
    `select count(*) from (${ours} except all ${theirs}) rows`,
    `select count(*) from (${theirs} except all ${ours}) rows`,
  )
  if (counts.trim() !== '0\n0') throw new Error('COPY and \\copy loaded different rows')
}

function csvOf({ folder }: Bench): string {
  return join(folder, 'events.csv')
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", "''")}'`
}

program({
  name: 'bench-copy',
  form: /^[1-9]\d{0,8}$/,
  events: '200000',
  run: async (folder, events) => report(await benchmark(folder, events)),
})
