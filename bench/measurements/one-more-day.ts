import { type Bench, type Size, at, sizeText } from '../bench'
import type { Measurement, Results, Target } from '../measurement'
import { type Sample, lastDay } from '../sample'
import { mustBeEqual, starDigest } from '../star-digest'
import { type Warehouse, connected } from '../warehouse'
import { fullRunSeconds, loadedStar } from './full-run'

const names = { nothing: 'run, nothing new', day: 'run, one more day', undo: 'undo of that day' }

/** The last day loaded behind all others, and taken back. */
export function oneMoreDay(size: Size): Measurement {
  const name = at('one-more-day', size)
  const seconds = (results: Results, contestant: string) => results.seconds(name, contestant)
  const beyond = (results: Results, of = name) =>
    results.seconds(of, names.day) - results.seconds(of, names.nothing)
  const usual: Target[] = [
    {
      text: 'One more day, beyond a run with nothing new',
      value: beyond,
      most: 1,
      unit: 's',
      absolute: true,
    },
    {
      text: 'One more day, beyond a run with nothing new : full run',
      value: (results) => beyond(results) / fullRunSeconds(results, size),
      most: 0.1,
      unit: '×',
    },
    {
      text: 'One more day, the whole run : full run',
      value: (results) => seconds(results, names.day) / fullRunSeconds(results, size),
      unit: '×',
    },
    {
      text: 'Undo of that day : full run',
      value: (results) => seconds(results, names.undo) / fullRunSeconds(results, size),
      most: 0.25,
      unit: '×',
    },
  ]
  const large: Target = {
    text: 'One more day, beyond a run with nothing new: large : usual',
    value: (results) => beyond(results) / beyond(results, at('one-more-day', 'events')),
    most: 1.2,
    unit: '×',
  }
  return {
    name,
    title: `One more day${sizeText[size]}`,
    ofScale: size !== 'events',
    needs: size === 'large' ? [at('one-more-day', 'events')] : [at('full-run', size)],
    optional: size === 'large',
    async measure(bench, inTurns) {
      const sample = await bench.sample(bench.sizes[size])
      const warehouse = bench.emptyWarehouse(sample)
      const day = lastDay(sample, warehouse.buckets)
      day.remove()
      await warehouse.sparkify(['run'])
      day.add()
      await check(bench, sample, warehouse)
      await warehouse.sparkify(['undo'])
      day.remove()
      await inTurns([
        { name: names.nothing, run: () => warehouse.sparkify(['run', '--json']) },
        {
          name: names.day,
          rows: day.events,
          run: () => {
            day.add()
            return warehouse.sparkify(['run', '--json'])
          },
        },
        {
          name: names.undo,
          rows: day.events,
          async run() {
            const turn = await warehouse.sparkify(['undo', '--json'])
            day.remove()
            return turn
          },
        },
      ])
      await bench.discard(warehouse)
    },
    targets: size === 'large' ? [large] : usual,
  }
}

/** Loads the day, as the first turn that nobody counts. @throws Error where the star is another then */
async function check(bench: Bench, sample: Sample, warehouse: Warehouse): Promise<void> {
  await warehouse.sparkify(['run'])
  const ours = await warehouse.served(({ redshift }) => connected(redshift, starDigest))
  mustBeEqual(ours, await loadedStar(bench, sample.events), 'a load of everything at once')
}
