import { expect } from 'chai'
import {
  type DownOptions,
  faultsOfDown,
  faultsOfKind,
  faultsOfSession,
  faultsOfUp,
  type UpOptions,
} from '../../../lib/cluster/options'
import {
  asInput,
  dataParameters,
  rangesOf,
  readDataPlaces,
  wantedParameters,
} from '../../../lib/cluster/parameters'
import { costSoFar, costText } from '../../../lib/cluster/prices'

const good: Partial<UpOptions>[] = [
  {},
  ...['rg.large', 'ra3.16xlarge'].map((nodeType) => ({ nodeType, nodes: 2 })),
  { nodes: 1 },
  { nodes: 100 },
  ...[4, 8, 16, 512, 1024].map((rpu) => ({ serverless: true, baseRpu: rpu, maxRpu: rpu })),
  { serverless: true, baseRpu: 8, maxRpu: 64 },
  ...[5431, 5455, 8191, 8215].map((port) => ({ port })),
  { database: 'sparkify_1' },
  { ttl: 0.5 },
  { ttl: 8760 },
  { owner: 'Ada Lovelace' },
  { vpc: 'vpc-01234567', subnets: ['subnet-0123456789abcdef0'] },
  { kmsKey: 'arn:aws:kms:us-west-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab' },
  { cidr: ['203.0.113.7/32', '2001:db8::7'] },
  ...['none', 'cloudwatch', 's3://acme-logs', 's3://acme-logs/redshift'].map((logs) => ({ logs })),
]

