import { readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import createKnex, { type Knex } from 'knex'
import environments, { closeLocalRedshift } from '../knexfile'
import { writeSampleData } from '../lib/sample-data/write'
import { type StepReport, steps } from '../lib/warehouse/steps'
import { type DailyLoad, report } from './daily-load-report'
import { program } from './program'
import { starHash } from './star-hash'

// How long a load of one more day takes, and a build of everything from nothing, side by side.

const eventsOfDay = 30_000
const songs = 5000

async function benchmark(folder: string, events: number): Promise<DailyLoad> {
  const bucket = join(folder, 'buckets', 'sparkify')
  const days = Math.max(2, Math.round(events / eventsOfDay))
  await writeSampleData({ events, songs: Math.min(songs, events), days, seed: 2018, out: bucket })
  const knex = createKnex(environments.development)
  try {
    const full = await fromNothing(knex, () => load(knex))
    const day = lastDayOf(bucket)
    const aside = join(folder, 'last-day.json')
    renameSync(day, aside)
    const daily = await fromNothing(knex, async () => {
      await load(knex)
      renameSync(aside, day)
      return load(knex)
    })
    return { events, full, daily }
  } finally {
    await knex.destroy()
    await closeLocalRedshift()
  }
}

/** What `work` does to an empty warehouse. */
async function fromNothing(knex: Knex, work: () => Promise<StepReport[]>) {
  await knex.migrate.rollback(undefined, true)
  await knex.migrate.latest()
  const steps = await work()
  const staged = steps.find(({ name }) => name === 'staging_events')!.count
  return { steps, staged, hash: await starHash(knex) }
}

/** Loads what is new. @returns its steps, and all of it as the last one */
async function load(knex: Knex): Promise<StepReport[]> {
  const done: StepReport[] = []
  const note = (report: StepReport) => done.push(report)
  const start = performance.now()
  steps.on('end', note)
  try {
    await knex.seed.run()
  } finally {
    steps.off('end', note)
  }
  return [
    ...done,
    { name: 'all', count: 0, unit: 'rows', seconds: (performance.now() - start) / 1000 },
  ]
}

function lastDayOf(bucket: string): string {
  const logs = join(bucket, 'log_data')
  const files = readdirSync(logs, { recursive: true, encoding: 'utf8' }).sort()
  return join(
    logs,
    files.findLast((name) => name.endsWith('.json'))!,
  )
}

program({
  name: 'bench-load',
  form: /^[1-9]\d{1,8}$/,
  events: '1000000',
  run: async (folder, events) => {
    process.env.LOCAL_WAREHOUSE = join(folder, 'data')
    process.env.LOCAL_BUCKETS = join(folder, 'buckets')
    return report(await benchmark(folder, events))
  },
})
