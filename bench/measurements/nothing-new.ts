import type { Measurement } from '../measurement'

const names = { run: 'sparkify run', plan: 'sparkify plan' }

/** What it costs to look for new files where there are none. */
export const nothingNew: Measurement = {
  name: 'nothing-new',
  title: 'Nothing new',
  async measure(bench, inTurns) {
    const warehouse = await bench.loaded(bench.sizes.events)
    await inTurns([
      { name: names.run, run: () => warehouse.sparkify(['run', '--json']) },
      { name: names.plan, run: () => warehouse.sparkify(['plan', '--json']) },
    ])
  },
  targets: [names.run, names.plan].map((name) => ({
    text: `\`${name}\` with nothing new, over 100,030 files`,
    value: (results) => results.seconds('nothing-new', name),
    most: 1.5,
    unit: 's',
    absolute: true,
  })),
}
