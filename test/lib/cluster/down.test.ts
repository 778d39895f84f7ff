import { expect } from 'chai'
import { Unreachable, UsageError } from '../../../lib/warehouse/errors'
import { fault } from './account'
import { refusal } from './refusal'
import { dataSettings, useSite } from './site'

describe('cluster down', () => {
  const at = useSite()

  for (const serverless of [false, true]) {
    const kind = serverless ? 'Serverless' : 'a cluster'

    it(`removes all of ${kind}, and its settings, and finds nothing left`, async () => {
      const { aws } = at.site
      await at.site.up({ serverless })
      aws.calls.length = 0
      const { left, removed } = await at.site.down()
      expect(left).to.deep.equal([])
      expect([...aws.made.keys()]).to.deep.equal([])
      expect(removed.map((item) => item.kind)).to.deep.equal([
        ...(serverless ? ['workgroup', 'namespace'] : ['cluster']),
        ...['ingress rule', 'security group', 'IAM role'],
      ])
      expect(aws.writes).to.deep.equal([
        ...(serverless
          ? ['redshift-serverless:DeleteWorkgroup', 'redshift-serverless:DeleteNamespace']
          : ['redshift:DeleteCluster']),
        'ec2:RevokeSecurityGroupIngress',
        'ec2:DeleteSecurityGroup',
        'iam:DeleteRolePolicy',
        'iam:DeleteRole',
      ])
      expect(at.site.settings).to.equal(dataSettings)
    })

    it(`lists in a dry run for ${kind} exactly the calls that are then made`, async () => {
      await at.site.up({ serverless })
      at.site.aws.calls.length = 0
      const { calls } = await at.site.rehearseDown()
      expect(at.site.aws.calls).to.deep.equal([])
      await at.site.down()
      const made = at.site.aws.calls.map(({ service, operation }) => `${service}:${operation}`)
      expect(calls.map(({ service, operation }) => `${service}:${operation}`)).to.deep.equal(made)
    })

    it(`keeps a last snapshot of ${kind} where one is asked for`, async () => {
      const { aws } = at.site
      await at.site.up({ serverless })
      aws.always('redshift-serverless:GetSnapshot', fault('ResourceNotFoundException'))
      await at.site.down({ snapshot: 'last-one' })
      const expected = serverless
        ? { call: 'redshift-serverless:DeleteNamespace', input: { finalSnapshotName: 'last-one' } }
        : {
            call: 'redshift:DeleteCluster',
            input: { SkipFinalClusterSnapshot: false, FinalClusterSnapshotIdentifier: 'last-one' },
          }
      expect(aws.inputOf(expected.call)).to.include(expected.input)
    })
  }

  describe('where Redshift Serverless is not offered', () => {
    const lookups = ['GetNamespace', 'GetWorkgroup', 'ListSnapshots'].map(
      (operation) => `redshift-serverless:${operation}`,
    )
    const notOffered = () => {
      const unknown = new Error('UnknownError')
      throw Object.assign(unknown, { name: 'UnknownError', $metadata: { httpStatusCode: 404 } })
    }

    it('removes a cluster, and says what it did not look for', async () => {
      await at.site.up()
      for (const lookup of lookups) at.site.aws.always(lookup, notOffered)
      await at.site.status()
      const { left, snapshots } = await at.site.down()
      expect([left, snapshots, [...at.site.aws.made.keys()]]).to.deep.equal([[], [], []])
      const said = at.site.said.filter((text) => text.startsWith('Not looked for: '))
      expect(said).to.have.length(2)
      expect(said[0]).to.match(/^Not looked for: namespace and workgroup\. .*not speak as AWS does/)
    })

    it('removes nothing where the settings lead to a workgroup', async () => {
      await at.site.up({ serverless: true })
      for (const lookup of lookups) at.site.aws.always(lookup, notOffered)
      const made = [...at.site.aws.made.keys()]
      const error = await refusal(at.site.down(), Unreachable)
      expect(error.message).to.contain('not speak as AWS does')
      expect([...at.site.aws.made.keys()]).to.deep.equal(made)
    })
  })

  it('does nothing the second time', async () => {
    await at.site.up()
    await at.site.down()
    at.site.aws.calls.length = 0
    const { removed, left } = await at.site.down()
    expect([removed, left, at.site.aws.writes]).to.deep.equal([[], [], []])
  })

  for (const last of [
    'iam:PutRolePolicy',
    'ec2:AuthorizeSecurityGroupIngress',
    'redshift:CreateCluster',
  ]) {
    it(`removes what an \`up\` that ended at ${last} has left`, async () => {
      at.site.aws.next(last, fault('InternalFailure'))
      await refusal(at.site.up(), Unreachable)
      const { left } = await at.site.down()
      expect(left).to.deep.equal([])
      expect([...at.site.aws.made.keys()]).to.deep.equal([])
    })
  }

  it('waits for a busy cluster, for the interfaces of its group, and for a deletion under way', async () => {
    const { aws } = at.site
    await at.site.up()
    aws.next('redshift:DeleteCluster', fault('InvalidClusterStateFault'))
    aws.next('ec2:DeleteSecurityGroup', fault('DependencyViolation'))
    const { left } = await at.site.down()
    expect(left).to.deep.equal([])
    expect(at.site.said).to.include('still in use').and.include('available')
  })

  it('does not begin a deletion that is under way', async () => {
    const { aws } = at.site
    await at.site.up()
    const cluster = aws.made.get('cluster')!
    cluster.ClusterStatus = 'deleting'
    aws.next('redshift:DescribeClusters', () => ({ Clusters: [cluster] }))
    aws.next('redshift:DescribeClusters', () => {
      aws.made.delete('cluster')
      return { Clusters: [cluster] }
    })
    const { left } = await at.site.down()
    expect(left).to.deep.equal([])
    expect(aws.writes).to.not.include('redshift:DeleteCluster')
  })

  it('reports what is still there when it looks again', async () => {
    const { aws } = at.site
    await at.site.up()
    const wanted = 'redshift!sparkify-awsuser'
    aws.made.set('secret', { Name: wanted, ARN: 'SECRET' })
    aws.always('iam:DeleteRole', () => ({}))
    const { left } = await at.site.down()
    const role = 'arn:aws:iam::123456789012:role/sparkify-redshift'
    expect(left).to.deep.equal([
      { kind: 'IAM role', name: 'sparkify-redshift', id: role },
      { kind: 'secret', name: wanted, id: 'SECRET' },
    ])
  })

  it('names what is still there where AWS refuses on the way', async () => {
    await at.site.up()
    at.site.aws.next('ec2:DeleteSecurityGroup', fault('UnauthorizedOperation'))
    const { message } = await refusal(at.site.down(), Unreachable)
    expect(message).to.include('They need the permission ec2:DeleteSecurityGroup')
    expect(message).to.include(
      'Still there:\n  security group sparkify-redshift (sg-1)\n  IAM role',
    )
  })

  it('finds what is tagged, under whatever name, and leaves alone what is not', async () => {
    const { aws } = at.site
    await at.site.up()
    aws.made.get('role')!.Tags = []
    aws.made.get('cluster')!.ClusterIdentifier = 'renamed'
    aws.next('redshift:DescribeClusters', fault('ClusterNotFoundFault'))
    const { foreign, removed } = await at.site.down()
    expect(foreign.map(({ kind }) => kind)).to.deep.equal(['IAM role'])
    expect(removed[0]).to.include({ kind: 'cluster', name: 'renamed' })
    expect(aws.made.has('role')).to.equal(true)
  })

  it('keeps the settings that lead to another warehouse', async () => {
    await at.site.up()
    const { settingsRemoved } = await at.site.down({ name: 'other' })
    expect(settingsRemoved).to.equal(false)
    expect(at.site.settings).to.include('REDSHIFT_CLUSTER=sparkify')
  })

  it('tells of the snapshots that are kept', async () => {
    at.site.aws.made.set('snapshot', { SnapshotIdentifier: 'last-one' })
    const { snapshots } = await at.site.down()
    expect(snapshots).to.deep.equal(['last-one'])
  })

  it('refuses the name of a snapshot that is there, before it removes anything', async () => {
    await at.site.up({ serverless: true })
    at.site.aws.calls.length = 0
    at.site.aws.always('redshift-serverless:GetSnapshot', () => ({ snapshot: {} }))
    await refusal(at.site.down({ snapshot: 'last-one' }), UsageError)
    expect(at.site.aws.writes).to.deep.equal([])
  })

  it('removes nothing without consent', async () => {
    await at.site.up()
    at.site.answers = ['no']
    at.site.aws.calls.length = 0
    const { message } = await refusal(at.site.down(), UsageError)
    expect(message).to.equal('Not agreed to: nothing was removed.')
    expect(at.site.said.at(-2)).to.include('cluster sparkify (CLUSTER)')
    expect(at.site.aws.writes).to.deep.equal([])
  })

  it('says all that is wrong at once, before any call', async () => {
    const given = { name: 'No', snapshot: 'A--', yes: false }
    const { message } = await refusal(at.site.down(given), UsageError)
    for (const name of ['--name', '--snapshot', '--yes']) expect(message).to.include(name)
    expect(at.site.aws.calls).to.deep.equal([])
  })
})
