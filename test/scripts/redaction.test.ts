import { expect } from 'chai'
import { AwsAnswers, clusterCredentials, jsonFault, queryFault } from '../lib/warehouse/aws-answers'
import { Commands, type Variables, useCommands } from './command'

/** All that Knex, the AWS SDK and Node have to say of what they do. */
const verbose = { DEBUG: '*', NODE_DEBUG: 'http,https,net,tls,stream,fetch' }

const password = 'Lovelace & Sons-1815'
const token = 'FwoGZXIvYXdzEXAMPLE/token+of=='
const temporary = 'Temporary-"0001"'

const production = {
  LOG_DATA: 's3://bucket/log_data',
  LOG_JSONPATH: 's3://bucket/paths.json',
  SONG_DATA: 's3://bucket/song_data',
  REDSHIFT_HOST: '127.0.0.1',
  REDSHIFT_PORT: '1',
}
const withPassword = { ...production, REDSHIFT_USER: 'ada', REDSHIFT_PASSWORD: password }

describe('no output holds a secret', () => {
  const commands = useCommands()
  const aws = new AwsAnswers()
  const onAws = (): Variables => ({
    ...production,
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'key-of-the-caller-0001',
    AWS_SESSION_TOKEN: token,
  })
  const withCluster = (): Variables => ({ ...onAws(), REDSHIFT_CLUSTER: 'my' })
  const withSecret = (): Variables => ({
    ...onAws(),
    REDSHIFT_SIGN_IN: 'secret',
    REDSHIFT_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:my-AbCdEf',
  })

  before(() => aws.open())
  after(() => aws.close())

  interface Case {
    title: string
    words?: string[]
    variables: () => Variables
    code: number
    said?: RegExp
  }
  const select = ['sql', 'select 1', '--env', 'production']
  const cases: Case[] = [
    {
      title: 'settings that are wrong',
      variables: () => ({
        ...withPassword,
        REDSHIFT_HOST: `postgres://ada:${password}@a.b`,
        LOG_DATA: 'https://b/k?X-Amz-Signature=0123456789abcdef',
      }),
      code: 2,
      said: /X-Amz-Signature=\[redacted\]/,
    },
    {
      title: 'a word that no command knows',
      words: ['sql', 'select 1', `--password=${password}`],
      variables: () => withPassword,
      code: 2,
    },
    { title: 'a warehouse that is away', variables: () => withPassword, code: 4 },
    {
      title: 'a warehouse that is away, and JSON',
      words: [...select, '--json'],
      variables: () => withPassword,
      code: 4,
    },
    {
      title: 'a statement that the server refuses',
      words: ['sql', `select "${password}"`, '--json'],
      variables: () => ({ REDSHIFT_PASSWORD: password }),
      code: 2,
      said: /\[redacted\]/,
    },
    {
      title: 'a value that the server refuses',
      words: ['sql', `select '${password}'::int`],
      variables: () => ({ REDSHIFT_PASSWORD: password }),
      code: 3,
      said: /\[redacted\]/,
    },
    {
      title: 'rows that hold one',
      words: ['sql', `select '${password}' as text, '${token}' as token`, '--json'],
      variables: () => ({ REDSHIFT_PASSWORD: password, AWS_SESSION_TOKEN: token }),
      code: 0,
      said: /\["\[redacted\]","\[redacted\]"\]/,
    },
    {
      title: 'temporary credentials, and a cluster that is away',
      variables: () => (
        aws.give(clusterCredentials('Temporary-&quot;0001&quot;', new Date(0))),
        withCluster()
      ),
      code: 4,
      said: /ECONNREFUSED/,
    },
    {
      title: 'a sign-in that AWS refuses, in words that hold one',
      variables: () => (
        aws.give(queryFault('AccessDenied', `${token} may not`, 403)),
        withCluster()
      ),
      code: 4,
      said: /AccessDenied: \[redacted\] may not/,
    },
    {
      title: 'a managed secret, and a cluster that is away',
      variables: () => (
        aws.give({
          body: { SecretString: JSON.stringify({ username: 'ada', password: temporary }) },
        }),
        withSecret()
      ),
      code: 4,
      said: /ECONNREFUSED/,
    },
    {
      title: 'a secret that is a password and nothing more',
      variables: () => (aws.give({ body: { SecretString: temporary } }), withSecret()),
      code: 4,
      said: /not the JSON object/,
    },
    {
      title: 'an expired token',
      variables: () => (
        aws.give(jsonFault('ExpiredTokenException', `The token ${token} is expired`)),
        withSecret()
      ),
      code: 4,
      said: /The token \[redacted\] is expired/,
    },
  ]

  before(() => commands.secrets.push(temporary, '0123456789abcdef'))

  for (const { title, words = select, variables, code, said } of cases) {
    it(`of ${title}`, async () => {
      const outcome = await commands.sparkify(words, variables())
      expect(outcome.code, outcome.stderr).to.equal(code)
      if (said) expect(outcome.stdout + outcome.stderr).to.match(said)
    })

    it(`of ${title}, at full length`, async () => {
      const given = { ...variables(), ...verbose }
      const { code: ended, stdout, stderr } = await commands.start('sparkify', words, given).ended
      expect(ended, stderr).to.equal(code)
      if (said) expect(stdout + stderr).to.match(said)
      if (code !== 2) expect(stderr).to.match(/^NET \d+: /m)
    })
  }

  it('of knex itself', async () => {
    const { code, stderr } = await commands.knex(['migrate:latest', '--env', 'production'], {
      ...withPassword,
      ...verbose,
    })
    expect(code).to.equal(1)
    expect(stderr)
      .to.contain('ECONNREFUSED')
      .and.to.match(/^NET \d+: /m)
  })

  it('of an error that nobody catches', async () => {
    const script = `
      require('./scripts/cli/main.ts').runProcess(['--version'])
      setImmediate(() => { throw new Error(process.env.REDSHIFT_PASSWORD) })`
    const { code, stderr } = await commands.spawn(
      [process.execPath, '-r', './tools/typescript.js', '-e', script],
      { REDSHIFT_PASSWORD: password },
    ).ended
    expect(code).to.equal(1)
    expect(stderr).to.match(/^Error: \[redacted\]\n +at /)
  })
})

describe('the check that no output holds a secret', () => {
  const echo = (variables: Variables, secrets: string[] = []) => {
    const commands = new Commands()
    commands.secrets.push(...secrets)
    const script = 'console.error(process.env.SAID)'
    return commands.spawn([process.execPath, '-e', script], { SAID: `<${password}>`, ...variables })
      .ended
  }

  for (const name of ['REDSHIFT_PASSWORD', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) {
    it(`finds ${name}`, async () => {
      const found = await echo({ [name]: password }).catch((error: Error) => error.message)
      expect(found).to.contain(`says the secret ${password} on stderr`)
    })
  }

  it('finds what a test plants', async () => {
    const found = await echo({}, [password]).catch((error: Error) => error.message)
    expect(found).to.contain(`says the secret ${password} on stderr`)
  })

  it('finds it in JSON', async () => {
    const text = JSON.stringify({ temporary })
    const found = await echo({ SAID: text }, [temporary]).catch((error: Error) => error.message)
    expect(found).to.contain(`says the secret ${temporary} on stderr`)
  })

  it('lets pass what is no secret', async () => {
    const { stderr } = await echo({ REDSHIFT_SECRET_ARN: password, REDSHIFT_USER: password })
    expect(stderr).to.equal(`<${password}>\n`)
    expect((await echo({ SAID: 'unused', REDSHIFT_PASSWORD: 'unused' })).code).to.equal(0)
  })
})
