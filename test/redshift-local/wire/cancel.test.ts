import { expect } from 'chai'
import { serialize } from 'pg-protocol'
import { served } from './local-redshift'
import { type RawClient, inWords } from './raw-client'

const { parse, bind, execute, sync } = serialize

describe('a cancel request', () => {
  const redshift = served()
  let client: RawClient

  before(async () => {
    const maker = await redshift.raw()
    await maker.query('create table t (n int); insert into t values (1)')
  })

  beforeEach(async () => {
    client = await redshift.raw()
  })

  /** A query that does not end until what is returned is called. */
  async function blocked(): Promise<() => Promise<unknown>> {
    const engine = await redshift.engine()
    await engine.query('begin; lock table t in access exclusive mode')
    return () => engine.query('commit')
  }

  const waits = () =>
    redshift.until(
      `select 1 from pg_stat_activity where pid = ${client.pid} and wait_event_type = 'Lock'`,
    )

  const cancelled = () => `E ERROR 57014 Query (${client.pid}) cancelled on user's request`

  it('stops a query', async () => {
    const release = await blocked()
    const told = client.query('select * from t')
    await waits()
    await redshift.cancel(client)
    expect(await told).to.deep.equal([cancelled(), 'Z I'])
    await release()
    expect(await client.query('select n from t')).to.include('D 1')
  })

  it('stops a query of the extended protocol, in a block', async () => {
    await client.query('begin')
    const release = await blocked()
    client.send(parse({ text: 'select * from t' }), bind(), execute(), sync())
    await waits()
    await redshift.cancel(client)
    const told = (await client.replies()).map(inWords)
    expect(told.slice(-2)).to.deep.equal([cancelled(), 'Z E'])
    await release()
  })

  it('stops a COPY that waits for its table', async () => {
    redshift.put('bucket/t', '{"n": 1}')
    const release = await blocked()
    const told = client.query("copy t from 's3://bucket/t' iam_role default json 'auto'")
    await waits()
    await redshift.cancel(client)
    expect(await told).to.deep.equal([cancelled(), 'Z I'])
    await release()
    expect(await client.query('select count(*) from t')).to.include('D 1')
  })

  it('undoes what came with the query in one message', async () => {
    const release = await blocked()
    const told = client.query('create table made (a int); select * from t')
    await waits()
    await redshift.cancel(client)
    expect((await told).slice(-2)).to.deep.equal([cancelled(), 'Z I'])
    await release()
    expect((await client.query('select * from made'))[0]).to.match(/^E ERROR 42P01/)
  })

  it('with the wrong key is ignored', async () => {
    const release = await blocked()
    const told = client.query('select n from t')
    await waits()
    const { pid, secret } = client
    await redshift.cancel({ pid, secret: secret ^ 1 })
    await redshift.cancel({ pid: pid + 1, secret })
    await release()
    expect(await told).to.include('D 1')
  })

  it('does nothing to a session that is idle, nor to what it does next', async () => {
    for (let i = 0; i < 20; i++) {
      await redshift.cancel(client)
      expect(await client.query('select n from t')).to.include('D 1')
    }
  })

  it('never hits the statement behind the one that it was meant for', async () => {
    for (let i = 0; i < 20; i++) {
      const told = client.query('select count(*) from t a, t b')
      const cancel = redshift.cancel(client)
      expect((await told).at(-1)).to.equal('Z I')
      expect(await client.query('select n from t')).to.include('D 1')
      await cancel
    }
  })
})
