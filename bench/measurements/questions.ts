import { rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Measurement } from '../measurement'

const names = { report: 'sparkify report', check: 'sparkify query --check' }

/** The analysts' questions, answered and drawn, and compared with what is expected. */
export const questions: Measurement = {
  name: 'questions',
  title: 'Questions and report',
  async measure(bench, inTurns) {
    const warehouse = await bench.loaded(bench.sizes.events)
    const dataset = ['--dataset', 'bench']
    await warehouse.sparkify(['query', '--update', ...dataset])
    await inTurns([
      {
        name: names.report,
        run: () =>
          bench.withFile('report.html', (file) => warehouse.sparkify(['report', '--out', file])),
      },
      { name: names.check, run: () => warehouse.sparkify(['query', '--check', ...dataset]) },
    ])
    // A run that finds what is loaded among the data sets would answer the questions too.
    rmSync(join(bench.project, 'queries', 'expected', 'bench'), { recursive: true })
  },
  targets: [names.report, names.check].map((name) => ({
    text: `\`${name}\` over 1,000,000 events`,
    value: (results) => results.seconds('questions', name),
    most: 5,
    unit: 's',
    absolute: true,
  })),
}
