import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { expect } from 'chai'
import { exitCodeOf, Unreachable } from '../../../lib/warehouse/errors'
import { redact } from '../../../lib/warehouse/redact'
import { readSettings, type Settings } from '../../../lib/warehouse/settings'
import { describeAwsFault } from '../../../lib/warehouse/aws-errors'
import { renewed, type SignedIn, signIn } from '../../../lib/warehouse/sign-in'
import { sourceSettings } from '../../../sources/index'
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

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000)

/** Gives the answers in their order, each once. */
function asking(...answers: (Omit<SignedIn, 'user'> | Error)[]) {
  return renewed(() => {
    const answer = answers.shift() ?? new Error('asked too often')
    return answer instanceof Error
      ? Promise.reject(answer)
      : Promise.resolve({ user: 'ada', ...answer })
  })
}

describe('a renewed sign-in', () => {
  it('asks once for all who want to know', async () => {
    const signedIn = asking({ password: 'one', expires: inSeconds(3600) })
    const answers = await Promise.all([signedIn(), signedIn(), signedIn()])
    answers.push(await signedIn())
    expect(answers.map(({ password }) => password)).to.deep.equal(['one', 'one', 'one', 'one'])
  })

  it('asks once where nothing expires', async () => {
    const signedIn = asking({ password: 'one' })
    await signedIn()
    expect((await signedIn()).password).to.equal('one')
  })

  for (const [title, expires] of [
    ['has expired', inSeconds(-1)],
    ['is about to', inSeconds(30)],
  ] as const) {
    it(`asks again for what ${title}`, async () => {
      const signedIn = asking({ password: 'one', expires }, { password: 'two' })
      expect((await signedIn()).password).to.equal('one')
      expect((await signedIn()).password).to.equal('two')
      expect((await signedIn()).password).to.equal('two')
    })
  }

  it('asks again after a failure', async () => {
    const signedIn = asking(new Error('no'), { password: 'two' })
    expect(await signedIn().catch((error: Error) => error.message)).to.equal('no')
    expect((await signedIn()).password).to.equal('two')
  })
})

const request = { what: 'Creating the role "sparkify"', action: 'iam:CreateRole' }

/** What AWS refused, as the SDK throws it. */
const refused = (name: string, message = 'No.', $fault = 'client') =>
  Object.assign(new Error(message), { name, $fault, $metadata: { httpStatusCode: 400 } })
const broken = (code: string) =>
  Object.assign(new Error(`connect ${code}`), { code, $metadata: { attempts: 3 } })

const cases: [title: string, error: Error, exitCode: number, said: RegExp][] = [
  [
    'credentials that are missing',
    Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' }),
    4,
    /^Creating the role "sparkify" needs AWS credentials, .*: Could not load credentials\. Sign in/,
  ],
  ...['ExpiredToken', 'ExpiredTokenException', 'RequestExpired'].map(
    (name): (typeof cases)[number] => [
      name,
      refused(name),
      4,
      /credentials have expired: .*No\. Sign/,
    ],
  ),
  ...[
    'InvalidClientTokenId',
    'UnrecognizedClientException',
    'AuthFailure',
    'SignatureDoesNotMatch',
  ].map((name): (typeof cases)[number] => [
    name,
    refused(name),
    4,
    /AWS does not accept the credentials: .*: No\. Correct them .*clock/,
  ]),
  ...['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation'].map(
    (name): (typeof cases)[number] => [
      name,
      refused(name, 'Not authorized. Encoded authorization failure message: AbCd0123'),
      4,
      /: Not authorized\. They need the permission iam:CreateRole: /,
    ],
  ),
  ...['Throttling', 'ThrottlingException', 'RequestLimitExceeded'].map(
    (name): (typeof cases)[number] => [name, refused(name), 4, /no more requests .* wait a minute/],
  ),
  ...['ECONNREFUSED', 'ENOTFOUND', 'ETIMEDOUT', 'SELF_SIGNED_CERT_IN_CHAIN'].map(
    (code): (typeof cases)[number] => [
      code,
      broken(code),
      4,
      /could not be reached: connect \w+\. Look at the network, at AWS_REGION, and at AWS_ENDPOINT_URL/,
    ],
  ),
  ['no region', new Error('Region is missing'), 2, /needs a region, and AWS_REGION is not set/],
  [
    'what AWS refuses for another reason',
    refused('LimitExceeded', 'Too many roles.'),
    4,
    /because AWS answered LimitExceeded: Too many roles\. Correct what it names/,
  ],
  [
    "a fault of AWS's own",
    refused('InternalFailure', '', 'server'),
    4,
    /because AWS answered InternalFailure\. Run the command again in a minute/,
  ],
  [
    'an answer that is not of AWS',
    Object.assign(new SyntaxError('Unexpected token <'), { $metadata: { httpStatusCode: 200 } }),
    4,
    /does not speak as AWS does \(status 200\)/,
  ],
]

describe('a fault of AWS', () => {
  for (const [title, error, exitCode, said] of cases) {
    it(`is explained: ${title}`, () => {
      const fault = describeAwsFault(error, request)
      expect(fault.message).to.match(said).and.to.not.contain('AbCd0123')
      expect(fault.cause).to.equal(error)
      expect(exitCodeOf(fault)).to.equal(exitCode)
    })
  }

  it('is not made of what has nothing to do with AWS', () => {
    const error = new TypeError('ours')
    expect(describeAwsFault(error, request)).to.equal(error)
  })
})
