import { performance } from 'node:perf_hooks'
import type { Contestant, Measurement } from '../measurement'
import { type Address, connected, timed } from '../warehouse'

const names = {
  statements: 'select 1, a thousand times, local Redshift',
  engineStatements: 'select 1, a thousand times, the engine',
  rows: '100,000 rows, local Redshift',
  engineRows: '100,000 rows, the engine',
}

/** What the local Redshift adds to the engine behind it. */
export const roundTrips: Measurement = {
  name: 'round-trips',
  title: 'Statements and rows through the local Redshift',
  async measure(bench, inTurns) {
    const warehouse = await bench.loaded(bench.sizes.events)
    const rows = Math.min(100_000, bench.sizes.events)
    const read = (name: string, address: Address): Contestant => ({
      name,
      rows,
      run: () =>
        connected(address, async (client) => ({
          seconds: await timed(client, `select * from staging_events limit ${rows}`),
        })),
    })
    await warehouse.served(({ redshift, engine }) =>
      inTurns([
        { name: names.statements, run: () => statements(redshift) },
        { name: names.engineStatements, run: () => statements(engine) },
        read(names.rows, redshift),
        read(names.engineRows, engine),
      ]),
    )
  },
  targets: [
    {
      text: '`select 1` through the local Redshift − at the engine',
      // Of a thousand statements in seconds: of one in milliseconds.
      value: (results) =>
        results.seconds('round-trips', names.statements) -
        results.seconds('round-trips', names.engineStatements),
      most: 0.3,
      unit: 'ms',
    },
    {
      text: '100,000 rows through the local Redshift : at the engine',
      value: (results) =>
        results.seconds('round-trips', names.rows) /
        results.seconds('round-trips', names.engineRows),
      most: 1.15,
      unit: '×',
    },
  ],
}

function statements(address: Address) {
  return connected(address, async (client) => {
    const start = performance.now()
    for (let sent = 0; sent < 1000; sent++) await client.query('select 1')
    return { seconds: (performance.now() - start) / 1000 }
  })
}
