import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { serialize } from 'pg-protocol'
import { Random } from '../../../../lib/sample-data/random'
import { firstSeed, isLong } from '../../../long'
import { served } from '../../wire/local-redshift'
import { fieldsOf, RawClient, type Reply } from '../../wire/raw-client'
import { isInner } from '../asking'
import { mutatedBytes } from './mutations'

const count = Number(process.env.CONVERSATIONS ?? (isLong ? 10_000 : 100))

/** They wait for the server more than they work. */
const atOnce = 10

const start = serialize.startup({ user: 'me', database: 'dev' })
const messages = [
  serialize.query('select 1; select 2'),
  serialize.query('create temp table m (n int); drop table m'),
  serialize.query("copy nowhere from 's3://b/k' iam_role default json 'auto'"),
  serialize.query('begin'),
  serialize.query('select broken'),
  serialize.parse({ name: 's', text: 'select $1::int + $2', types: [23, 23] }),
  serialize.bind({ statement: 's', portal: 'p', values: ['1', null] }),
  serialize.bind({ values: [Buffer.from([0, 0, 0, 1])] }),
  serialize.describe({ type: 'S', name: 's' }),
  serialize.describe({ type: 'P', name: 'p' }),
  serialize.execute({ portal: 'p', rows: 1 }),
  serialize.execute(),
  serialize.close({ type: 'P', name: 'p' }),
  serialize.flush(),
  serialize.sync(),
  serialize.copyData(Buffer.from('1\n')),
  serialize.copyDone(),
  serialize.copyFail('no'),
  Buffer.from([0x46, 0, 0, 0, 4]),
]

/**
 * Clients that send messages in any order, and broken ones: each is told of an error, or is left alone or
 * is closed; the others go on.
 */
describe(`messages at random (CONVERSATIONS=${count} SEED=${firstSeed})`, () => {
  const redshift = served()

  it('break no session but their own', async function () {
    this.timeout(60_000 + 100 * count)
    let other = await redshift.raw()
    for (let seed = firstSeed; seed < firstSeed + count; seed += atOnce) {
      const seeds = Array.from(
        { length: Math.min(atOnce, firstSeed + count - seed) },
        (_, i) => seed + i,
      )
      await Promise.all(seeds.map(tryOne))
      expect(await other.query(`select ${seed}`), `SEED=${seeds.join()}`).to.include(`D ${seed}`)
      if ((seed - firstSeed) % 50 === 0) {
        other.socket.destroy()
        other = await redshift.raw()
      }
    }
  })

  async function tryOne(seed: number): Promise<void> {
    for (const { type, body } of await conversation(new Random(seed, 1))) {
      const told = fieldsOf(body).M ?? ''
      if (type === 'E' && isInner(told)) throw new Error(`SEED=${seed}: ${told}`)
    }
  }

  /** What a client hears whose messages are mutated, until it hangs up. */
  async function conversation(random: Random): Promise<Reply[]> {
    const client = await RawClient.connect(redshift.port)
    if (random.chance(1, 5)) client.send(mutatedBytes(random, start))
    else await client.signIn({ user: 'me', database: 'dev' })
    for (let left = 1 + random.below(8); left > 0; left--) {
      const message = random.pick(messages)
      client.send(random.chance(1, 3) ? mutatedBytes(random, message) : message)
    }
    client.send(serialize.sync())
    const heard: Reply[] = []
    const hearing = (async () => {
      for (let reply = await client.reply(); reply; reply = await client.reply()) heard.push(reply)
    })()
    // A length that is too great lets the server wait for the rest: then it is the client that leaves.
    await Promise.race([hearing, quiet(() => heard.length + client.unread)])
    client.socket.destroy()
    await hearing
    return heard
  }
})

/** Resolves when nothing more comes for a while. */
async function quiet(progress: () => number): Promise<void> {
  for (let before = -1; before !== progress();) {
    before = progress()
    await sleep(25)
  }
}
