import { expect } from 'chai'
import { serialize } from 'pg-protocol'
import { served } from './local-redshift'
import { type RawClient } from './raw-client'

const copy = "copy plays from 's3://bucket/plays' iam_role default format json 'auto'"

/** A conversation in both protocols: errors, notices and COPY in it. */
const conversation = [
  serialize.query('truncate plays'),
  serialize.query(copy),
  serialize.query("select song, n from plays order by n; select 'é😀' as é"),
  serialize.query('select broken'),
  serialize.query(''),
  serialize.parse({ name: 'by n', text: 'select song from plays where n > $1 order by n' }),
  serialize.describe({ type: 'S', name: 'by n' }),
  serialize.bind({ statement: 'by n', portal: 'p', values: ['0'] }),
  serialize.describe({ type: 'P', name: 'p' }),
  serialize.execute({ portal: 'p', rows: 1 }),
  serialize.execute({ portal: 'p', rows: 0 }),
  serialize.close({ type: 'S', name: 'by n' }),
  serialize.flush(),
  serialize.sync(),
  serialize.parse({ text: copy }),
  serialize.bind(),
  serialize.describe({ type: 'P' }),
  serialize.execute(),
  serialize.sync(),
  serialize.parse({ text: 'select broken' }),
  serialize.bind(),
  serialize.execute(),
  serialize.sync(),
]
const answers = 8 // ReadyForQuery: one for each Query and each Sync

describe('the bytes of a client', () => {
  const redshift = served()
  let whole: string[]

  before(async () => {
    redshift.put('bucket/plays', '{"song": "Déjà", "n": 1} {"song": "Vu", "n": 2}')
    const client = await redshift.raw()
    await client.query('create table plays (song varchar(20), n int)')
    for (const message of conversation) client.send(message)
    whole = await heard(client)
    client.socket.destroy()
  })

  async function heard(client: RawClient): Promise<string[]> {
    const replies = await client.replies('Z', answers)
    return replies.map(({ type, body }) => `${type} ${body.toString('hex')}`)
  }

  it('are answered', () => {
    const types = whole.map((reply) => reply[0]).join('')
    expect(types).to.equal(
      'CZ' + // TRUNCATE
        'NCZ' + // COPY
        'TDDCTDCZ' +
        'EZ' +
        'IZ' +
        '1tT2TDsDC3Z' + // extended
        '12nNCZ' + // COPY
        'EZ',
    )
  })

  it('are answered the same when they come one by one', async () => {
    const client = await redshift.raw()
    for (const byte of Buffer.concat(conversation)) {
      client.socket.write(Buffer.from([byte]))
      await new Promise(setImmediate)
    }
    expect(await heard(client)).to.deep.equal(whole)
  })

  it('are answered the same when they come all at once', async () => {
    const client = await redshift.raw()
    client.send(...conversation)
    expect(await heard(client)).to.deep.equal(whole)
  })

  it('are answered the same however they are cut in two', async () => {
    const bytes = Buffer.concat(conversation.slice(2, 5))
    const first = await redshift.raw()
    first.send(bytes)
    const expected = await first.replies('Z', 3)
    const client = await redshift.raw()
    for (let cut = 1; cut < bytes.length; cut++) {
      client.send(bytes.subarray(0, cut))
      await new Promise(setImmediate)
      client.send(bytes.subarray(cut))
      expect(await client.replies('Z', 3)).to.deep.equal(expected)
    }
  })

  it('may bring a start-up message byte by byte', async () => {
    const bytes = Buffer.concat([serialize.startup({ user: 'me' }), serialize.query('select 1')])
    const client = await redshift.raw(null)
    for (const byte of bytes) {
      client.socket.write(Buffer.from([byte]))
      await new Promise(setImmediate)
    }
    expect((await client.replies('Z', 2)).at(-2)!.body.toString()).to.equal('SELECT 1\0')
  })

  it('may be a statement of 16 MB, and not of more', async () => {
    const client = await redshift.raw()
    const most = 16 * 1024 * 1024
    const statement = (length: number) => `select '${'x'.repeat(length - 17)}' is null`
    expect(await client.query(statement(most))).to.include('D f')
    const tooLarge =
      `E ERROR 42601 Statement is too large. Statement Size: ${most + 1} bytes. ` +
      `Maximum Allowed: ${most} bytes`
    expect(await client.query(statement(most + 1))).to.deep.equal([tooLarge, 'Z I'])
    expect(await client.ask(serialize.parse({ text: statement(most + 1) }), serialize.sync()))
      .to.deep.equal([tooLarge, 'Z I']) // prettier-ignore
  })

  it('must be UTF-8', async () => {
    const client = await redshift.raw()
    const latin = (message: Buffer) =>
      Buffer.from(message.toString('latin1').replace('?', '\xe9'), 'latin1')
    const refusal = 'E ERROR 22021 invalid byte sequence for encoding "UNICODE"'
    expect(await client.ask(latin(serialize.query("select '?'")))).to.deep.equal([refusal, 'Z I'])
    const parse = latin(serialize.parse({ text: "select '?'" }))
    expect(await client.ask(parse, serialize.sync())).to.deep.equal([refusal, 'Z I'])
  })

  it('that make no message are refused, and the session goes on', async () => {
    const client = await redshift.raw()
    const message = (type: string, body: string) => {
      const length = Buffer.alloc(4)
      length.writeInt32BE(body.length + 4)
      return Buffer.concat([Buffer.from(type), length, Buffer.from(body, 'latin1')])
    }
    const refusal = 'E ERROR 08P01 invalid message format'
    for (const body of ['', 'select 1', 'select 1\0\0', 'select 1\0select 2\0']) {
      expect(await client.ask(message('Q', body))).to.deep.equal([refusal, 'Z I'])
    }
    for (const [type, body] of [
      ['P', ''],
      ['P', 'a\0b'],
      ['P', 'a\0select 1\0'],
      ['P', 'a\0select 1\0\0\x01\0\0\0'],
      ['B', ''],
      ['B', 'a\0b\0\0\x01'],
    ] as const) {
      const told = await client.ask(message(type, body), serialize.sync())
      expect(told).to.deep.equal([refusal, 'Z I'])
    }
    for (const type of ['D', 'E', 'C']) {
      const [error, ready] = await client.ask(message(type, ''), serialize.sync())
      expect(error).to.match(/^E ERROR (08P01|34000)/)
      expect(ready).to.equal('Z I')
    }
    expect(await client.query('select 1')).to.include('D 1')
  })
})
