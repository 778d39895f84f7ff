import { expect } from 'chai'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serialize } from 'pg-protocol'
import { Served, served } from './local-redshift'
import { RawClient } from './raw-client'

const stopped =
  'E FATAL 57P01 The engine of the local Redshift has stopped. ' +
  'Nothing half-done is kept: run the command again.'

describe('sessions', () => {
  const redshift = served()

  it('are many at once', async () => {
    await (await redshift.raw()).query('create table t (n int)')
    const clients = await Promise.all(Array.from({ length: 20 }, () => redshift.raw()))
    const answers = await Promise.all(
      clients.flatMap((client, n) => [
        client.query(`insert into t values (${n}); select n from t where n = ${n}`),
      ]),
    )
    answers.forEach((told, n) => expect(told).to.include(`D ${n}`))
    expect(await clients[0]!.query('select count(*) from t')).to.include('D 20')
  })

  it('do not see what another has not committed', async () => {
    const [one, other] = [await redshift.raw(), await redshift.raw()]
    await one.query('create table u (n int)')
    await one.query('begin; insert into u values (1)')
    expect(await other.query('select count(*) from u')).to.include('D 0')
    one.socket.destroy()
    await redshift.untilGone(one.pid)
    expect(await other.query('select count(*) from u')).to.include('D 0')
  })

  it('see, once LOCK has waited, what was committed meanwhile, also under SERIALIZABLE', async () => {
    const [first, second] = [await redshift.raw(), await redshift.raw()]
    await first.query('create table locked (n int)')
    await first.query('begin; lock locked; insert into locked values (1)')
    await second.query('begin isolation level serializable')
    second.send(serialize.query('lock locked'))
    await redshift.until(`select 1 from pg_stat_activity where wait_event_type = 'Lock'`)
    await first.query('commit')
    await second.replies()
    expect(await second.query('select count(*) from locked')).to.include('D 1')
    await second.query('commit')
  })

  it('end one by one, with a word to the client that waits and to the one that is idle', async () => {
    const [busy, idle, other] = [await redshift.raw(), await redshift.raw(), await redshift.raw()]
    const engine = await redshift.engine()
    await engine.query('begin; lock table t')
    busy.send(serialize.query('select * from t'))
    await redshift.until(`select 1 from pg_stat_activity where wait_event_type = 'Lock'`)
    for (const { pid } of [busy, idle]) await engine.query(`select pg_terminate_backend(${pid})`)
    await engine.query('commit')
    for (const client of [busy, idle]) {
      expect(await client.lastReplies()).to.deep.equal([
        'E FATAL 57P01 terminating connection due to administrator command',
      ])
    }
    expect(await other.query('select 1')).to.include('D 1')
  })

  it('are refused when there are too many', async () => {
    const engine = await redshift.engine()
    const free = async () => {
      const { rows } = await engine.query<{ free: number }>(`
        select current_setting('max_connections')::int
          - current_setting('superuser_reserved_connections')::int - count(*)::int as free
        from pg_stat_activity where backend_type = 'client backend'`)
      return rows[0]!.free
    }
    const clients: RawClient[] = []
    const begin = async () => {
      const client = await RawClient.connect(redshift.port)
      clients.push(client)
      client.send(serialize.startup({ user: 'me' }))
      return (await client.reply())!
    }
    // More than once: the place of a session that has ended is free a moment after that was last seen.
    for (let count = await free(); count > 0; count = await free())
      await Promise.all(Array.from({ length: count }, begin))
    const refused = await begin()
    for (const client of clients) client.socket.destroy()
    expect(refused.type).to.equal('E')
    expect(refused.body.toString()).to.include('C53300')
  })
})

describe('when the engine is killed', () => {
  const redshift = new Served()
  let clients: RawClient[]

  before(async () => {
    await redshift.start()
    await (await redshift.raw()).query('create table t (n int)')
    const [idle, busy, block, copying] = await Promise.all([1, 2, 3, 4].map(() => redshift.raw()))
    clients = [idle!, busy!, block!, copying!]
    redshift.put('bucket/t', '{"n": 1}')
    const holder = await redshift.raw()
    await holder.query('begin; lock t')
    await block!.query('begin; select 1')
    busy!.send(serialize.query('select * from t'))
    copying!.send(serialize.query("copy t from 's3://bucket/t' iam_role default json 'auto'"))
    await redshift.until(
      "select 1 from pg_stat_activity where wait_event_type = 'Lock' having count(*) = 2",
    )
    const pids = readFileSync(join(redshift.folder, 'postgres', 'postmaster.pid'), 'utf8')
    process.kill(Number(pids.split('\n')[0]), 'SIGKILL')
  })

  after(async () => {
    await redshift.leaveAll()
    await redshift.stop()
  })

  for (const [index, what] of ['idle', 'that waits', 'in a block', 'that copies'].entries()) {
    it(`a client ${what} is told, and its connection closes`, async () => {
      const told = await clients[index]!.lastReplies()
      expect(told.at(-1)).to.match(/^E FATAL 57P01 ./)
    })
  }

  it('a client that comes later is told what to do', async () => {
    const client = await RawClient.connect(redshift.port)
    client.send(serialize.startup({ user: 'me' }))
    expect(await client.lastReplies()).to.deep.equal([stopped])
  })

  it('a new server of the same data goes on', async () => {
    await redshift.server.close()
    await redshift.start()
    expect(await (await redshift.raw()).query('select count(*) from t')).to.include('D 0')
  })
})
