import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, rmSync, statSync, utimesSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { Client } from 'pg'
import { serialize } from 'pg-protocol'
import { LocalRedshiftError } from '../../../redshift-local/errors'
import { type LocalRedshift, startLocalRedshift } from '../../../redshift-local/server'
import { findSharedServer, startSharedServer } from '../../../redshift-local/shared-server'
import { copySources } from './local-redshift'
import type { OpenObjectStore } from '../../../redshift-local/wire/context'
import { inWords, RawClient } from './raw-client'
import { ServerProcess } from './server-process'

describe('a server', () => {
  let folder: string
  let options: { folder: string; buckets: string; port: number }
  let keeper: LocalRedshift
  let sources: OpenObjectStore

  // One server keeps the engine alive for all of them.
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'wire-'))
    options = { folder, buckets: join(folder, 's3'), port: 0 }
    sources = copySources(options.buckets)
    keeper = await startLocalRedshift(options, sources)
  })

  after(async () => {
    await keeper.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 })
  })

  it('says that its port is taken, and leaves nothing open', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const error = await startLocalRedshift({ ...options, port }, sources).catch(
      (reason: unknown) => reason,
    )
    other.close()
    expect(error).to.be.instanceOf(LocalRedshiftError)
    expect((error as Error).message).to.equal(
      `The local Redshift cannot listen on 127.0.0.1:${port}: port ${port} is taken by another ` +
        'program. Choose another with --port.',
    )
    const server = await startLocalRedshift({ ...options, port }, sources)
    expect(server.port).to.equal(port)
    await server.close()
  })

  it('shares one engine with another server of the same folder', async () => {
    const server = await startLocalRedshift(options, sources)
    const [one, other] = [
      await RawClient.connect(server.port),
      await RawClient.connect(keeper.port),
    ]
    for (const client of [one, other]) await client.signIn({ user: 'me' })
    await one.query('create table shared (n int)')
    await server.close()
    expect((await one.lastReplies()).at(-1)).to.equal(
      'E FATAL 57P01 The local Redshift is being stopped.',
    )
    expect(await other.query('select count(*) from shared')).to.include('D 0')
    other.socket.destroy()
  })

  it('closes whatever its clients are doing', async () => {
    const server = await startLocalRedshift(options, sources)
    const silent = await RawClient.connect(server.port)
    const half = await RawClient.connect(server.port)
    half.send(Buffer.from([0, 0]))
    const [idle, busy, deaf] = [
      await RawClient.connect(server.port),
      await RawClient.connect(server.port),
      await RawClient.connect(server.port),
    ]
    for (const client of [idle, busy, deaf]) await client.signIn({ user: 'me' })
    await idle.query('begin; lock shared')
    busy.send(serialize.query('select * from shared'))
    deaf.socket.pause()
    deaf.send(
      serialize.query(
        "select repeat('x', 60000) from stl_load_errors right join pg_class on true, pg_class x",
      ),
    )
    await server.close()
    for (const client of [silent, half, idle, busy]) {
      expect((await client.lastReplies()).at(-1)).to.equal(
        'E FATAL 57P01 The local Redshift is being stopped.',
      )
    }
    const error = await RawClient.connect(server.port).catch((reason: unknown) => reason)
    expect(error).to.include({ code: 'ECONNREFUSED' })
    deaf.socket.destroy()
  })

  it('is found while it serves, for its own buckets', async () => {
    const server = await startSharedServer(options, sources)
    const found = await findSharedServer(options)
    expect(found).to.include({ ...server.socket, database: 'dev' })
    expect(server.socket.host).to.equal(folder)
    expect(await findSharedServer({ ...options, buckets: '/elsewhere' })).to.equal(undefined)
    await server.close()
    expect(await findSharedServer(options)).to.equal(undefined)
  })

  it('is not found when it was killed, and what it left is removed', async () => {
    const child = await ServerProcess.start(folder)
    const found = await findSharedServer(options)
    expect(found).to.include({ host: folder, user: 'awsuser' })
    await child.kill()
    expect(await findSharedServer(options)).to.equal(undefined)
    const left = join(folder, `.s.PGSQL.${found!.port}`)
    utimesSync(left, 0, 0)
    const next = await startLocalRedshift(options, sources)
    expect(existsSync(left)).to.equal(false)
    await next.close()
  })

  it('listens in a folder that no other account can enter, and on a port only where it is asked to', async () => {
    chmodSync(folder, 0o755)
    const server = await startLocalRedshift({ folder, password: 'of nobody' }, sources)
    const { host, port, database, user } = server
    expect({ host, port }).to.deep.equal(server.socket)
    const client = new Client({ host, port, database, user })
    await client.connect()
    await client.end()
    expect(statSync(folder).mode & 0o777).to.equal(0o700)
    expect(statSync(join(folder, `.s.PGSQL.${port}`)).mode & 0o777).to.equal(0o600)
    await server.close()
  })

  for (const given of ['Opensesame', 'opensesame', '']) {
    const isRight = given === 'Opensesame'
    it(`${isRight ? 'lets in' : 'refuses'} who gives the password "${given}"`, async () => {
      const server = await startLocalRedshift({ ...options, password: 'Opensesame' }, sources)
      const { host, port, database } = server
      const client = new Client({ host, port, database, user: 'ada', password: given })
      const error: unknown = await client.connect().then(
        () => undefined,
        (reason: unknown) => reason,
      )
      const refusal = { code: '28000', message: 'password authentication failed for user "ada"' }
      if (isRight) expect(error).to.equal(undefined)
      else expect(error).to.include(refusal)
      await client.end()
      await server.close()
    })
  }

  it('asks users that were made for their own password, and gives them their own rights', async () => {
    const server = await startLocalRedshift({ ...options, password: 'Opensesame' }, sources)
    const { host, port, database } = server
    const as = async (user: string, password: string) => {
      const client = new Client({ host, port, database, user, password })
      try {
        await client.connect()
        const { rows } = await client.query<{ user: string }>('select current_user as user')
        return rows[0]!.user
      } catch (error) {
        return (error as Error).message
      } finally {
        await client.end()
      }
    }
    const root = new Client({ host, port, database, user: 'awsuser', password: 'Opensesame' })
    await root.connect()
    await root.query("create user bea password 'Abcd1234'; create user cid password disable")
    await root.query("create user dee password 'Abcd1234' createuser")
    await root.query("create user eva password 'Abcd1234' valid until '2020-01-01'")
    const failed = (user: string) => `password authentication failed for user "${user}"`
    try {
      expect(await as('bea', 'Abcd1234')).to.equal('bea')
      expect(await as('bea', 'Opensesame')).to.equal(failed('bea'))
      expect(await as('cid', '')).to.equal(failed('cid'))
      expect(await as('dee', 'Abcd1234')).to.equal('awsuser')
      expect(await as('eva', 'Abcd1234')).to.equal(failed('eva'))
      expect(await as('rdsdb', 'Opensesame')).to.equal('awsuser')
    } finally {
      await root.query('drop user bea, cid, dee, eva')
      await root.end()
      await server.close()
    }
  })

  it('takes nothing but a password from who has not given it', async () => {
    const server = await startLocalRedshift({ ...options, password: 'Opensesame' }, sources)
    const client = await RawClient.connect(server.port)
    client.send(serialize.startup({ user: 'ada' }))
    expect(inWords((await client.reply())!)).to.equal('R')
    client.send(serialize.query('select 1'))
    expect(await client.lastReplies()).to.deep.equal([
      'E FATAL 28000 password authentication failed for user "ada"',
    ])
    await server.close()
  })
})
