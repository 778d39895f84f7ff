import { mkdirSync } from 'node:fs'
import type { Server } from 'node:net'
import { join } from 'node:path'
import { expect } from 'chai'
import { nameOf } from '../aws-stub/call'
import { S3Server, s3Credentials } from '../aws-stub/s3-server'
import { openScenario } from '../aws-stub/scenario'
import { makeCertificate, portOf, serveWithTls } from '../aws-stub/tls-proxy'
import { type Outcome, type Running, type Variables, useCommands } from './command'

/** The ways to sign in, and what they ask AWS for. */
const ways: { title: string; words: string[]; asks: string }[] = [
  {
    title: 'IAM, to Serverless',
    words: ['--serverless'],
    asks: 'redshift-serverless:GetCredentials',
  },
  {
    title: 'a managed secret',
    words: ['--sign-in', 'secret'],
    asks: 'secretsmanager:GetSecretValue',
  },
]

const production = ['--env', 'production']

describe('A warehouse on AWS', () => {
  let s3: S3Server | undefined
  let local: Running | undefined
  let tls: Server | undefined
  let variables: Variables

  // Before that of the commands, which waits for the local Redshift to end.
  after(async () => {
    tls?.close()
    local?.child.kill('SIGINT')
    await local?.ended
    await s3?.close()
  })

  const commands = useCommands()

  /** An account whose cluster is the local Redshift behind TLS, and whose S3 is a server here. */
  const open = () => {
    const address = { host: 'localhost', port: portOf(tls!) }
    return openScenario(commands, { address, credentials: s3Credentials }, variables)
  }

  before(async function () {
    mkdirSync(commands.folder, { recursive: true })
    const certificate = makeCertificate(commands.folder)
    if (!certificate) return this.skip() // no openssl
    s3 = await S3Server.start(join(commands.folder, 's3'))
    variables = {
      AWS_ENDPOINT_URL_S3: s3.url,
      NODE_EXTRA_CA_CERTS: certificate.file,
    }
    const ofLocal = { ...variables, ...s3Credentials, AWS_REGION: 'us-west-2' }
    local = commands.start('sparkify', ['local', '--port=0', '--json'], ofLocal)
    const sample = join(commands.folder, 'sample')
    await Promise.all([
      local.says('}\n'),
      commands.sparkify(['generate', '--out', sample]),
      s3.makeBucket('acme-music'),
      s3.makeBucket('acme-work'),
    ])
    await s3.put('acme-music', sample)
    const { port } = JSON.parse(local.said.stdout) as { port: number }
    tls = await serveWithTls(certificate, port)
  })

  it('is made, loaded, asked and removed', async () => {
    const scenario = await open()
    expectDone(await scenario.up())
    expectDone(await scenario.run(['run', ...production]))
    const checked = await scenario.run(['query', '--check', '--dataset', 'sample', ...production])
    expectDone(checked)
    expectDone(await scenario.down())
    await scenario.close()
    const asked = scenario.stub.calls.map(nameOf)
    expect(asked).to.include('redshift:GetClusterCredentialsWithIAM')
    expect(scenario.stub.account.leftovers()).to.deep.equal([])
  })

  for (const { title, words, asks } of ways) {
    it(`is signed in to with ${title}, and not where its certificate is not trusted`, async () => {
      const scenario = await open()
      expectDone(await scenario.up(words))
      const ask = ['sql', 'select 1 as one', ...production]
      const [trusted, distrusted] = await Promise.all([
        scenario.run(ask),
        scenario.run(ask, { NODE_EXTRA_CA_CERTS: '' }),
      ])
      expectDone(trusted)
      expect(trusted.stdout).to.contain('one')
      expect(scenario.stub.calls.map(nameOf)).to.include(asks)
      expect(distrusted).to.include({ code: 4, stdout: '' })
      expect(distrusted.stderr).to.match(/self-signed certificate/)
      await scenario.close()
    })
  }
})

function expectDone({ code, stderr }: Outcome): void {
  expect(code, stderr).to.equal(0)
}
