import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { UsageError } from '../../../lib/warehouse/errors'
import { asPrefix, projectFolder, readSettings } from '../../../lib/warehouse/settings'
import { sourceSettings } from '../../../sources/index'

describe('settings', () => {
  it('have working defaults in development', () => {
    const settings = readSettings('development', sourceSettings, {})
    expect(settings.data.LOG_DATA).to.equal('s3://sparkify/log_data')
    expect(settings).to.deep.include({
      LOCAL_BUCKETS: join(projectFolder, 'data', 's3'),
      LOCAL_WAREHOUSE: join(projectFolder, '.warehouse'),
      REDSHIFT_PORT: 5439,
      IAM_ROLE_ARN: undefined,
    })
  })

  it('that are blank are not set', () => {
    expect(
      readSettings('development', sourceSettings, { LOG_DATA: '  ' }).data.LOG_DATA,
    ).to.contain('s3://sparkify/')
  })

  it('keep quotes and line breaks out of SQL', () => {
    for (const value of ["s3://b/it's here", 's3://b/x\ny', "arn:aws:iam::1:role/'"]) {
      for (const name of ['LOG_DATA', 'IAM_ROLE_ARN']) {
        expect(() => readSettings('development', sourceSettings, { [name]: value })).to.throw(
          UsageError,
        )
      }
    }
  })

  for (const [name, value, why] of [
    ['LOG_DATA', 's3://b/log_data', "a bucket's name has 3 to 63 characters"],
    ['LOG_DATA', 's3:/bucket/log_data', 'it begins with s3://'],
    ['SONG_DATA', 's3://My-bucket/songs', 'lower-case letters'],
    ['SONG_DATA', 's3://my_bucket/songs', 'lower-case letters'],
    ['SONG_DATA', 's3://bucket-/songs', 'begins and ends with a letter or a digit'],
    ['SONG_DATA', 's3://bucket', 'stands behind its name'],
    ['WORK_DATA', 's3://bucket/a b', 'no white space'],
    ['REDSHIFT_HOST', 'https://my.host:5439', 'without https://'],
    ['REDSHIFT_WORKGROUP', 'My_group', '3 to 64 lower-case letters'],
    ['REDSHIFT_CLUSTER', 'my--cluster', 'single hyphens'],
  ] as const) {
    it(`are told which rule ${name}=${value} breaks`, () => {
      expect(() => readSettings('production', sourceSettings, { [name]: value }))
        .to.throw(UsageError, `${name} is ${JSON.stringify(value)}: `)
        .with.property('message')
        .that.contains(why)
    })
  }

  for (const file of ['.env.example', 'README.md']) {
    it(`are all explained in ${file}`, () => {
      const text = readFileSync(join(projectFolder, file), 'utf8')
      const { data, ...settings } = readSettings('development', sourceSettings, {})
      for (const name of [...Object.keys(settings), ...Object.keys(data)]) {
        expect(text).to.match(new RegExp(`(#|\`)${name}(=|\`)`), name)
      }
    })
  }

  it('are named in one error, all that are wrong, without their secrets', () => {
    const variables = { LOG_DATA: 'here', REDSHIFT_PORT: '0', REDSHIFT_PASSWORD: 'secret' }
    expect(() => readSettings('production', sourceSettings, variables))
      .to.throw(UsageError)
      .with.property('message')
      .that.matches(/LOG_DATA is "here"[^]*LOG_JSONPATH is not set[^]*REDSHIFT_PORT is "0"/)
      .and.does.not.match(/secret/)
  })
})

