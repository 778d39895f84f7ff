import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Contestant, Measurement, Target } from '../measurement'
import { Psql } from '../psql'
import type { Turn } from '../programs'

const names = {
  sql: 'sparkify sql --csv',
  tenth: 'sparkify sql --csv, a tenth of the rows',
  query: 'sparkify query --csv',
  psql: 'psql --csv, at the engine',
}

const statement = 'select * from staging_events'
const question = `-- title: What was logged?
-- answers: Every event; one row per event.
-- key: ts, session_id, item_in_session

select * from staging_events order by ts;
`

/** Every event as CSV, into a file. */
export const rowsOut: Measurement = {
  name: 'rows-out',
  title: 'Every event as CSV',
  async measure(bench, inTurns) {
    const rows = bench.sizes.events
    const warehouse = await bench.loaded(rows)
    const csv = (words: string[]) =>
      bench.withFile('rows.csv', (into) => warehouse.sparkify(words, into))
    const tenth = Math.ceil(rows / 10)
    const asQuestion = join(bench.project, 'queries', 'bench_every_event.sql')
    const byPsql = (): Promise<Turn> =>
      warehouse.served(({ engine }) =>
        bench.withFile('rows.csv', (file) => new Psql(engine, bench.signal).csv(statement, file)),
      )
    const contestants: Contestant[] = [
      { name: names.sql, rows, run: () => csv(['sql', statement, '--csv']) },
      {
        name: names.tenth,
        rows: tenth,
        run: () => csv(['sql', `${statement} limit ${tenth}`, '--csv']),
      },
      { name: names.query, rows, run: () => csv(['query', 'bench_every_event', '--csv']) },
      { name: names.psql, rows, skipped: bench.missing.psql, run: byPsql },
    ]
    writeFileSync(asQuestion, question)
    try {
      await inTurns(contestants)
    } finally {
      rmSync(asQuestion)
    }
  },
  targets: [
    ...[names.sql, names.query].map((name): Target => ({
      text: `\`${name}\` of every event : \`psql --csv\``,
      value: (results) =>
        results.seconds('rows-out', name) / results.seconds('rows-out', names.psql),
      most: 3,
      unit: '×',
    })),
    {
      text: '`sparkify sql --csv`, peak memory: every event : a tenth of them',
      value: (results) =>
        results.peak('rows-out', names.sql) / results.peak('rows-out', names.tenth),
      most: 1.2,
      unit: '×',
    },
  ],
}
