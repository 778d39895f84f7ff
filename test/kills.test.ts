import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect } from 'chai'
import { load } from '../lib/load/load'
import { prune } from '../lib/load/prune'
import { undo } from '../lib/load/undo'
import { writeSampleData } from '../lib/sample-data/write'
import { untilNoLoad } from './histories/warehouse'
import { Child } from './kills/child'
import { contentHash } from './kills/content'
import {
  Engine,
  type Stop,
  stopsOf,
  stopsOfPrune,
  stopsOfReload,
  stopsOfUndo,
} from './kills/engine'
import { Reader } from './kills/reader'
import { isLong } from './long'
import { rowsOf, useWarehouse } from './warehouse'

/** The points that every run of the suite tries; the long one tries all. */
const usual = [
  'in the COPY of events',
  'in the model songplays',
  'before the commit',
  'in the commit',
  'with the former rows gone',
  'with the former files back',
  'with its manifests gone',
]
const isTried = ({ name }: Stop) => isLong || usual.includes(name)

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
    await knex.seed.run()
    second = await contentHash(knex)
    expect(second).to.not.equal(first)
    await undo(knex)
    expect(await contentHash(knex)).to.equal(first)
    engine = await Engine.open(process.env.LOCAL_WAREHOUSE!)
    reader = new Reader(knex)
    reader.start()
  })

  // The titles are needed before the data are; the event is named when it is known.
  for (const { name } of stopsOf(0).filter(isTried)) {
    it(`leaves nothing behind, killed ${name}, and the next one loads all`, async () => {
      const stop = stopsOf(deliveries.ts).find((each) => each.name === name)!
      await engine.stoppingAt(stop, () => killAt(stop))
      const { knex } = warehouse
      await untilNoLoad(knex)
      expect(await contentHash(knex)).to.equal(stop.commits ? second : first)
      await knex.seed.run()
      expect(await contentHash(knex)).to.equal(second)
      await undo(knex)
      expect(await contentHash(knex)).to.equal(first)
    })
  }

  async function killAt(stop: Stop, words?: string[]): Promise<void> {
    const child = new Child(words)
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

  describe('with a file that changed', () => {
    let reloaded: string

    before(async () => {
      const { knex } = warehouse
      await load(knex)
      deliveries.change()
      await load(knex, { reload: true })
      reloaded = await contentHash(knex)
      expect(reloaded).to.not.equal(second)
      await undo(knex)
      expect(await contentHash(knex)).to.equal(second)
    })

    for (const stop of stopsOfReload.filter(isTried)) {
      it(`leaves nothing behind, killed ${stop.name}, and the next one loads it`, async () => {
        const { knex } = warehouse
        await engine.stoppingAt(stop, () => killAt(stop, ['run', '--reload']))
        await untilNoLoad(knex)
        expect(await contentHash(knex)).to.equal(stop.commits ? reloaded : second)
        await load(knex, { reload: true })
        expect(await contentHash(knex)).to.equal(reloaded)
        await undo(knex)
        expect(await contentHash(knex)).to.equal(second)
      })
    }

    for (const stop of stopsOfUndo.filter(isTried)) {
      it(`is undone once, its undo killed ${stop.name}`, async () => {
        const { knex } = warehouse
        await load(knex, { reload: true })
        await engine.stoppingAt(stop, () => killAt(stop, ['undo']))
        await untilNoLoad(knex)
        expect(await contentHash(knex)).to.equal(stop.commits ? second : reloaded)
        if (!stop.commits) await undo(knex)
        expect(await contentHash(knex)).to.equal(second)
      })
    }

    for (const stop of stopsOfPrune.filter(isTried)) {
      it(`is loaded and undone as ever, its ledger's pruning killed ${stop.name}`, async () => {
        const { knex } = warehouse
        const words = ['loads', '--prune', '--older-than', '0d']
        await engine.stoppingAt(stop, () => killAt(stop, words))
        await untilNoLoad(knex)
        expect(await contentHash(knex)).to.equal(second)
        const { loads } = await prune(knex, { days: 0, replaced: false, dryRun: false })
        expect(loads.length === 0).to.equal(stop.commits === true)
        await load(knex, { reload: true })
        expect(await contentHash(knex)).to.equal(reloaded)
        await undo(knex) // which leaves the next case what to prune
        expect(await contentHash(knex)).to.equal(second)
      })
    }
  })
})

/** Files of two loads: a second day of events, and every other song, come with the second. */
interface Deliveries {
  /** Of an event in the middle of the second load's file. */
  ts: number
  /** Puts the files of the second load into the bucket. */
  deliverSecond: () => void
  /** Changes a song file of the first load. */
  change: () => void
}

async function writeDeliveries(bucket: string, aside: string): Promise<Deliveries> {
  await writeSampleData({ events: 900, songs: 60, days: 2, seed: 7, out: bucket })
  const files = readdirSync(bucket, { recursive: true, encoding: 'utf8' }).sort()
  const [, secondDay = ''] = files.filter((name) => /^log_data.*\.json$/.test(name))
  const songs = files.filter((name) => /^song_data.*\.json$/.test(name))
  const held = [secondDay, ...songs.filter((_, index) => index % 2 === 0)]
  for (const name of held) move(name, bucket, aside)
  const lines = readFileSync(join(aside, secondDay), 'utf8').split('\n')
  const { ts } = JSON.parse(lines[lines.length >> 1]!) as { ts: number }
  const changed = join(bucket, songs[1]!)
  return {
    ts,
    deliverSecond: () => held.forEach((name) => move(name, aside, bucket)),
    change: () =>
      writeFileSync(changed, readFileSync(changed, 'utf8').replace(/"year": ?\d+/, '"year":1950')),
  }
}

function move(name: string, from: string, to: string): void {
  mkdirSync(dirname(join(to, name)), { recursive: true })
  renameSync(join(from, name), join(to, name))
}