describe('the settings of the sign-in', () => {
  const data = {
    LOG_DATA: 's3://bucket/log_data',
    LOG_JSONPATH: 's3://bucket/paths.json',
    SONG_DATA: 's3://bucket/song_data',
    REDSHIFT_HOST: 'my.abc.eu-central-1.redshift.amazonaws.com',
  }
  const region = { AWS_REGION: 'eu-central-1' }
  const password = { REDSHIFT_USER: 'ada', REDSHIFT_PASSWORD: 'Lovelace-1815' }
  const secret = {
    REDSHIFT_SECRET_ARN:
      'arn:aws:secretsmanager:eu-central-1:123456789012:secret:redshift!my-awsuser-AbCdEf',
  }

  const right: [title: string, variables: Record<string, string>, way: string][] = [
    ['a cluster', { ...region, REDSHIFT_CLUSTER: 'my-1' }, 'iam'],
    ['a workgroup', { ...region, REDSHIFT_WORKGROUP: 'my-group' }, 'iam'],
    ['a user and a password', password, 'password'],
    [
      'a password that is not wanted',
      { ...region, ...password, REDSHIFT_SIGN_IN: 'iam', REDSHIFT_CLUSTER: 'my' },
      'iam',
    ],
    ['a secret', { ...region, ...secret, REDSHIFT_SIGN_IN: 'secret' }, 'secret'],
    [
      'a secret beside a cluster',
      { ...region, ...secret, REDSHIFT_SIGN_IN: 'secret', REDSHIFT_CLUSTER: 'my' },
      'secret',
    ],
    ['a secret and a cluster', { ...region, ...secret, REDSHIFT_CLUSTER: 'my' }, 'iam'],
    ['blanks', { ...password, REDSHIFT_SIGN_IN: ' ', AWS_REGION: '' }, 'password'],
  ]
  for (const [title, variables, way] of right) {
    it(`with ${title} mean ${way}`, () => {
      const settings = readSettings('production', sourceSettings, { ...data, ...variables })
      expect(settings.REDSHIFT_SIGN_IN).to.equal(way)
    })
  }

  const iam = { ...region, REDSHIFT_CLUSTER: 'my' }
  const wrong: [title: string, variables: Record<string, string>, faults: RegExp[]][] = [
    [
      'nothing',
      {},
      [/^AWS_REGION is not set: /, /^REDSHIFT_CLUSTER is not set: .*REDSHIFT_WORKGROUP/],
    ],
    ['a region and nothing more', region, [/^REDSHIFT_CLUSTER is not set: /]],
    [
      'a cluster and a workgroup',
      { ...iam, REDSHIFT_WORKGROUP: 'my-group' },
      [/^REDSHIFT_CLUSTER and REDSHIFT_WORKGROUP are both set: /],
    ],
    [
      'a secret that is missing',
      { REDSHIFT_SIGN_IN: 'secret' },
      [/^AWS_REGION is not set/, /^REDSHIFT_SECRET_ARN is not set/],
    ],
    [
      'a password that is missing',
      { REDSHIFT_SIGN_IN: 'password', REDSHIFT_USER: 'ada' },
      [/^REDSHIFT_PASSWORD is not set/],
    ],
    [
      'a user that is missing',
      { REDSHIFT_PASSWORD: 'Lovelace-1815' },
      [/^REDSHIFT_USER is not set/],
    ],
    [
      'another way',
      { ...iam, REDSHIFT_SIGN_IN: 'sso' },
      [/^REDSHIFT_SIGN_IN is "sso": iam, secret or /],
    ],
    ['a region that is none', { ...iam, AWS_REGION: 'Ohio' }, [/^AWS_REGION is "Ohio": /]],
    ...['My', '1st', 'my-', 'my--1', 'a'.repeat(64)].map(refusedCluster),
    [
      'the workgroup my',
      { ...region, REDSHIFT_WORKGROUP: 'my' },
      [/^REDSHIFT_WORKGROUP is "my": /],
    ],
    [
      'a secret by its name',
      { ...region, REDSHIFT_SIGN_IN: 'secret', REDSHIFT_SECRET_ARN: 'my-secret' },
      [/^REDSHIFT_SECRET_ARN is "my-secret": /],
    ],
    [
      'certificates that nobody verifies',
      { ...iam, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      [/^NODE_TLS_REJECT_UNAUTHORIZED is "0": .*NODE_EXTRA_CA_CERTS/],
    ],
  ]
  for (const [title, variables, faults] of wrong) {
    it(`with ${title} are refused`, () => {
      const found = faultsOf({ ...data, ...variables })
      expect(found).to.have.length(faults.length)
      for (const [index, fault] of faults.entries()) expect(found[index]).to.match(fault)
    })
  }

  it('do not matter in development', () => {
    const settings = readSettings('development', sourceSettings, {
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    })
    expect(settings).to.deep.include({ AWS_REGION: undefined, REDSHIFT_PASSWORD: undefined })
  })

  function refusedCluster(name: string): (typeof wrong)[number] {
    return [`the cluster ${name}`, { ...iam, REDSHIFT_CLUSTER: name }, [/^REDSHIFT_CLUSTER is "/]]
  }

  function faultsOf(variables: Record<string, string>): string[] {
    try {
      readSettings('production', sourceSettings, variables)
    } catch (error) {
      expect(error).to.be.instanceOf(UsageError)
      return [...(error as Error).message.matchAll(/^ {2}(.*)$/gm)].map(([, fault]) => fault!)
    }
    return []
  }
})

describe('an empty region of the environment', () => {
  it('is none to the AWS SDK either', () => {
    const former = process.env.AWS_REGION
    process.env.AWS_REGION = ' '
    readSettings('development', sourceSettings)
    expect(process.env).to.not.have.property('AWS_REGION')
    if (former !== undefined) process.env.AWS_REGION = former
  })
})

describe('an s3:// URL as a prefix', () => {
  for (const [url, prefix] of [
    ['s3://b/log_data', 's3://b/log_data/'],
    ['s3://b/log_data/', 's3://b/log_data/'],
    ['s3://b/log_data/one.json', 's3://b/log_data/one.json'],
    ['s3://my.bucket/log_data', 's3://my.bucket/log_data/'],
    ['s3://b/v1.0/log_data', 's3://b/v1.0/log_data/'],
  ] as const) {
    it(`${url} is ${prefix}`, () => expect(asPrefix(url)).to.equal(prefix))
  }
})
