import { expect } from 'chai'
import { Unreachable, UsageError } from '../../../lib/warehouse/errors'
import { type Answer, fault } from './account'
import { refusal } from './refusal'
import { useSite } from './site'

/** What AWS answers to the making of something, and what the user is then told. */
const refused: { call: string; name: string; said: RegExp; serverless?: true }[] = [
  {
    call: 'redshift:CreateCluster',
    name: 'InsufficientClusterCapacityFault',
    said: /no room for it now.*--node-type/s,
  },
  {
    call: 'redshift:CreateCluster',
    name: 'NumberOfNodesQuotaExceededFault',
    said: /quota of the account is reached/,
  },
  {
    call: 'redshift:CreateCluster',
    name: 'InvalidVPCNetworkStateFault',
    said: /network does not fit.*internet gateway/s,
  },
  {
    call: 'redshift:CreateCluster',
    name: 'UnauthorizedOperation',
    said: /They need the permission redshift:CreateCluster/,
  },
  {
    call: 'iam:CreateRole',
    name: 'LimitExceededException',
    said: /quota of the account is reached/,
  },
  {
    call: 'ec2:CreateSecurityGroup',
    name: 'UnauthorizedOperation',
    said: /ec2:CreateSecurityGroup \(sparkify-redshift\) is not allowed/,
  },
  {
    call: 'ec2:AuthorizeSecurityGroupIngress',
    name: 'ThrottlingException',
    said: /takes no more requests/,
  },
  {
    call: 'redshift-serverless:CreateWorkgroup',
    name: 'ValidationException',
    said: /three subnets in three availability zones/,
    serverless: true,
  },
  {
    call: 'redshift-serverless:CreateWorkgroup',
    name: 'InsufficientCapacityException',
    said: /no room for it now/,
    serverless: true,
  },
  {
    call: 'redshift-serverless:CreateNamespace',
    name: 'ServiceQuotaExceededException',
    said: /quota of the account is reached/,
    serverless: true,
  },
  {
    call: 'sts:GetCallerIdentity',
    name: 'ExpiredTokenException',
    said: /credentials have expired/,
  },
]

const unknownRole: Answer = fault(
  'InvalidParameterValue',
  'The IAM role sparkify-redshift is not valid. The IAM role must delegate access to an Amazon Redshift account.',
)

