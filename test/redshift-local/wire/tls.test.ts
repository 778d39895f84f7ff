import { generateKeyPairSync, X509Certificate } from 'node:crypto'
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect as connectTo, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { connect as connectByTls } from 'node:tls'
import { expect } from 'chai'
import type { Client } from 'pg'
import { serialize } from 'pg-protocol'
import { LocalRedshiftError } from '../../../redshift-local/errors'
import { startLocalRedshift } from '../../../redshift-local/server'
import { copySources, served } from './local-redshift'
import { RawClient } from './raw-client'

describe('TLS', () => {
  const redshift = served()

  /** A client that knows the server by its certificate. */
  async function secured(port = redshift.port, password?: string): Promise<Client> {
    await certificate() // which is there once a client has asked
    const ca = readFileSync(redshift.server.certificate)
    return redshift.client({ port, password, ssl: { ca, rejectUnauthorized: true } })
  }

  /** The certificate that the server shows. */
  async function certificate(): Promise<X509Certificate> {
    const client = await redshift.client({ ssl: { rejectUnauthorized: false } })
    await client.end()
    return new X509Certificate(readFileSync(redshift.server.certificate))
  }

  /** A connection whose SSLRequest was answered with `S`. */
  async function consented(port = redshift.port): Promise<RawClient> {
    const client = port === redshift.port ? await redshift.raw(null) : await RawClient.connect(port)
    client.send(serialize.requestSsl())
    expect(String(await client.bytes(1))).to.equal('S')
    return client
  }

  it('is there for who asks for it, with a certificate for this machine that is made once', async () => {
    const one = await certificate()
    expect(one.checkHost('localhost')).to.equal('localhost')
    expect(one.checkIP('127.0.0.1')).to.equal('127.0.0.1')
    expect(one.ca).to.equal(false)
    expect(one.verify(one.publicKey)).to.equal(true)
    expect(Date.parse(one.validTo) - Date.now()).to.be.greaterThan(9 * 365 * 24 * 3600 * 1000)
    expect((await certificate()).fingerprint256).to.equal(one.fingerprint256)
  })

  it('keeps certificate and key to the account that serves', async () => {
    await certificate()
    const folder = dirname(redshift.server.certificate)
    const modes = ['', 'server.crt', 'server.key'].map(
      (name) => statSync(join(folder, name)).mode & 0o777,
    )
    expect(modes).to.deep.equal([0o700, 0o600, 0o600])
  })

  it('lets a client in that verifies the certificate, and one that does not encrypt', async () => {
    for (const client of [await secured(), await redshift.client()]) {
      expect((await client.query('select 1 as one')).rows).to.deep.equal([{ one: 1 }])
    }
  })

  it('carries large texts and results, in both directions', async () => {
    const client = await secured()
    const text = 'é'.repeat(1_000_000)
    const { rows } = await client.query(`select len('${text}') as n`)
    expect(rows).to.deep.equal([{ n: 1_000_000 }])
    await client.query('create temp table tens (n int)')
    await client.query(`insert into tens values ${'(1),'.repeat(99)}(1)`)
    const { rows: many } = await client.query('select a.n from tens a, tens b, tens c limit 300000')
    expect(many).to.have.length(300_000)
  })

  it('asks for the password within', async () => {
    const { folder, buckets } = redshift
    const server = await startLocalRedshift(
      { folder, port: 0, password: 'Secret1' },
      copySources(buckets),
    )
    const client = await secured(server.port, 'Secret1')
    expect((await client.query('select 1 as one')).rows).to.deep.equal([{ one: 1 }])
    const refusal = await secured(server.port, 'secret1').catch((reason: unknown) => reason)
    expect(refusal).to.include({ code: '28000' })
    await client.end()
    await server.close()
  })

  it('passes a cancel request on that comes by TLS', async () => {
    const client = await redshift.raw()
    client.send(serialize.query('select count(*) from pg_attribute a, pg_attribute b, pg_attribute c')) // prettier-ignore
    await redshift.until(`select 1 from pg_stat_activity where pid = ${client.pid} and state = 'active'`) // prettier-ignore
    const { socket } = await consented()
    const secure = connectByTls({ socket, rejectUnauthorized: false })
    secure.end(serialize.cancel(client.pid, client.secret))
    secure.resume()
    expect((await client.replies()).map(({ type }) => type)).to.include('E')
  })

  it('is declined in the folder, where nobody else listens', async () => {
    const { host, port } = redshift.server.socket
    const socket = connectTo(join(host, `.s.PGSQL.${port}`))
    socket.write(serialize.requestSsl())
    expect(String(await firstChunk(socket))).to.equal('N')
    socket.destroy()
  })

  it('refuses what came unprotected behind the request', async () => {
    const client = await redshift.raw(null)
    client.send(serialize.requestSsl(), serialize.startup({ user: 'me' }))
    expect(await client.lastReplies()).to.deep.equal([
      'E FATAL 08P01 received unencrypted data after SSL request',
    ])
  })

  const failures: [what: string, fail: (socket: Socket) => void][] = [
    ['leaves', (socket) => socket.end()],
    ['breaks the connection off', (socket) => socket.resetAndDestroy()],
    ['says something else', (socket) => socket.write('GET / HTTP/1.1\r\n\r\n')],
    [
      'leaves in the middle of its hello',
      (socket) => socket.end(Buffer.from('160301020001', 'hex')),
    ],
    ['asks for a TLS of long ago', (socket) => void connectByTls({ socket, maxVersion: 'TLSv1', minVersion: 'TLSv1' }).on('error', () => {})], // prettier-ignore
  ]

  for (const [what, fail] of failures) {
    it(`takes no harm from a client that ${what} in the handshake`, async () => {
      const client = await consented()
      fail(client.socket)
      await new Promise((resolve) => client.socket.once('close', resolve))
      expect((await (await secured()).query('select 1 as one')).rows).to.deep.equal([{ one: 1 }])
    })
  }

  it('ends for who does not finish the handshake in time', async () => {
    const { folder, buckets } = redshift
    const impatient = await startLocalRedshift(
      { folder, port: 0, signInTimeout: 300 },
      copySources(buckets),
    )
    const client = await consented(impatient.port)
    await new Promise((resolve) => client.socket.once('close', resolve))
    await impatient.close()
  })

  it('serves many at once', async () => {
    const clients = await Promise.all(Array.from({ length: 60 }, () => secured()))
    const answers = await Promise.all(clients.map((client) => client.query('select 1 as one')))
    for (const { rows } of answers) expect(rows).to.deep.equal([{ one: 1 }])
  })

  it('says what to do where a certificate that came later cannot be used, and goes on once it is done', async () => {
    const { folder, buckets } = redshift
    await certificate()
    const place = dirname(redshift.server.certificate)
    const aside = `${place}-aside`
    renameSync(place, aside)
    const server = await startLocalRedshift({ folder, port: 0 }, copySources(buckets))
    renameSync(aside, place)
    const key = join(place, 'server.key')
    const good = readFileSync(key)
    writeFileSync(key, 'cut')
    const client = await RawClient.connect(server.port)
    client.send(serialize.requestSsl())
    const [said] = await client.lastReplies()
    expect(said).to.match(/^E FATAL 57P01 The certificate of the local Redshift in .*tls \(server.crt, server.key\) cannot be used: /) // prettier-ignore
    expect(said).to.include('Remove that folder, and it is made again.')
    writeFileSync(key, good)
    await (await secured(server.port)).end()
    await server.close()
  })

  const broken: [what: string, file: string, content: () => string | undefined][] = [
    ['is cut', 'server.crt', () => 'cut'],
    ['has no key', 'server.key', () => undefined],
    ['has a key that is cut', 'server.key', () => 'cut'],
    ['has the key of another', 'server.key', otherKey],
  ]

  for (const [what, file, content] of broken) {
    it(`is asked for at the start where it is there: one that ${what} is refused then`, async () => {
      const { folder, buckets } = redshift
      await certificate()
      const path = join(dirname(redshift.server.certificate), file)
      const good = readFileSync(path)
      const bad = content()
      if (bad === undefined) rmSync(path)
      else writeFileSync(path, bad)
      try {
        const start = startLocalRedshift({ folder, port: 0 }, copySources(buckets))
        const refusal = await start.then(
          (server) => server.close(),
          (reason: unknown) => reason,
        )
        expect(refusal).to.be.instanceOf(LocalRedshiftError)
        expect(String(refusal)).to.match(/in .*tls \(server.crt, server.key\) cannot be used: .+ Remove that folder, and it is made again\.$/) // prettier-ignore
        const inFolder = await startLocalRedshift({ folder }, copySources(buckets)) // where nobody asks for TLS
        await inFolder.close()
      } finally {
        writeFileSync(path, good, { mode: 0o600 })
      }
    })
  }
})

function otherKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return privateKey.export({ type: 'pkcs1', format: 'pem' }) as string
}

function firstChunk(socket: Socket): Promise<Buffer> {
  return new Promise((resolve) => socket.once('data', resolve))
}
