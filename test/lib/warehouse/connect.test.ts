import { once } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { expect } from 'chai'
import { localRedshift } from '../../../knexfile'
import { type Address, socketPath } from '../../../redshift-local/listen'
import { type Certificate, makeCertificate } from '../../aws-stub/tls-proxy'
import { type Outcome, useCommands, type Variables } from '../../scripts/command'
import { useWarehouse } from '../../warehouse'
import { AwsAnswers, clusterCredentials } from './aws-answers'

/**
 * The local Redshift as a cluster has it: over TLS, and after a password, of which it takes any and
 * notes it. Without a certificate it refuses TLS, as a server does that has none.
 */
export class GuardedCluster {
  readonly passwords: string[] = []
  #server = createServer((socket) => void this.#serve(socket).catch(() => socket.destroy()))

  constructor(
    private readonly warehouse: Address,
    private readonly certificate?: Certificate,
  ) {}

  async open(): Promise<void> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening')
  }

  close(): void {
    this.#server.close()
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  async #serve(socket: Socket): Promise<void> {
    socket.on('error', () => socket.destroy())
    await once(socket, 'data') // SSLRequest
    socket.write(this.certificate ? 'S' : 'N')
    if (!this.certificate) return
    const client = new TLSSocket(socket, {
      isServer: true,
      cert: readFileSync(this.certificate.file),
      key: readFileSync(this.certificate.keyFile),
    })
    client.on('error', () => client.destroy())
    const [startup] = (await once(client, 'data')) as [Buffer]
    client.write(Buffer.from('R\0\0\0\x08\0\0\0\x03', 'latin1')) // AuthenticationCleartextPassword
    const [password] = (await once(client, 'data')) as [Buffer]
    this.passwords.push(password.subarray(5, -1).toString())
    const warehouse = connect(socketPath(this.warehouse))
    warehouse.on('error', () => client.destroy()).write(startup)
    client.on('close', () => warehouse.destroy())
    client.pipe(warehouse).pipe(client)
  }
}

