import { expect } from 'chai'
import { serialize } from 'pg-protocol'
import { startLocalRedshift } from '../../../redshift-local/server'
import { fieldsOf, inWords, RawClient } from './raw-client'
import { copySources, served } from './local-redshift'

function int32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  values.forEach((value, i) => bytes.writeInt32BE(value, 4 * i))
  return bytes
}

/** A start-up message: its length before it. */
function startup(code: number, rest: Buffer | string = '\0'): Buffer {
  const body = Buffer.from(rest)
  return Buffer.concat([int32(8 + body.length, code), body])
}

const version3 = 3 << 16

describe('the start of a session', () => {
  const redshift = served()

  it('says no to GSSAPI encryption, and goes on in the clear', async () => {
    const client = await redshift.raw(null)
    client.send(int32(8, 80877104))
    expect((await client.bytes(1))?.toString()).to.equal('N')
    await client.signIn({ user: 'me' })
    expect(await client.query('select 1')).to.include('D 1')
  })

  it('tells what Redshift tells of itself', async () => {
    const client = await redshift.raw(null)
    client.send(startup(version3, 'user\0me\0application_name\0a test\0\0'))
    const replies = (await client.replies()).map(inWords)
    expect(replies.at(0)).to.equal('R')
    expect(replies.slice(-2)).to.deep.equal(['K', 'Z I'])
    expect(replies).to.include.members([
      'S server_version=8.0.2',
      'S client_encoding=UNICODE',
      'S server_encoding=UNICODE',
      'S integer_datetimes=on',
      'S TimeZone=UTC',
      'S application_name=a test',
      'S padb_version=1.0.78890',
    ])
    expect((await client.query('select version()')).join()).to.include('Redshift 1.0.78890')
  })

  it('keeps to the protocol of old clusters, and passes over what drivers tell of themselves', async () => {
    // redshift_connector 2.1.15 (core.py), with what a plug-in adds.
    const client = await redshift.raw(null)
    const replies = await client.signIn({
      user: 'me',
      database: 'dev',
      application_name: '__main__',
      client_protocol_version: '2',
      driver_version: 'Redshift Python Driver 2.1.15',
      os_version: 'Linux-6.1.0-amd64-x86_64-with-glibc2.36',
      driver_discovery_version: '1',
      plugin_name: 'redshift_connector.plugin.BrowserSamlCredentialsProvider',
      idp_type: 'AzureAD',
    })
    const told = replies.map(inWords)
    expect(told.at(-1)).to.equal('Z I')
    expect(told.filter((line) => line.startsWith('S server_protocol_version'))).to.deep.equal([])
  })

  it('takes any user and password', async () => {
    const client = await redshift.client({
      user: 'IAM:somebody',
      password: 'x',
    })
    const { rows } = await client.query('select current_database() as database')
    expect(rows).to.deep.equal([{ database: 'dev' }])
  })

  it('ends without a word for who does not sign in, and lasts for who does', async () => {
    const { folder, buckets } = redshift
    const impatient = await startLocalRedshift(
      { folder, port: 0, password: 'Secret1', signInTimeout: 300 },
      copySources(buckets),
    )
    const { port } = impatient
    const patient = await redshift.client({ port, password: 'Secret1' })
    const [silent, halfway, unproven] = await Promise.all(
      [1, 2, 3].map(() => RawClient.connect(port)),
    )
    halfway!.send(startup(version3, 'user\0me').subarray(0, 10))
    unproven!.send(serialize.startup({ user: 'me' }))
    expect(await silent!.lastReplies()).to.deep.equal([])
    expect(await halfway!.lastReplies()).to.deep.equal([])
    expect(await unproven!.lastReplies()).to.deep.equal(['R'])
    expect((await patient.query('select 1 as one')).rows).to.deep.equal([{ one: 1 }])
    await patient.end()
    await impatient.close()
  })

  it('knows one database', async () => {
    const client = await redshift.raw(null)
    client.send(serialize.startup({ user: 'me', database: 'sparkify' }))
    expect(await client.lastReplies()).to.deep.equal([
      'E FATAL 3D000 database "sparkify" does not exist',
    ])
  })

  it('brings the settings of the client into the session', async () => {
    const options =
      '-c search_path=elsewhere,\\ public --query-group=nightly -cstatement_timeout=5s'
    const client = await redshift.raw({ user: 'me', options, TimeZone: 'Asia/Tokyo' })
    for (const [name, value] of [
      ['search_path', 'elsewhere, public'],
      ['query_group', 'nightly'],
      ['statement_timeout', '5000'],
      ['timezone', 'Asia/Tokyo'],
    ]) {
      expect(await client.query(`show ${name}`)).to.include(`D ${value}`)
    }
  })

  it('shows the search path that nobody set as Redshift writes it', async () => {
    const client = await redshift.raw()
    expect(await client.query('show search_path')).to.include('D $user, public')
    await client.query("set search_path to '$user', public")
    expect(await client.query('show search_path')).to.include('D "$user", public')
  })

  it('offers 3.0 to a client of a later protocol, or of one with options', async () => {
    const client = await redshift.raw(null)
    client.send(startup(version3 + 2, 'user\0me\0_pq_.wish\0yes\0\0'))
    const [offer, ...rest] = await client.replies()
    expect(offer!.type).to.equal('v')
    expect(offer!.body).to.deep.equal(
      Buffer.concat([int32(version3, 1), Buffer.from('_pq_.wish\0')]),
    )
    expect(rest.map(inWords).at(-1)).to.equal('Z I')
  })

  for (const encoding of ['UTF8', 'utf-8', "'UNICODE'", 'SQL_ASCII']) {
    it(`takes client_encoding ${encoding}, and calls it so`, async () => {
      const client = await redshift.raw(null)
      client.send(startup(version3, `user\0me\0client_encoding\0${encoding}\0\0`))
      const told = (await client.replies()).map(inWords)
      const name = encoding.replaceAll("'", '')
      expect(told).to.include(`S client_encoding=${name}`)
      expect(await client.query('show client_encoding')).to.include(`D ${name}`)
      expect(await client.query("select 'é✓'")).to.include('D é✓')
    })
  }

  const refused: [what: string, bytes: Buffer, answer: string][] = [
    [
      'a web browser',
      Buffer.from('GET / HTTP/1.1\r\n\r\n'),
      '08P01 invalid length of startup packet',
    ],
    ['a length of nothing', int32(4), '08P01 invalid length of startup packet'],
    ['a negative length', int32(-1), '08P01 invalid length of startup packet'],
    ['a message without end', int32(10_001), '08P01 invalid length of startup packet'],
    [
      'protocol 2',
      startup(2 << 16),
      '0A000 unsupported frontend protocol 2.0: server supports 3.0',
    ],
    [
      'parameters that are cut',
      startup(version3, 'user\0me'),
      '08P01 invalid startup packet layout: expected terminator as last byte',
    ],
    [
      'parameters without an end',
      startup(version3, 'user\0me\0'),
      '08P01 invalid startup packet layout: expected terminator as last byte',
    ],
    [
      'another encoding',
      startup(version3, 'user\0me\0client_encoding\0LATIN1\0\0'),
      '22023 conversion between LATIN1 and UNICODE is not supported',
    ],
    [
      'an option that is no setting',
      startup(version3, 'user\0me\0options\0-c work_mem=1GB\0\0'),
      '42704 unrecognized configuration parameter "work_mem"',
    ],
    [
      'an option that is none',
      startup(version3, 'user\0me\0options\0--search_path\0\0'),
      '42601 invalid command-line argument for server process: --search_path',
    ],
    [
      'a setting that the engine refuses',
      startup(version3, 'user\0me\0TimeZone\0Mars\0\0'),
      '22023 invalid value for parameter "TimeZone": "Mars"',
    ],
  ]

  for (const [what, bytes, answer] of refused) {
    it(`refuses ${what}, and closes`, async () => {
      const client = await redshift.raw(null)
      client.send(bytes)
      expect(await client.lastReplies()).to.deep.equal([`E FATAL ${answer}`])
    })
  }

  const silent: [what: string, bytes: Buffer][] = [
    ['leaves at once', Buffer.alloc(0)],
    ['leaves in the middle of its first message', int32(100, version3)],
    ['sends a cancel request that is cut', startup(80877102, '')],
  ]

  for (const [what, bytes] of silent) {
    it(`takes no harm from a client that ${what}`, async () => {
      const client = await redshift.raw(null)
      client.socket.end(bytes)
      expect(await client.lastReplies()).to.deep.equal([])
    })
  }

  it('ends a session whose messages make no sense, and the others go on', async () => {
    const other = await redshift.raw()
    const client = await redshift.raw()
    client.send(Buffer.from('!'), int32(4))
    expect(await client.lastReplies()).to.deep.equal([
      'E FATAL 08P01 invalid frontend message type !',
    ])
    const second = await redshift.raw()
    second.send(Buffer.from('Q'), int32(3))
    expect(await second.lastReplies()).to.deep.equal(['E FATAL 08P01 invalid message length 3'])
    const third = await redshift.raw()
    third.send(Buffer.from('Q'), int32(1 << 30))
    expect(await third.lastReplies()).to.deep.equal([
      `E FATAL 08P01 invalid message length ${1 << 30}`,
    ])
    expect(await other.query('select 1')).to.include('D 1')
  })

  it('closes when the client says goodbye', async () => {
    const client = await redshift.raw()
    client.send(serialize.end())
    expect(await client.lastReplies()).to.deep.equal([])
    await redshift.untilGone(client.pid)
  })

  it('tells of an error what Redshift tells, and nothing of the source of the engine', async () => {
    const client = await redshift.raw()
    client.send(serialize.query('select x'))
    const [error] = await client.replies()
    const M = 'column "x" does not exist'
    expect(fieldsOf(error!.body)).to.deep.equal({ S: 'ERROR', C: '42703', M, P: '8' })
  })
})
