import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { copyProject } from '../../tools/copied-project'
import { Account } from '../aws-stub/account'
import { goodCredentials } from '../aws-stub/credentials'
import { readCommands } from '../aws-stub/guide'
import { S3Server, s3Credentials } from '../aws-stub/s3-server'
import { AwsStub } from '../aws-stub/stub'
import { makeCertificate, portOf, serveWithTls } from '../aws-stub/tls-proxy'
import { ownSettings } from '../lib/cluster/site'
import { prepareWarehouse } from '../prepared-warehouse'
import {
  type Outcome,
  type Running,
  Terminal,
  tooWide,
  type Variables,
  useCommands,
} from './command'

const production = ['--env', 'production']

/** What the files in a folder hold, one behind the other. */
function joined(folder: string): Buffer {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  return Buffer.concat(
    files.flatMap(({ parentPath, name }) => [
      readFileSync(join(parentPath, name)),
      Buffer.from('\n'),
    ]),
  )
}

describe('sparkify cluster', () => {
  const commands = useCommands()
  let stub: AwsStub
  let account: Account
  const folder = join(commands.folder, 'project')
  before(() => copyProject(folder))

  const begin = async (options: ConstructorParameters<typeof Account>[0] = {}) => {
    account = new Account({ handedOut: commands.secrets, ...options })
    commands.secrets.push(goodCredentials.AWS_SECRET_ACCESS_KEY)
    stub = new AwsStub([account])
    await stub.listen()
    writeFileSync(join(folder, '.env'), ownSettings)
  }
  afterEach(() => stub.close())

  const given = (variables: Variables): Variables => ({
    ...Object.fromEntries(
      [...readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Z_\d]+)=/gm)].map(([, name]) => [
        name!,
        undefined,
      ]),
    ),
    ...stub.variablesOf(account),
    ...variables,
  })
  const start = (words: string[], variables: Variables = {}): Running => {
    const program = join(folder, 'scripts', 'sparkify.js')
    return commands.spawn([process.execPath, program, ...words], given(variables))
  }
  const run = (words: string[], variables: Variables = {}): Promise<Outcome> =>
    variables.NODE_DEBUG || (variables.NODE_EXTRA_CA_CERTS && words[0] !== 'cluster')
      ? start(words, variables).ended
      : commands.sparkify(words, given(variables), folder)
  const quick = ['--poll', '0.01']
  const up = ['cluster', 'up', '--cidr', '203.0.113.7/32', '--yes', ...quick]

  for (const words of [['status'], ['up', '--yes'], ['down', '--yes']]) {
    it(`${words[0]} says all that is wrong with options and settings before it asks for a region or credentials`, async () => {
      await begin()
      const wrong = { REDSHIFT_STACK: 'nonsense', NODE_TLS_REJECT_UNAUTHORIZED: '0' }
      const { code, stderr } = await commands.sparkify(
        ['cluster', ...words, '--name', 'Not a name'],
        wrong,
        folder,
      )
      expect(code, stderr).to.equal(2)
      expect(stderr).to.include('--name is "Not a name"')
      expect(stderr).to.include('REDSHIFT_STACK is "nonsense": the ARN of a stack is expected')
      expect(stderr).to.include('NODE_TLS_REJECT_UNAUTHORIZED is "0"')
      expect(stderr).to.not.match(/No region|credentials/)
    })
  }

  it('has exit codes and JSON for scripts', async () => {
    await begin()
    const nothing = await run(['cluster', 'status', '--json'])
    expect(nothing.code).to.equal(4)
    expect(JSON.parse(nothing.stdout)).to.include({ name: 'sparkify', isWell: false })
    const refused = await run([...up, '--port', '1', '--node-type', 'dc2.large'])
    expect(refused.code).to.equal(2)
    expect(refused.stderr).to.match(/--node-type is "dc2.large".*--port is 1/s)
    const dry = await run([...up, '--dry-run', '--json'])
    expect(dry.code, dry.stderr).to.equal(0)
    expect(JSON.parse(dry.stdout)).to.include({ dryRun: true })
    expect((await run([...up, '--json'])).code).to.equal(0)
    expect((await run(['cluster', 'status', '--drift', '--json', ...quick])).code).to.equal(0)
    for (const words of [
      ['cluster', 'status', '--drift', ...quick],
      [...up, '--dry-run'],
    ]) {
      const screen = new Terminal()
      const { code, stdout, stderr } = await commands.sparkify(words, given({}), folder, screen)
      expect(code, stderr).to.equal(0)
      expect(tooWide(stdout + stderr)).to.deep.equal([])
    }
    account.ghosts = Infinity
    const left = await run(['cluster', 'down', '--yes', '--json', ...quick, '--timeout', '0.002'])
    expect(left.code).to.equal(4)
    expect(JSON.parse(left.stdout)).to.have.property('left').with.length(2)
    account.ghosts = 0
    const done = await run(['cluster', 'down', '--yes', '--json', ...quick])
    expect(done.code, done.stderr).to.equal(0)
    expect(readFileSync(join(folder, '.env'), 'utf8')).to.equal(ownSettings)
  })

  it('ends at Ctrl-C with its story, and a process that is killed leaves what up goes on with', async () => {
    await begin()
    const hold = () => (account.stacks[0]?.steps ?? []).unshift(() => {})
    stub.happen = hold
    const stopped = start(up)
    await stopped.says('CREATE_IN_PROGRESS')
    stopped.child.kill('SIGINT')
    const { code, stderr } = await stopped.ended
    expect(code).to.equal(130)
    expect(stderr).to.match(/Stopped\..*being made.*`sparkify cluster down` removes all of it/s)
    const killed = start(up)
    await killed.says('another command is at it')
    killed.child.kill('SIGKILL')
    await killed.ended
    stub.happen = () => {}
    const again = await run(up)
    expect(again.code, again.stderr).to.equal(0)
    expect(account.resources).to.have.length(3)
  })

  it('takes the commands of the guide as they stand', async () => {
    await begin()
    expect(readCommands()).to.have.length.greaterThan(7)
    for (const [cluster, command, ...words] of readCommands()) {
      const yes = command === 'status' ? [] : ['--yes', '--dry-run']
      const { code, stderr } = await run([cluster!, command!, ...words, ...yes, ...quick])
      expect(code, `${words.join(' ')}\n${stderr}`).to.equal(command === 'status' ? 4 : 0)
    }
  })

  it('says no secret however verbose', async () => {
    await begin()
    const verbose = { NODE_DEBUG: 'http,https,net,tls', DEBUG: '*' }
    const { code, stderr, stdout } = await run([...up, '--sign-in', 'secret'], verbose)
    expect(code, stderr).to.equal(0)
    expect(stderr).to.contain('HTTP ')
    expect(stdout + stderr).to.not.match(/Signature=[0-9a-f]{64}/)
  })

  describe('with a warehouse that answers', () => {
    let s3: S3Server | undefined
    let local: Running | undefined
    let tls: Server | undefined
    let variables: Variables

    before(async function () {
      mkdirSync(commands.folder, { recursive: true })
      const certificate = makeCertificate(commands.folder)
      if (!certificate) return this.skip() // no openssl
      s3 = await S3Server.start(join(commands.folder, 's3'))
      variables = { AWS_ENDPOINT_URL_S3: s3.url, NODE_EXTRA_CA_CERTS: certificate.file }
      const ofLocal = { ...variables, ...s3Credentials, AWS_REGION: 'us-west-2' }
      await prepareWarehouse(commands.warehouse)
      local = commands.start('sparkify', ['local', '--port=0', '--json'], ofLocal)
      const sample = join(commands.folder, 'sample')
      await Promise.all([
        local.says('}\n'),
        commands.sparkify(['generate', '--out', sample]),
        s3.makeBucket('acme-music'),
        s3.makeBucket('acme-work'),
      ])
      // Few objects are enough here, and JSON may be put one behind the other.
      for (const name of ['log_data', 'song_data'])
        await s3.put('acme-music', `${name}/all.json`, joined(join(sample, name)))
      const paths = 'log_json_path.json'
      await s3.put('acme-music', paths, readFileSync(join(sample, paths)))
      tls = await serveWithTls(
        certificate,
        (JSON.parse(local.said.stdout) as { port: number }).port,
      )
    })
    after(async () => {
      tls?.close()
      local?.child.kill('SIGINT')
      await local?.ended
      await s3?.close()
    })

    it('makes, loads, asks and removes it, its certificate verified', async () => {
      const address = { host: 'localhost', port: portOf(tls!) }
      await begin({ address, credentials: s3Credentials })
      const done = async (words: string[]) => {
        const { code, stderr, stdout } = await run(words, variables)
        expect(code, stderr).to.equal(0)
        return stdout
      }
      await done([...up, '--public'])
      await done(['run', ...production])
      await done(['query', '--check', '--dataset', 'sample', ...production])
      const distrusted = await run(['sql', 'select 1', ...production], {
        AWS_ENDPOINT_URL_S3: s3!.url,
      })
      expect(distrusted.code).to.equal(4)
      expect(distrusted.stderr).to.match(/self-signed certificate/)
      await done([...up, '--sign-in', 'secret'])
      expect(await done(['sql', 'select 1 as one', ...production])).to.contain('one')
      await done(['cluster', 'down', '--yes', ...quick])
      const called = stub.calls.map(({ name }) => name)
      expect(called).to.include('redshift:GetClusterCredentialsWithIAM')
      expect(called).to.include('secretsmanager:GetSecretValue')
      expect(account.resources).to.deep.equal([])
    })
  })
})