describe('cluster up, where AWS refuses', () => {
  const at = useSite()

  for (const { call, name, said, serverless = false } of refused) {
    it(`says what to do about ${name} of ${call}`, async () => {
      at.site.aws.next(call, fault(name))
      const { message } = await refusal(at.site.up({ serverless }), Unreachable)
      expect(message).to.match(said)
      await at.site.up({ serverless })
    })
  }

  for (const serverless of [false, true]) {
    const making = serverless ? 'redshift-serverless:CreateNamespace' : 'redshift:CreateCluster'

    it(`repeats ${making} until Redshift knows the role`, async () => {
      at.site.aws.next(making, unknownRole, unknownRole)
      await at.site.up({ serverless })
      expect(at.site.aws.writes.filter((name) => name === making)).to.have.length(3)
      expect(at.site.said).to.include('not yet known to Redshift')
    })

    it(`does not repeat ${making} for ever`, async () => {
      at.site.aws.always(making, unknownRole)
      const { message } = await refusal(at.site.up({ serverless }), Unreachable)
      expect(message).to.include('The role sparkify-redshift: still not yet known to Redshift')
    })
  }

  it('takes a rule that is there already for a good one', async () => {
    at.site.aws.next('ec2:AuthorizeSecurityGroupIngress', fault('InvalidPermission.Duplicate'))
    expect((await at.site.up()).endpoint.host).to.equal('cluster.example')
  })

  it('adopts what another run has made meanwhile', async () => {
    const { aws } = at.site
    await at.site.up()
    aws.next('redshift:DescribeClusters', fault('ClusterNotFoundFault'))
    aws.next('redshift:CreateCluster', fault('ClusterAlreadyExistsFault'))
    expect((await at.site.up()).endpoint.host).to.equal('cluster.example')
  })

  it('completes a role whose making was never answered', async () => {
    const { aws } = at.site
    await at.site.up()
    const role = aws.made.get('role')!
    aws.made.clear()
    aws.next('iam:CreateRole', () => {
      aws.made.set('role', role)
      return fault('EntityAlreadyExistsException')()
    })
    await at.site.up()
    expect(aws.made.has('policy')).to.equal(true)
  })

  it('touches nothing that has the name and not our tags, and names all of it', async () => {
    const { aws } = at.site
    aws.made.set('role', { Arn: 'ROLE', RoleName: 'sparkify-redshift', Tags: [] })
    aws.made.set('cluster', { ClusterIdentifier: 'sparkify', Tags: [] })
    const { message } = await refusal(at.site.up(), UsageError)
    expect(message).to.include('IAM role sparkify-redshift (ROLE)')
    expect(message).to.include('cluster sparkify')
    expect(message).to.include('Give another --name')
    expect(aws.writes).to.deep.equal([])
  })

  it('touches nothing foreign that came about meanwhile', async () => {
    const { aws } = at.site
    aws.next('redshift:CreateCluster', () => {
      aws.made.set('cluster', { ClusterIdentifier: 'sparkify', Tags: [] })
      return fault('ClusterAlreadyExistsFault')()
    })
    const { message } = await refusal(at.site.up(), Unreachable)
    expect(message).to.include('Something else of the name sparkify is there')
  })

  it('names each missing permission and its resource before anything is made', async () => {
    at.site.aws.next('iam:SimulatePrincipalPolicy', () => ({
      EvaluationResults: [
        { EvalActionName: 'iam:CreateRole', EvalDecision: 'implicitDeny' },
        { EvalActionName: 'iam:PassRole', EvalDecision: 'explicitDeny' },
        { EvalActionName: 'iam:TagRole', EvalDecision: 'allowed' },
      ],
    }))
    const { message } = await refusal(at.site.up(), Unreachable)
    const role = 'arn:aws:iam::123456789012:role/sparkify-redshift'
    expect(message).to.include(`iam:CreateRole on ${role}\n  iam:PassRole on ${role}\nHave it`)
    expect(at.site.aws.writes).to.deep.equal([])
  })

  it('takes a condition that cannot be judged beforehand for no refusal', async () => {
    at.site.aws.next('iam:SimulatePrincipalPolicy', () => ({
      EvaluationResults: [
        {
          EvalActionName: 'iam:CreateRole',
          EvalDecision: 'implicitDeny',
          MissingContextValues: ['aws:MultiFactorAuthPresent'],
        },
      ],
    }))
    expect((await at.site.up()).endpoint.host).to.equal('cluster.example')
  })

  it('goes on with a note where permissions may not be asked for', async () => {
    at.site.aws.always('iam:SimulatePrincipalPolicy', fault('AccessDenied'))
    await at.site.up()
    expect(at.site.said).to.include(
      'Permissions are not checked ahead: iam:SimulatePrincipalPolicy answers AccessDenied.',
    )
  })

  it('asks for the role behind an assumed one', async () => {
    at.site.aws.always('sts:GetCallerIdentity', () => ({
      Account: '123456789012',
      Arn: 'arn:aws-cn:sts::123456789012:assumed-role/builder/session',
    }))
    await at.site.up()
    expect(at.site.aws.inputOf('iam:SimulatePrincipalPolicy')).to.include({
      PolicySourceArn: 'arn:aws-cn:iam::123456789012:role/builder',
    })
    expect(JSON.stringify(at.site.aws.inputOf('iam:PutRolePolicy'))).to.include('arn:aws-cn:s3:::')
  })

  for (const state of ['deleting', 'incompatible-network', 'storage-full', 'hardware-failure']) {
    it(`explains a cluster that is ${state}, found or waited for`, async () => {
      const { aws } = at.site
      aws.next('redshift:CreateCluster', (input) => {
        aws.made.set('cluster', { ...input, ClusterStatus: state })
        return {}
      })
      for (const found of [false, true]) {
        const { message } = await refusal(at.site.up(), Unreachable)
        expect(message, String(found)).to.match(new RegExp(`[Cc]luster sparkify is ${state}`, 'i'))
      }
    })
  }

  it('says how long it has waited, and what then, for a cluster that is never ready', async () => {
    const { aws } = at.site
    aws.next('redshift:CreateCluster', (input) => {
      aws.made.set('cluster', { ...input, ClusterStatus: 'creating' })
      return {}
    })
    const { message } = await refusal(at.site.up(), Unreachable)
    expect(message).to.match(
      /still creating after \d+ minutes; 3 to 10 minutes is usual\. It goes on/,
    )
  })

  it('ends the waiting at once where AWS refuses to tell how things stand', async () => {
    const { aws } = at.site
    aws.next('redshift:DescribeClusters', fault('ClusterNotFoundFault'), fault('AccessDenied'))
    const { message } = await refusal(at.site.up(), Unreachable)
    expect(message).to.include('They need the permission redshift:DescribeClusters')
  })

  it('names a network where the region has none', async () => {
    at.site.aws.always('ec2:DescribeVpcs', () => ({ Vpcs: [] }))
    const { message } = await refusal(at.site.up(), UsageError)
    expect(message).to.include('no default VPC').and.include('--vpc')
  })
})