const bad: [wishes: object, said: RegExp][] = [
  [{ nodeType: 'dc2.large' }, /^--node-type is "dc2.large": one of rg.large/],
  ...[0, 101, 1.5, NaN].map((nodes): [object, RegExp] => [
    { nodes },
    /^--nodes is .*from 1 to 100/,
  ]),
  [{ nodeType: 'ra3.4xlarge', nodes: 1 }, /want at least 2/],
  ...[0, 1, 5, 12, 1032, NaN].map((baseRpu): [object, RegExp] => [
    { serverless: true, baseRpu },
    /^--base-rpu is .*multiple of 8/,
  ]),
  [{ serverless: true, baseRpu: 16, maxRpu: 8 }, /^--max-rpu is 8: at least --base-rpu/],
  [{ serverless: true, nodes: 2 }, /--nodes is given, and Redshift Serverless has none/],
  [{ serverless: false, baseRpu: 8 }, /--base-rpu is given, and a provisioned cluster has none/],
  ...[0, 5430, 5456, 8190, 8216, NaN].map((port): [object, RegExp] => [{ port }, /^--port is /]),
  ...['', 'Dev', '1dev', 'a'.repeat(65), 'a-b', 'select', 'template1'].map(
    (database): [object, RegExp] => [{ database }, /^--database is /],
  ),
  ...[0, -1, 8761, NaN, Infinity].map((ttl): [object, RegExp] => [{ ttl }, /^--ttl is /]),
  ...['', 'a'.repeat(257), 'me, myself', 'a\nb', 'a*'].map((owner): [object, RegExp] => [
    { owner },
    /^--owner is /,
  ]),
  [{ vpc: 'vpc-1' }, /^--vpc is "vpc-1"/],
  [{ subnets: [] }, /^--subnets is/],
  [{ subnets: ['subnet-1'] }, /^--subnets is/],
  [{ kmsKey: 'alias/mine' }, /^--kms-key is "alias\/mine"/],
  [{ cidr: ['0.0.0.0/0'] }, /^--cidr is "0.0.0.0\/0"/],
  [
    { cidr: ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4', '192.0.2.5'] },
    /at most 4 of IPv4/,
  ],
  [{ vpc: 'vpc-01234567' }, /its --subnets are expected too/],
  [{ logs: 'file' }, /^--logs is "file"/],
  [{ serverless: true, logs: 's3://acme-logs' }, /logs to cloudwatch only/],
]

const session = { name: 'sparkify', region: undefined, envFile: '.env', poll: 10, timeout: 75 }
const options = (given: object) => ({ ...session, ...given }) as UpOptions

describe('The options of cluster up', () => {
  for (const wishes of good) {
    it(`${JSON.stringify(wishes)} is good`, () => {
      expect(faultsOfUp(options(wishes))).to.deep.equal([])
    })
  }

  for (const [wishes, said] of bad) {
    it(`${JSON.stringify(wishes)} is refused`, () => {
      const faults = faultsOfUp(options(wishes))
      expect(faults).to.have.length(1)
      expect(faults[0]).to.match(said)
    })
  }

  it('are refused all at once', () => {
    const wishes = { nodeType: 'x', nodes: 0, port: 1, database: '', cidr: ['me'] }
    expect(faultsOfUp(options(wishes))).to.have.length(5)
  })

  for (const [option, given, isGood] of [
    ...['abc', `a${'b'.repeat(47)}`, 'team-1-warehouse'].map(
      (name) => ['name', name, true] as const,
    ),
    ...['', 'ab', 'a'.repeat(49), 'Abc', '1abc', 'a--b', 'abc-', 'a_b', 'a b'].map(
      (name) => ['name', name, false] as const,
    ),
    ['name', ['abc', 'def'], false],
    ['poll', 0.5, true],
    ...[-1, 601, NaN].map((poll) => ['poll', poll, false] as const),
    ['timeout', 75, true],
    ...[0, 1441, NaN].map((timeout) => ['timeout', timeout, false] as const),
  ] as const) {
    it(`--${option} ${String(given)} is ${isGood ? 'good' : 'refused'}`, () => {
      const faults = faultsOfSession({ ...session, [option]: given })
      expect(faults.map((fault) => fault.split(' ')[0])).to.deep.equal(
        isGood ? [] : [`--${option}`],
      )
    })
  }

  for (const [name, isGood] of [
    ['last-one', true],
    ['abc', true],
    ['ab', false],
    ['a'.repeat(64), false],
    ['Last', false],
    ['last--one', false],
    ['last-', false],
    ['1st', false],
  ] as const) {
    it(`--snapshot ${name} is ${isGood ? 'good' : 'refused'}`, () => {
      const given = { ...session, snapshot: name } as DownOptions
      expect(faultsOfDown(given).length === 0).to.equal(isGood)
    })
  }
})

describe('The parameters of the stack', () => {
  it('are those that are given; the others keep the value that the stack has', () => {
    const given = wantedParameters(options({ nodes: 2, cidr: ['203.0.113.7', '2001:db8::7'] }))
    expect(given).to.include({ Nodes: '2', Cidr1: '203.0.113.7/32', Cidr2: '', Ipv6Cidr2: '' })
    expect(given).to.not.have.any.keys('Port', 'Kind', 'Database')
    expect(rangesOf(given)).to.deep.equal(['203.0.113.7/32', '2001:db8::7/128'])
    expect(asInput({ Nodes: '2' }, { Nodes: '1', Port: '5440' })).to.deep.equal([
      { ParameterKey: 'Nodes', ParameterValue: '2' },
      { ParameterKey: 'Port', UsePreviousValue: true },
    ])
  })

  it('let the role read these folders and files, and nothing that only begins so', () => {
    const urls = ['s3://music/log_data', 's3://music/paths.json', 's3://work/a*b/']
    expect(dataParameters(urls, 'aws')).to.deep.equal({
      DataObjects:
        'arn:aws:s3:::music/log_data/*,arn:aws:s3:::music/paths.json,arn:aws:s3:::work/a${*}b/*',
      ...{ Bucket1: 'music', Prefixes1: 'log_data/*,paths.json' },
      ...{ Bucket2: 'work', Prefixes2: 'a${*}b/*', Bucket3: '', Prefixes3: '' },
    })
  })

  it('cannot hold a comma, nor more than three buckets', () => {
    const settings = {
      LOG_DATA: 's3://aaa/x,y',
      LOG_JSONPATH: 's3://bbb/p.json',
      SONG_DATA: 's3://ccc/s',
    }
    expect(readDataPlaces(settings).faults.join()).to.match(/has a comma/)
    const more = { ...settings, LOG_DATA: 's3://aaa/x', WORK_DATA: 's3://ddd/w' }
    expect(readDataPlaces(more).faults.join()).to.match(/in 4 buckets: at most 3/)
  })

  it('tell the kind whose options they are', () => {
    expect(faultsOfKind(options({ nodes: 1 }), false)).to.deep.equal([])
  })
})

describe('What a warehouse costs', () => {
  for (const [parameters, said] of [
    [{}, '$0.54 an hour, $390 a month (1 ra3.large in us-east-1, as of 2025)'],
    [{ NodeType: 'ra3.xlplus', Nodes: '3' }, '$3.27 an hour, $2400 a month (3 ra3.xlplus in'],
    [{ NodeType: 'rg.large' }, "What rg.large costs is not known here. Today's prices: https://"],
    [
      { Kind: 'serverless' },
      '$1.50 an hour while it works at 4 RPU, at most $3.00 at 8 RPU ($2200',
    ],
  ] as [Record<string, string>, string][]) {
    it(`is said for ${JSON.stringify(parameters)}`, () => {
      expect(costText(parameters)).to.include(said)
    })
  }

  it('is hours times nodes times the price so far, and not made up where it is not known', () => {
    const of = (parameters: Record<string, string>) =>
      costSoFar(parameters, new Date(0), new Date(36_000_000))
    expect(of({ NodeType: 'ra3.large', Nodes: '2' })).to.be.closeTo(10.8, 1e-9)
    expect(of({ NodeType: 'rg.large', Nodes: '2' })).to.equal(undefined)
    expect(of({ Kind: 'serverless' })).to.equal(undefined)
  })
})
