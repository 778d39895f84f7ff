import { expect } from 'chai'
import { nodeTypes } from '../../../../lib/cluster/wishes/input-rules'
import {
  faultOfSnapshot,
  faultsOfSession,
  faultsOfWishes,
} from '../../../../lib/cluster/wishes/inputs'
import { type Wishes, defaultWishes } from '../../../../lib/cluster/wishes/wishes'

const good: Partial<Wishes>[] = [
  {},
  ...nodeTypes.map((nodeType) => ({ nodeType, nodes: 2 })),
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
  { cidr: '203.0.113.7/32' },
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
  [{ serverless: true, nodes: 2 }, /does not go with --serverless/],
  [{ baseRpu: 8 }, /expected with --serverless only/],
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
  [{ cidr: '0.0.0.0/0' }, /^--cidr is "0.0.0.0\/0"/],
]

const session = {
  name: 'sparkify',
  region: undefined,
  dryRun: false,
  envFile: '.env',
  poll: 10,
  timeout: 75,
}

describe('The options of cluster up', () => {
  for (const wishes of good) {
    it(`${JSON.stringify(wishes)} is good`, () => {
      expect(faultsOfWishes({ ...defaultWishes, ...wishes })).to.deep.equal([])
    })
  }

  for (const [wishes, said] of bad) {
    it(`${JSON.stringify(wishes)} is refused`, () => {
      const faults = faultsOfWishes({ ...defaultWishes, ...wishes })
      expect(faults).to.have.length(1)
      expect(faults[0]).to.match(said)
    })
  }

  it('are refused all at once', () => {
    const wishes = { ...defaultWishes, nodeType: 'x', nodes: 0, port: 1, database: '', cidr: 'me' }
    expect(faultsOfWishes(wishes)).to.have.length(5)
  })

  for (const [option, given, isGood] of [
    ...['abc', `a${'b'.repeat(53)}`, 'team-1-warehouse'].map(
      (name) => ['name', name, true] as const,
    ),
    ...['', 'ab', 'a'.repeat(55), 'Abc', '1abc', 'a--b', 'abc-', 'a_b', 'sg-abc', 'a b'].map(
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
      expect(faultOfSnapshot(name) === undefined).to.equal(isGood)
    })
  }
})
