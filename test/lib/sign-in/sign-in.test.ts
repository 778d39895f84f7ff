import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { expect } from 'chai'
import { Unreachable, exitCodeOf } from '../../../lib/warehouse/errors'
import { redact } from '../../../lib/warehouse/redact'
import { type Settings, readSettings } from '../../../lib/warehouse/settings'
import { sourceSettings } from '../../../sources/index'
import { signIn } from '../../../lib/warehouse/sign-in'
import { type Answer, AwsAnswers, clusterCredentials, jsonFault, queryFault } from './aws-answers'

const data = {
  LOG_DATA: 's3://bucket/log_data',
  LOG_JSONPATH: 's3://bucket/paths.json',
  SONG_DATA: 's3://bucket/song_data',
  REDSHIFT_HOST: 'a.b',
  AWS_REGION: 'eu-central-1',
}
const secretArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:redshift!my-ada-AbCdEf'

interface Way {
  settings: Settings
  answer: (password: string) => Answer
  asked: object
  fault: (name: string, message: string) => Answer
  /** What it says where AWS has no such thing, and where the caller may not ask. */
  absent: [name: string, said: RegExp]
  permission: string
}

const expires = new Date('2031-01-02T03:04:05.000Z')

const ways: Record<string, Way> = {
  'a cluster with IAM': {
    settings: readSettings('production', sourceSettings, { ...data, REDSHIFT_CLUSTER: 'my' }),
    answer: (password) => clusterCredentials(password, expires),
    asked: {
      operation: 'GetClusterCredentialsWithIAM',
      parameters: {
        Version: '2012-12-01',
        ClusterIdentifier: 'my',
        DbName: 'dev',
        DurationSeconds: '3600',
      },
    },
    fault: queryFault,
    absent: [
      'ClusterNotFound',
      /^REDSHIFT_CLUSTER is "my", and there is no such cluster in eu-central-1 .*`sparkify cluster status`/,
    ],
    permission: 'redshift:GetClusterCredentialsWithIAM',
  },
  'a workgroup with IAM': {
    settings: readSettings('production', sourceSettings, {
      ...data,
      REDSHIFT_WORKGROUP: 'my-group',
    }),
    answer: (password) => ({
      body: { dbUser: 'IAM:ada', dbPassword: password, expiration: expires.getTime() / 1000 },
    }),
    asked: {
      operation: 'RedshiftServerless.GetCredentials',
      parameters: { workgroupName: 'my-group', dbName: 'dev', durationSeconds: 3600 },
    },
    fault: jsonFault,
    absent: [
      'ResourceNotFoundException',
      /^REDSHIFT_WORKGROUP is "my-group", and there is no such workgroup in eu-central-1 /,
    ],
    permission: 'redshift-serverless:GetCredentials',
  },
  'a managed secret': {
    settings: readSettings('production', sourceSettings, {
      ...data,
      REDSHIFT_SIGN_IN: 'secret',
      REDSHIFT_SECRET_ARN: secretArn,
    }),
    answer: (password) => ({
      body: { SecretString: JSON.stringify({ username: 'IAM:ada', password }) },
    }),
    asked: { operation: 'secretsmanager.GetSecretValue', parameters: { SecretId: secretArn } },
    fault: jsonFault,
    absent: [
      'ResourceNotFoundException',
      /^REDSHIFT_SECRET_ARN is arn:.*, and there is no such secret in eu-central-1\. /,
    ],
    permission: 'secretsmanager:GetSecretValue',
  },
}

