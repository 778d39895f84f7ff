import { expect } from 'chai'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { serialize } from 'pg-protocol'
import { engineUser } from '../../../redshift-local/engine/data-folder'
import { RawClient, inWords } from './raw-client'
import { ServerProcess } from './server-process'

const rows = 2_000_000
const megabyte = 1024 * 1024

// About 100 bytes a row, 200 MB in all.
const large = `select a.n, b.n, '${'x'.repeat(70)}' as text from t a, t b, t c where c.n < 2`

describe('a large result', () => {
  let folder: string
  let server: ServerProcess
  let engine: Client

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wire-'))
    server = await ServerProcess.start(folder)
    engine = new Client({ host: folder, port: 5432, user: engineUser, database: 'dev' })
    await engine.connect()
    await engine.query('create table t as select n::int from generate_series(0, 999) as n')
    await engine.query('alter table t owner to awsuser')
  })

  after(async () => {
    await engine.end()
    await server.kill()
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
  })

  async function signedIn(): Promise<RawClient> {
    const client = await RawClient.connect(server.port)
    await client.signIn({ user: 'me' })
    client.socket.removeAllListeners('data')
    return client
  }

  /** Reads to the end of the answer, and keeps no more than its last bytes. */
  async function last({ socket }: RawClient): Promise<{ bytes: number; end: string }> {
    let bytes = 0
    let end = Buffer.alloc(0)
    while (!end.toString().includes('SELECT')) {
      const [chunk] = (await once(socket, 'data')) as [Buffer]
      bytes += chunk.length
      end = Buffer.concat([end, chunk]).subarray(-40)
    }
    return { bytes, end: end.toString() }
  }

  const until = async (sql: string) => {
    while ((await engine.query(sql)).rowCount === 0);
  }

  for (const [protocol, messages] of [
    ['simple', [serialize.query(large)]],
    [
      'extended',
      [serialize.parse({ text: large }), serialize.bind(), serialize.execute(), serialize.sync()],
    ],
  ] as const) {
    it(`passes through in little memory, by the ${protocol} protocol`, async () => {
      const before = await server.peak()
      const client = await signedIn()
      client.send(...messages)
      const { bytes, end } = await last(client)
      client.socket.destroy()
      expect(end).to.include(`SELECT ${rows}`)
      expect(bytes).to.be.greaterThan(180 * megabyte)
      expect((await server.peak()) - before).to.be.lessThan(128 * megabyte)
    })
  }

  it('waits for a reader that is slow', async () => {
    const before = await server.peak()
    const client = await signedIn()
    client.socket.pause()
    client.send(serialize.query(large))
    await until(
      `select 1 from pg_stat_activity where pid = ${client.pid} and wait_event = 'ClientWrite'`,
    )
    client.socket.resume()
    expect((await last(client)).end).to.include(`SELECT ${rows}`)
    client.socket.destroy()
    expect((await server.peak()) - before).to.be.lessThan(40 * megabyte)
  })

  it('ends with the client that leaves in its middle', async () => {
    for (const isReading of [true, false]) {
      const client = await signedIn()
      client.send(serialize.query(large))
      await once(client.socket, 'data')
      if (!isReading) client.socket.pause()
      await until(`select 1 from pg_stat_activity where pid = ${client.pid}`)
      client.socket.destroy()
      await until(
        `select 1 where not exists (select from pg_stat_activity where pid = ${client.pid})`,
      )
    }
  })

  it('ends with the client that leaves before its first row', async () => {
    await engine.query('begin; lock table t in access exclusive mode')
    const client = await signedIn()
    client.send(serialize.query(large), serialize.end())
    await until(
      `select 1 from pg_stat_activity where pid = ${client.pid} and wait_event_type = 'Lock'`,
    )
    client.socket.destroy()
    await until(`select 1 where not exists (select from pg_locks where pid = ${client.pid})`)
    await engine.query('commit')
  })

  it('is not mixed with those of others that come at the same time', async () => {
    const read = async (letter: string) => {
      const client = await RawClient.connect(server.port)
      await client.signIn({ user: 'me' })
      const rowsOf = (size: number) =>
        serialize.query(`select repeat('${letter}', a.n * ${size}) from t a where a.n % 7 = 1`)
      const bodies: Buffer[] = []
      for (const size of [1, 5, 60]) {
        client.send(rowsOf(size), rowsOf(1))
        const replies = await client.replies('Z', 2)
        bodies.push(...replies.filter(({ type }) => type === 'D').map(({ body }) => body))
      }
      client.socket.destroy()
      const others = bodies.filter((body) => body.subarray(6).some((byte) => byte !== letter.charCodeAt(0))) // prettier-ignore
      return { letter, rows: bodies.length, others: others.length }
    }
    const letters = [...'abcdefgh']
    const counts = await Promise.all(letters.map(read))
    expect(counts).to.deep.equal(letters.map((letter) => ({ letter, rows: 6 * 143, others: 0 })))
  })

  it('may be a row of many megabytes', async () => {
    const client = await RawClient.connect(server.port)
    await client.signIn({ user: 'me' })
    client.send(serialize.query(`select repeat('x', ${20 * megabyte})`))
    const [, row, ...rest] = await client.replies()
    expect(row!.body.length).to.equal(20 * megabyte + 6)
    expect(rest.map(inWords)).to.deep.equal(['C SELECT 1', 'Z I'])
    client.socket.destroy()
  })
})
