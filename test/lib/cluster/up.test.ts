import { expect } from 'chai'
import { Unreachable, UsageError } from '../../../lib/warehouse/errors'
import { fault } from './account'
import { nameOf } from './mocked-aws'
import { refusal } from './refusal'
import { dataSettings, useSite } from './site'

const role = 'arn:aws:iam::123456789012:role/sparkify-redshift'

describe('cluster up', () => {
  const at = useSite()

  it('makes role, group, rule and cluster, in this order', async () => {
    const { aws } = at.site
    await at.site.up()
    expect(aws.writes).to.deep.equal([
      'iam:CreateRole',
      'iam:PutRolePolicy',
      'ec2:CreateSecurityGroup',
      'ec2:AuthorizeSecurityGroupIngress',
      'redshift:CreateCluster',
    ])
    const { Tags, ...cluster } = aws.inputOf('redshift:CreateCluster') as { Tags: object[] }
    expect(cluster).to.deep.equal({
      ClusterIdentifier: 'sparkify',
      NodeType: 'ra3.large',
      ClusterType: 'single-node',
      DBName: 'dev',
      Port: 5439,
      MasterUsername: 'awsuser',
      ManageMasterPassword: true,
      Encrypted: true,
      PubliclyAccessible: false,
      VpcSecurityGroupIds: ['sg-1'],
      IamRoles: [role],
      DefaultIamRoleArn: role,
    })
    expect(Tags).to.deep.include({ Key: 'owner', Value: 'arn:aws:iam::123456789012:user/ada' })
  })

  it('makes a namespace and a workgroup whose capacity is always said', async () => {
    const { aws } = at.site
    await at.site.up({ serverless: true })
    expect(aws.writes.slice(-2)).to.deep.equal([
      'redshift-serverless:CreateNamespace',
      'redshift-serverless:CreateWorkgroup',
    ])
    expect(aws.inputOf('redshift-serverless:CreateWorkgroup')).to.include({
      namespaceName: 'sparkify',
      baseCapacity: 4,
      maxCapacity: 8,
      publiclyAccessible: false,
    })
    expect(aws.inputOf('redshift-serverless:CreateNamespace')).to.include({
      manageAdminPassword: true,
      defaultIamRoleArn: role,
    })
  })

  for (const serverless of [false, true]) {
    const kind = serverless ? 'Serverless' : 'a cluster'

    it(`writes the settings that lead to ${kind}, and keeps the former ones`, async () => {
      const { formerFile } = await at.site.up({ serverless })
      const host = serverless ? 'work' : 'cluster'
      expect(at.site.settings).to.equal(
        dataSettings +
          `AWS_REGION=us-west-2\nREDSHIFT_HOST=${host}.example\nREDSHIFT_PORT=5439\nREDSHIFT_DATABASE=dev\n` +
          `REDSHIFT_SIGN_IN=iam\nREDSHIFT_${serverless ? 'WORKGROUP' : 'CLUSTER'}=sparkify\n` +
          `REDSHIFT_SECRET_ARN=SECRET\nIAM_ROLE_ARN=${role}\n`,
      )
      expect(formerFile).to.include(`${at.site.envFile}.before-`)
    })

    it(`tags all that is made for ${kind} in the request that makes it`, async () => {
      await at.site.up({ serverless, ttl: 8 })
      const making = at.site.aws.calls.filter((call) => /:(Create|Authorize)/.test(nameOf(call)))
      expect(making).to.have.length(serverless ? 5 : 4)
      for (const { operation, input } of making) {
        const text = JSON.stringify(input)
        expect(text, operation).to.include('sparkify-warehouse').and.include('expires')
      }
    })

    it(`changes nothing of ${kind} the second time`, async () => {
      await at.site.up({ serverless })
      at.site.aws.calls.length = 0
      const { steps } = await at.site.up({ serverless })
      expect(at.site.aws.writes).to.deep.equal([])
      expect(new Set(steps.map(({ action }) => action))).to.deep.equal(new Set(['keep']))
    })

    it(`lists in a dry run for ${kind} exactly the calls that are then made`, async () => {
      const { calls } = await at.site.rehearseUp({ serverless })
      expect(at.site.aws.calls).to.deep.equal([])
      await at.site.up({ serverless })
      expect(comparable(calls)).to.deep.equal(comparable(at.site.aws.calls))
    })
  }

  it('goes on from wherever it stopped', async () => {
    const { aws } = at.site
    const last = ['iam:PutRolePolicy', 'ec2:CreateSecurityGroup', 'redshift:CreateCluster']
    for (const call of last) {
      aws.next(call, fault('InternalFailure'))
      await refusal(at.site.up(), Unreachable)
    }
    await at.site.up()
    expect([...aws.made.keys()]).to.have.members(['role', 'policy', 'group', 'rule', 'cluster'])
    expect(aws.writes.filter((name) => name === 'iam:CreateRole')).to.have.length(1)
  })

  it('replaces its rule where the address is another one', async () => {
    await at.site.up()
    at.site.aws.made.get('rule')!.SecurityGroupRuleId = 'sgr-former'
    await at.site.up({ cidr: '198.51.100.9' })
    expect(at.site.aws.made.get('rule')).to.include({ CidrIpv4: '198.51.100.9/32' })
    expect(at.site.aws.inputOf('ec2:RevokeSecurityGroupIngress')).to.deep.equal({
      GroupId: 'sg-1',
      SecurityGroupRuleIds: ['sgr-former'],
    })
  })

  it('writes the policy anew where the settings name another bucket', async () => {
    await at.site.up()
    at.site.aws.calls.length = 0
    await at.site.up({ kmsKey: 'arn:aws:kms:us-west-2:123456789012:key/abc' })
    expect(at.site.aws.writes).to.deep.equal(['iam:PutRolePolicy'])
  })

  it('resumes a paused cluster, and prolongs its life', async () => {
    const { aws } = at.site
    await at.site.up()
    const cluster = aws.made.get('cluster')!
    cluster.ClusterStatus = 'paused'
    aws.always('redshift:CreateTags', () => ({}))
    aws.always('redshift:ResumeCluster', () => ((cluster.ClusterStatus = 'available'), {}))
    aws.calls.length = 0
    await at.site.up({ ttl: 4 })
    expect(aws.writes).to.deep.equal(['redshift:CreateTags', 'redshift:ResumeCluster'])
  })

  it('lays a cluster into the subnets that are named', async () => {
    const { aws } = at.site
    const vpc = 'vpc-00000000000000001'
    const subnets = ['subnet-00000000000000001', 'subnet-00000000000000002']
    aws.always('ec2:DescribeSubnets', () => ({
      Subnets: subnets.map((SubnetId) => ({ SubnetId, VpcId: vpc })),
    }))
    await at.site.up({ vpc, subnets })
    expect(aws.inputOf('redshift:CreateClusterSubnetGroup')).to.deep.include({ SubnetIds: subnets })
    expect(aws.inputOf('redshift:CreateCluster')).to.include({
      ClusterSubnetGroupName: 'sparkify-redshift',
    })
    const { left } = await at.site.down()
    expect(left).to.deep.equal([])
    expect(aws.writes).to.include('redshift:DeleteClusterSubnetGroup')
  })

  it('asks for the address and for consent on a terminal, after the plan and its cost', async () => {
    at.site.answers = ['198.51.100.9', 'y']
    await at.site.up({ cidr: undefined })
    const [, plan, consent] = at.site.said
    expect(plan).to.include('+ cluster sparkify: create').and.include('$0.54 an hour')
    expect(consent).to.equal('Go ahead? [y/N] ')
    expect(at.site.aws.made.get('rule')).to.include({ CidrIpv4: '198.51.100.9/32' })
  })

  it('makes nothing without consent', async () => {
    at.site.answers = ['']
    const { message } = await refusal(at.site.up(), UsageError)
    expect(message).to.equal('Not agreed to: nothing was made.')
    expect(at.site.aws.writes).to.deep.equal([])
  })

  it('says all that is wrong at once, before any call', async () => {
    const { message } = await refusal(
      at.site.up({ cidr: undefined, nodes: 0, port: 1 }, { yes: false }),
      UsageError,
    )
    for (const name of ['--cidr', '--yes', '--nodes', '--port']) expect(message).to.include(name)
    expect(at.site.aws.calls).to.deep.equal([])
  })
})

/** Calls without what only AWS knows: numbers, and the moment. */
function comparable(calls: object[]): unknown {
  const text = JSON.stringify(calls)
    .replaceAll('ACCOUNT', '123456789012')
    .replaceAll('user/YOU', 'user/ada')
    .replaceAll('SECURITY-GROUP', 'sg-1')
    .replaceAll('"RULE"', '"sgr-1"')
    .replaceAll('DEFAULT-VPC', 'vpc-0123456789abcdef0')
    .replaceAll('"NAMESPACE"', '"arn:aws:redshift-serverless:us-west-2:123456789012:namespace/id"')
    .replaceAll('"WORKGROUP"', '"arn:aws:redshift-serverless:us-west-2:123456789012:workgroup/id"')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'a moment')
  return JSON.parse(text)
}
