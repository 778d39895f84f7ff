import { join } from 'node:path'
import { expect } from 'chai'
import { undo } from '../lib/load/undo'
import { settled } from './histories/warehouse'
import { Child } from './kills/child'
import { contentHash } from './kills/content'
import { type Deliveries, writeDeliveries } from './kills/deliveries'
import { Engine } from './kills/engine'
import { Reader } from './kills/readers'
import { type Stop, stopsOf } from './kills/stops'
import { rowsOf, useWarehouse } from './warehouse'

describe('a load that is killed, or meets another', function () {
  this.timeout(120_000)
  // Before the warehouse, on which it depends, is closed.
  after(() => engine?.close())

  const warehouse = useWarehouse({ migrated: false })
  let engine: Engine
  let reader: Reader
  let deliveries: Deliveries
  /** Of the warehouse before and after the second load, which nothing disturbed. */
  let first: string
  let second: string

  before(async () => {
    const { buckets } = warehouse
    deliveries = await writeDeliveries(join(buckets, 'sparkify'), join(buckets, 'aside'))
  })

  it('is one load where two begin at once, also with an empty warehouse', async () => {
    await Promise.all([new Child().done(), new Child().done()])
    const { knex } = warehouse
    expect(await rowsOf(knex, 'select state from loads')).to.deep.equal([{ state: 'loaded' }])
    first = await contentHash(knex)
    deliveries.deliverSecond()
    await new Child().done()
    second = await contentHash(knex)
    expect(second).to.not.equal(first)
    await undo(knex)
    expect(await contentHash(knex)).to.equal(first)
    engine = await Engine.open(process.env.LOCAL_WAREHOUSE!)
    reader = new Reader(knex)
    reader.start()
  })

  // The titles are needed before the data are; the event is named when it is known.
  for (const { name } of stopsOf(0)) {
    it(`leaves nothing behind, killed ${name}, and is made up for by the next`, async () => {
      const stop = stopsOf(deliveries.ts).find((each) => each.name === name)!
      await engine.stoppingAt(stop, () => killAt(stop))
      await settled(warehouse.knex)
      expect(await contentHash(warehouse.knex)).to.equal(stop.commits ? second : first)
      await new Child().done()
      expect(await contentHash(warehouse.knex)).to.equal(second)
      await undo(warehouse.knex)
      expect(await contentHash(warehouse.knex)).to.equal(first)
    })
  }

  async function killAt(stop: Stop): Promise<void> {
    const child = new Child()
    if (stop.when) await child.says(stop.when)
    else await engine.stopped(child)
    await reader.round() // is not kept waiting
    await child.kill()
    if (!stop.commits) await engine.endSessions()
  }

  it('waits for the other to end, and then finds nothing to do', async () => {
    const stop = stopsOf(deliveries.ts).find(({ name }) => name === 'in the model songplays')!
    await engine.stoppingAt(stop, async (goOn) => {
      const one = new Child()
      await engine.stopped(one)
      const other = new Child()
      await engine.queued(other)
      await reader.round()
      await goOn()
      await one.done()
      expect(await other.done()).to.match(/^staging_events: 0 rows/m)
    })
    expect(await contentHash(warehouse.knex)).to.equal(second)
    await undo(warehouse.knex)
  })

  it('is one load where two begin at once', async () => {
    await Promise.all([new Child().done(), new Child().done()])
    expect(await contentHash(warehouse.knex)).to.equal(second)
  })

  it('was never seen half-done by who read the star throughout', async () => {
    await reader.stop()
    expect(reader.rounds).to.be.above(0)
    expect(reader.faults).to.deep.equal([])
    // As the first load left it, and as the second did.
    expect([...reader.seen]).to.have.length(2)
  })
})