describe('a connection to production', () => {
  useWarehouse({ migrated: false })
  const commands = useCommands()
  const aws = new AwsAnswers()
  let certificate: Certificate
  let cluster: GuardedCluster

  before(async function () {
    mkdirSync(commands.folder, { recursive: true })
    const made = makeCertificate(commands.folder)
    if (!made) return this.skip() // no openssl
    certificate = made
    cluster = new GuardedCluster(await localRedshift(), certificate)
    await cluster.open()
    await aws.open()
  })
  beforeEach(() => (cluster.passwords.length = 0))
  after(() => {
    cluster?.close()
    aws.close()
  })

  const production = (): Variables => ({
    LOG_DATA: 's3://bucket/log_data',
    LOG_JSONPATH: 's3://bucket/paths.json',
    SONG_DATA: 's3://bucket/song_data',
    REDSHIFT_HOST: 'localhost',
    REDSHIFT_PORT: String(cluster.port),
    NODE_EXTRA_CA_CERTS: certificate.file,
  })
  const password = { REDSHIFT_USER: 'ada', REDSHIFT_PASSWORD: 'Lovelace-1815' }
  const words = ['sql', 'select 1 as one', '--env', 'production', '--json']
  // Node reads NODE_EXTRA_CA_CERTS once, when it starts.
  const select = (variables: Variables): Promise<Outcome> => {
    const given: Variables = { ...production(), ...password, ...variables }
    return given.NODE_EXTRA_CA_CERTS
      ? commands.start('sparkify', words, given).ended
      : commands.sparkify(words, given)
  }

  it('is made where the certificate is right', async () => {
    const { code, stdout, stderr } = await select({})
    expect(code, stderr).to.equal(0)
    expect(stdout).to.contain('"rows":[[1]]')
    expect(cluster.passwords).to.deep.equal(['Lovelace-1815'])
  })

  const refusals: [title: string, variables: Variables, said: RegExp][] = [
    [
      'that nobody signed',
      { NODE_EXTRA_CA_CERTS: '' },
      /^self-signed certificate\n.*NODE_EXTRA_CA/,
    ],
    [
      'of another address',
      { REDSHIFT_HOST: '127.0.0.1' },
      /^Hostname\/IP does not match[^]*REDSHIFT_HOST/,
    ],
    ...['disable', 'allow', 'require', 'no-verify'].map(
      (PGSSLMODE): [string, Variables, RegExp] => [
        `that nobody signed, also with PGSSLMODE=${PGSSLMODE}`,
        { NODE_EXTRA_CA_CERTS: '', PGSSLMODE },
        /^self-signed certificate\n/,
      ],
    ),
  ]
  for (const [title, variables, said] of refusals) {
    it(`is not made where the certificate is one ${title}`, async () => {
      const { code, stdout, stderr } = await select(variables)
      expect(stderr)
        .to.match(said)
        .and.to.not.match(/^ +at /m)
      expect(code).to.equal(4)
      expect(stdout).to.match(/^\{"results":\[\],"error":/)
      expect(cluster.passwords).to.deep.equal([])
    })
  }

  it('is not made where Node would take any certificate', async () => {
    const { code, stderr } = await select({
      NODE_EXTRA_CA_CERTS: '',
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    })
    expect(code).to.equal(2)
    expect(stderr).to.match(/^One setting is wrong:\n {2}NODE_TLS_REJECT_UNAUTHORIZED is "0": /m)
    expect(cluster.passwords).to.deep.equal([])
  })

  it('is not made without TLS', async () => {
    const open = new GuardedCluster(await localRedshift())
    await open.open()
    const { code, stderr } = await select({
      NODE_EXTRA_CA_CERTS: '',
      REDSHIFT_PORT: String(open.port),
      PGSSLMODE: 'disable',
    })
    open.close()
    expect(stderr).to.match(/^The server does not support SSL connections\n.*Check REDSHIFT_HOST/)
    expect(code).to.equal(4)
  })

  for (const [title, answer] of [
    ['refuses the request for TLS with an error', 'E\0\0\0\x1fSFATAL\0C53300\0Mtoo many\0\0'],
    ['speaks something else', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
  ] as const) {
    it(`is not made where what answers ${title}`, async () => {
      const server = createServer((socket) => socket.on('error', () => {}).end(answer))
      await once(server.listen(0, '127.0.0.1'), 'listening')
      const { code, stderr } = await select({
        NODE_EXTRA_CA_CERTS: '',
        REDSHIFT_PORT: String((server.address() as AddressInfo).port),
      })
      server.close()
      expect(stderr).to.match(/^There was an error .*SSL connection\n.* is no warehouse, .*\n$/)
      expect(code).to.equal(4)
    })
  }

  describe('with temporary credentials', () => {
    const connectTwice = `
      const createKnex = require('knex')
      const { default: environments } = require('./knexfile.ts')
      const work = async () => {
        const knex = createKnex(environments.production)
        await knex.transaction(async (transaction) => {
          await transaction.raw('select 1')
          await knex.raw('select 2')
          await transaction.raw('select 3')
        })
        await knex.raw('select 4')
        await knex.destroy()
      }
      void work()`
    const passwordsFor = async (expires: Date): Promise<string[]> => {
      const passwords = ['Temporary-0001', 'Temporary-0002', 'Temporary-0003']
      commands.secrets.push(...passwords)
      aws.give(...passwords.map((given) => clusterCredentials(given, expires)))
      const node = [process.execPath, '-r', './tools/typescript.js', '-e', connectTwice]
      const { code, stderr } = await commands.spawn(node, {
        ...production(),
        REDSHIFT_CLUSTER: 'my',
        AWS_REGION: 'eu-central-1',
        AWS_ENDPOINT_URL: aws.url,
        AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'key-of-the-caller-0001',
      }).ended
      expect(code, stderr).to.equal(0)
      return cluster.passwords
    }

    it('asks for them once while they last', async () => {
      const used = await passwordsFor(new Date(Date.now() + 3_600_000))
      expect(used).to.deep.equal(['Temporary-0001', 'Temporary-0001'])
      expect(aws.asked).to.have.length(1)
    })

    it('asks again for each new connection once they have expired, and keeps the open ones', async () => {
      const used = await passwordsFor(new Date(0))
      expect(used).to.deep.equal(['Temporary-0002', 'Temporary-0003'])
      expect(aws.asked).to.have.length(3)
    })
  })
})
