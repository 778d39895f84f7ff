import { join } from 'node:path'
import { type Bench, type Size, at, sizeText } from '../bench'
import { duckDb } from '../duckdb'
import { buildStar, stageEvents, stageSongs } from '../duckdb-star'
import type { Contestant, Measurement, Results, Target } from '../measurement'
import type { Turn } from '../programs'
import type { Sample } from '../sample'
import { type StarDigest, digestOf, duckDbDigest, mustBeEqual, starDigest } from '../star-digest'
import { type Warehouse, connected } from '../warehouse'
import { concatenate } from './song-files'

const names = {
  ours: 'sparkify run',
  each: 'DuckDB, song files read one by one',
  one: 'DuckDB, song files concatenated before',
}

/** The median of a run from nothing, in seconds. */
export function fullRunSeconds(results: Results, size: Size): number {
  return results.seconds(at('full-run', size), names.ours)
}

// What grows with the events, of all that a run does.
const stepsOfEvents = ['staging_events', 'users', 'songplays', 'time']

/** Everything from nothing: initdb, migrations, listing and audits included, and no report. */
export function fullRun(size: Size): Measurement {
  const name = at('full-run', size)
  const overDuckDb: Target = {
    text: 'Full run from nothing : all of DuckDB, the faster way',
    value: (results) =>
      results.seconds(name, names.ours) /
      Math.min(...[names.each, names.one].map((other) => results.seconds(name, other))),
    most: 2.2,
    aim: 1.5,
    unit: '×',
  }
  const perEvent: Target = {
    text: 'Full run, time per event of the steps that grow with events: large : small',
    value: (results) => secondsOfEvents(results, 'large') / secondsOfEvents(results, 'small'),
    most: 1.15,
    unit: '×',
  }
  return {
    name,
    title: `Full run from nothing${sizeText[size]}`,
    ofScale: size !== 'events',
    ...(size === 'large' ? { needs: [at('full-run', 'small')] } : {}),
    async measure(bench, inTurns) {
      const sample = await bench.sample(bench.sizes[size])
      await inTurns([ours(bench, sample), ...byDuckDb(bench, sample)])
    },
    targets: size === 'events' ? [overDuckDb] : size === 'large' ? [perEvent] : [],
  }
}

/** The seconds per event of the steps that grow with the events. */
function secondsOfEvents(results: Results, size: Size): number {
  const name = at('full-run', size)
  const { rows = NaN } = results.of(name)[0] ?? {}
  const seconds = stepsOfEvents.map((step) => results.seconds(name, names.ours, step))
  return seconds.reduce((sum, each) => sum + each, 0) / rows
}

function ours(bench: Bench, sample: Sample): Contestant {
  return {
    name: names.ours,
    rows: sample.events,
    async run() {
      const warehouse = bench.emptyWarehouse(sample)
      const { stdout, ...turn } = await warehouse.sparkify(['run', '--json'])
      await bench.keepLoaded(sample.events, warehouse)
      const { steps } = JSON.parse(stdout) as { steps: { name: string; seconds: number }[] }
      return { ...turn, parts: Object.fromEntries(steps.map((step) => [step.name, step.seconds])) }
    },
  }
}

function byDuckDb(bench: Bench, sample: Sample): Contestant[] {
  const { missing, signal } = bench
  const folder = join(sample.folder, 'song_data')
  const together = bench.path('songs.json')
  const whole = async (songs: string): Promise<Turn> => {
    const statements = [...stageEvents(sample), ...stageSongs(songs), ...buildStar]
    const settings = { preserve_insertion_order: 'false' }
    return bench.withFile('whole.duckdb', async (file) => {
      const {
        seconds,
        parts = {},
        peakMemory,
      } = await duckDb({ file, settings, statements }, signal)
      await compareStars(bench, sample, file)
      return { seconds, parts, peakMemory }
    })
  }
  const common = { rows: sample.events, skipped: missing.duckdb }
  return [
    { name: names.each, ...common, run: () => whole(join(folder, '**', '*.json')) },
    {
      name: names.one,
      ...common,
      async run() {
        const before = await concatenate(folder, together, signal)
        const turn = await whole(together)
        return { ...turn, seconds: before.seconds + turn.seconds }
      },
    },
  ]
}

/** @throws Error where DuckDB's star is not ours, row for row */
async function compareStars(bench: Bench, { events }: Sample, file: string): Promise<void> {
  const theirs = await duckDb({ file, statements: [], query: duckDbDigest() }, bench.signal)
  mustBeEqual(await loadedStar(bench, events), digestOf(theirs.rows), 'DuckDB')
}

const digests = new WeakMap<Warehouse, Promise<StarDigest>>()

/** The digest of the star of a sample that was loaded at once. */
export async function loadedStar(bench: Bench, events: number): Promise<StarDigest> {
  const warehouse = await bench.loaded(events)
  const digest =
    digests.get(warehouse) ?? warehouse.served(({ redshift }) => connected(redshift, starDigest))
  digests.set(warehouse, digest)
  return digest
}
