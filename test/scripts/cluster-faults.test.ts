import { expect } from 'chai'
import type { AccountOptions } from '../aws-stub/account'
import { expiredCredentials } from '../aws-stub/credentials'
import { readGuidePolicy, without } from '../aws-stub/guide'
import { name, openScenario, ownSettings } from '../aws-stub/scenario'
import { sideBySide } from '../aws-stub/side-by-side'
import type { AwsStub } from '../aws-stub/stub'
import { type Variables, useCommands } from './command'

interface Fault {
  title: string
  account?: Partial<AccountOptions>
  /** What goes wrong in AWS. */
  before?: (stub: AwsStub) => void
  words?: string[]
  variables?: Variables
  code: number
  says: RegExp[]
  /** What is made all the same; nothing, unless said. */
  makes?: string[]
}

const doorName = `${name}-redshift`
const doors = [`roles ${doorName}`, 'groups sg-00000000000000001']
const denied = (action: string) => ({ policy: without(action, readGuidePolicy()) })

const faults: Fault[] = [
  // These take longest, because the SDK tries again.
  {
    title: 'throttling without end',
    before: (stub) => {
      stub.failNext({ service: 'sts', code: 'Throttling', message: 'Rate exceeded', times: 99 })
    },
    code: 4,
    says: [/no more requests/],
  },
  {
    title: 'a network that is down',
    variables: { AWS_ENDPOINT_URL: 'http://127.0.0.1:1' },
    code: 4,
    says: [/AWS could not be reached/, /ECONNREFUSED/, /network/],
  },
  {
    title: 'credentials that are missing',
    variables: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
    code: 4,
    says: [/credentials, and none were found/, /aws configure/],
  },
  {
    title: 'credentials that have expired',
    variables: expiredCredentials,
    code: 4,
    says: [/credentials have expired/, /AWS_SESSION_TOKEN/],
  },
  {
    title: 'credentials that nobody knows',
    variables: { AWS_ACCESS_KEY_ID: 'AKIANOBODYKNOWSTHEM1' },
    code: 4,
    says: [/AWS does not accept the credentials/, /AWS_PROFILE/],
  },
  {
    title: 'a region that is none',
    variables: { AWS_REGION: 'us-moon-1' },
    code: 4,
    says: [/valid region/],
  },
  {
    title: 'a region in the wrong form',
    words: ['--region', 'Oregon'],
    code: 2,
    says: [/The region is "Oregon": an AWS region is expected, us-west-2/],
  },
  {
    title: 'a permission that is missing, asked beforehand',
    account: denied('redshift:CreateCluster'),
    code: 4,
    says: [/redshift:CreateCluster on arn:aws:redshift:us-west-2:123456789012:cluster:/],
  },
  {
    title: 'a permission that is missing, met on the way',
    account: denied('ec2:CreateSecurityGroup'),
    before: (stub) => {
      stub.failNext({
        service: 'iam',
        action: 'SimulatePrincipalPolicy',
        code: 'AccessDenied',
        status: 403,
        times: 9,
      })
    },
    code: 4,
    says: [/Permissions are not checked ahead/, /the permission ec2:CreateSecurityGroup/],
    makes: [doors[0]!],
  },
  {
    title: 'no capacity',
    before: (stub) => {
      stub.failNext({
        service: 'redshift',
        action: 'CreateCluster',
        code: 'InsufficientClusterCapacity',
        message: 'The number of nodes specified exceeds the capacity.',
      })
    },
    code: 4,
    says: [/exceeds the capacity/, /another --node-type, another --region or --serverless/],
    makes: doors,
  },
  {
    title: 'a quota',
    words: ['--serverless'],
    before: (stub) => {
      stub.failNext({
        service: 'redshift-serverless',
        action: 'CreateWorkgroup',
        code: 'ServiceQuotaExceededException',
        message: 'You have exceeded the number of RPUs allowed.',
      })
    },
    code: 4,
    says: [/exceeded the number of RPUs/, /Service Quotas/],
    makes: [...doors, `namespaces ${name}`, 'secrets'],
  },
  {
    title: 'a region without a default VPC',
    account: { subnets: 0 },
    code: 2,
    says: [/no default VPC/, /--vpc/],
  },
  {
    title: 'a VPC with too few subnets for Serverless',
    account: { subnets: 2 },
    words: ['--serverless'],
    code: 4,
    says: [/three subnets in three/, /--subnets/],
    makes: [...doors, `namespaces ${name}`, 'secrets'],
  },
  {
    title: 'a range of addresses that is too wide',
    words: ['--cidr', '203.0.113.0/20'],
    code: 2,
    says: [/\/24 or longer is expected; --allow-wide-cidr/],
  },
  {
    title: 'the whole internet, whatever is allowed',
    words: ['--cidr', '0.0.0.0/0', '--allow-wide-cidr'],
    code: 2,
    says: [/the whole internet is never let in/],
  },
  {
    title: 'names and numbers that Redshift would refuse, all at once',
    words: ['--node-type', 'dc2.large', '--port', '6000', '--nodes', '0'],
    code: 2,
    says: [/--node-type is "dc2.large"/, /--port is 6000/, /--nodes is 0/],
  },
  {
    title: 'nobody there to say yes',
    words: ['--no-yes'],
    code: 2,
    says: [/--yes is not given, and there is no terminal/],
  },
  {
    title: 'a role, a group and a cluster of the name that are not ours',
    before: (stub) => {
      stub.act('iam', 'CreateRole', { RoleName: doorName, AssumeRolePolicyDocument: '{}' })
      const description = { GroupDescription: 'Of somebody else' }
      stub.act('ec2', 'CreateSecurityGroup', { GroupName: doorName, ...description })
      stub.act('redshift', 'CreateCluster', {
        ClusterIdentifier: name,
        NodeType: 'ra3.large',
        ClusterType: 'single-node',
        MasterUsername: 'somebody',
        MasterUserPassword: 'Somebody1',
      })
    },
    code: 2,
    says: [
      /IAM role sparkify-test-redshift/,
      /security group sparkify-test-redshift/,
      /cluster sparkify-test \(/,
      /not ours, and nothing was touched/,
      /another --name/,
    ],
    makes: [...doors, `clusters ${name}`],
  },
  {
    title: 'a namespace of the name that is not ours',
    words: ['--serverless'],
    before: (stub) => {
      stub.act('redshift-serverless', 'CreateNamespace', { namespaceName: name })
    },
    code: 2,
    says: [/namespace sparkify-test/, /not ours/],
    makes: [`namespaces ${name}`],
  },
  {
    title: 'a cluster that comes into a bad state',
    before: (stub) => {
      const { clusters } = stub.account
      const fail = () => clusters.forEach((cluster) => (cluster.status = 'incompatible-network'))
      stub.onCall((call) => call.action === 'DescribeClusters' && fail())
    },
    code: 4,
    says: [/is incompatible-network/, /cluster down/],
    makes: [...doors, `clusters ${name}`, 'secrets'],
  },
]

describe('sparkify cluster up ends with a clear word at', () => {
  const commands = useCommands()

  const outcomeOf = sideBySide(faults, async ({ account, before, words, variables }) => {
    const scenario = await openScenario(commands, account)
    before?.(scenario.stub)
    const outcome = await scenario.up(words, variables)
    await scenario.close()
    const made = scenario.stub.account
      .leftovers()
      .map((one) => one.replace(/^secrets .*/, 'secrets'))
    return { ...outcome, made, settings: scenario.settings }
  })

  for (const fault of faults) {
    it(fault.title, async () => {
      const { code, stdout, stderr, made, settings } = await outcomeOf(fault)
      expect(code, stderr).to.equal(fault.code)
      expect(stdout).to.equal('')
      for (const words of fault.says) expect(stderr).to.match(words)
      expect(stderr).to.not.match(/^ +at /m)
      expect(made).to.deep.equal(fault.makes ?? [])
      expect(settings).to.equal(ownSettings)
    })
  }
})