describe('sign-in', () => {
  const aws = new AwsAnswers()
  const former = { ...process.env }

  before(() => aws.open())
  beforeEach(() => {
    for (const name of Object.keys(process.env)) {
      if (name.startsWith('AWS_')) delete process.env[name]
    }
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: aws.url,
      AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'key-of-the-caller-0001',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_EC2_METADATA_DISABLED: 'true',
    })
  })
  after(() => {
    process.env = former
    aws.close()
  })

  it('with a password asks nobody', async () => {
    aws.give({ body: '' })
    const settings = readSettings('production', sourceSettings, {
      ...data,
      REDSHIFT_USER: 'ada',
      REDSHIFT_PASSWORD: 'Lovelace-1815',
    })
    expect(await signIn(settings)).to.deep.equal({ user: 'ada', password: 'Lovelace-1815' })
    expect(aws.asked).to.deep.equal([])
  })

  for (const [title, way] of Object.entries(ways)) {
    describe(`to ${title}`, () => {
      const failure = async (...answers: Answer[]): Promise<Error> => {
        aws.give(...answers)
        return rejection(signIn(way.settings))
      }

      it('asks AWS once, and keeps what it gives out of all output', async () => {
        const password = `Temporary-${title}`
        aws.give(way.answer(password))
        const signedIn = await signIn(way.settings)
        expect(signedIn).to.deep.include({ user: 'IAM:ada', password })
        expect(aws.asked).to.deep.equal([way.asked])
        expect(redact(`${password} key-of-the-caller-0001`)).to.equal('[redacted] [redacted]')
      })

      it('says so where there is no such thing', async () => {
        const [name, said] = way.absent
        const error = await failure(way.fault(name, 'There is none.'))
        expect(error).to.be.instanceOf(Unreachable)
        expect(error.message).to.match(said)
      })

      it('names the permission that is missing', async () => {
        const { message } = await failure(
          way.fault('AccessDenied', 'User: arn:aws:iam::1:user/ada is not authorized.'),
        )
        expect(message).to.contain('AccessDenied: User: arn:aws:iam::1:user/ada is not authorized.')
        expect(message).to.contain(`They need the permission ${way.permission}: have it granted`)
      })

      it('tries again where AWS is busy, and says so in the end', async () => {
        const busy = way.fault('ThrottlingException', 'Rate exceeded')
        aws.give(busy, way.answer('Temporary-0001'))
        expect((await signIn(way.settings)).password).to.equal('Temporary-0001')
        const error = await failure(busy)
        expect(aws.asked).to.have.length(3)
        expect(error.message).to.contain('takes no more requests').and.to.contain('wait a minute')
      })

      it('says what is wrong with the credentials', async () => {
        const expired = await failure(way.fault('ExpiredTokenException', 'The token is expired'))
        expect(expired.message).to.contain(
          'have expired: ExpiredTokenException: The token is expired.',
        )
        const unknown = await failure(way.fault('UnrecognizedClientException', 'No such key'))
        expect(unknown.message).to.contain('AWS does not accept the credentials')
        delete process.env.AWS_ACCESS_KEY_ID
        const none = await failure(way.answer('never asked for'))
        expect(none.message).to.contain('needs AWS credentials, and none were found')
        expect(none.message).to.contain('aws sso login')
        expect(aws.asked).to.deep.equal([])
        for (const error of [expired, unknown, none]) expect(exitCodeOf(error)).to.equal(4)
      })

      it('says so where the network is down, or something else answers', async () => {
        const other = await failure({ body: '<html>Sign in to the hotel network</html>' })
        expect(exitCodeOf(other), other.stack).to.equal(4)
        expect(other.message).to.match(/does not speak as AWS does \(status 200\)|so it is not AWS/)
        process.env.AWS_ENDPOINT_URL = `http://127.0.0.1:${await closedPort()}`
        const down = await rejection(signIn(way.settings))
        expect(exitCodeOf(down)).to.equal(4)
        expect(down.message).to.contain('AWS could not be reached: connect ECONNREFUSED')
      })
    })
  }

  it('takes the expiry that AWS gives', async () => {
    for (const way of Object.values(ways).slice(0, 2)) {
      aws.give(way.answer('Temporary-0002'))
      expect((await signIn(way.settings)).expires).to.deep.equal(expires)
    }
  })

  it('honours the endpoint of a single service', async () => {
    const { settings, answer } = ways['a managed secret']!
    aws.give(answer('Temporary-0003'))
    process.env.AWS_ENDPOINT_URL_SECRETS_MANAGER = aws.url
    process.env.AWS_ENDPOINT_URL = 'http://nowhere.invalid'
    expect((await signIn(settings)).password).to.equal('Temporary-0003')
  })

  for (const SecretString of ['Lovelace-1815', '{"username":"ada"}', 'null', '["ada"]']) {
    it(`refuses a secret that is not as Redshift keeps them: ${SecretString}`, async () => {
      aws.give({ body: { SecretString } })
      const { message } = await rejection(signIn(ways['a managed secret']!.settings))
      expect(message).to.contain('not the JSON object with "username" and "password"')
      expect(message).to.not.match(/Lovelace|ada"/)
    })
  }
})

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

async function rejection(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.fail('nothing was thrown'),
    (error: Error) => error,
  )
}
