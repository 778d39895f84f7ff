import { EC2 } from '@aws-sdk/client-ec2'
import { IAM } from '@aws-sdk/client-iam'
import { Redshift } from '@aws-sdk/client-redshift'
import { RedshiftServerless } from '@aws-sdk/client-redshift-serverless'
import { SecretsManager } from '@aws-sdk/client-secrets-manager'
import { STS } from '@aws-sdk/client-sts'
import { expect } from 'chai'
import { goodCredentials } from './credentials'
import { type AwsStub, startAwsStub } from './stub'

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Service: ['redshift.amazonaws.com', 'redshift-serverless.amazonaws.com'] },
      Action: 'sts:AssumeRole',
    },
  ],
})

describe('The AWS of the tests', () => {
  let stub: AwsStub
  let aws: ReturnType<typeof clientsOf>

  beforeEach(async () => {
    stub = await startAwsStub({ address: { host: 'localhost', port: 5439 } })
    aws = clientsOf(stub.url)
  })

  afterEach(() => stub.close())

  it('says who calls', async () => {
    expect(await aws.sts.getCallerIdentity({})).to.include({ Account: '123456789012' })
  })

  it('makes a cluster with all that it needs, and removes it again', async () => {
    const { iam, ec2, redshift } = aws
    const { Role } = await iam.createRole({
      RoleName: 'reader',
      AssumeRolePolicyDocument: trust,
      Tags: [{ Key: 'project', Value: 'test' }],
    })
    await iam.putRolePolicy({ RoleName: 'reader', PolicyName: 'read', PolicyDocument: '{}' })
    const { GroupId } = await ec2.createSecurityGroup({
      GroupName: 'door',
      Description: 'Who may come in',
      TagSpecifications: [
        { ResourceType: 'security-group', Tags: [{ Key: 'project', Value: 'test' }] },
      ],
    })
    const rule = {
      GroupId: GroupId!,
      IpPermissions: [
        {
          IpProtocol: 'tcp',
          FromPort: 5439,
          ToPort: 5439,
          IpRanges: [{ CidrIp: '203.0.113.7/24', Description: 'office' }],
        },
      ],
    }
    await ec2.authorizeSecurityGroupIngress(rule)
    const again = { ...rule, IpPermissions: [{ ...rule.IpPermissions[0]! }] }
    expect(await faultOf(ec2.authorizeSecurityGroupIngress(again))).to.equal(
      'InvalidPermission.Duplicate',
    )
    const wanted = {
      ClusterIdentifier: 'warehouse',
      NodeType: 'ra3.large',
      ClusterType: 'single-node',
      MasterUsername: 'awsuser',
      ManageMasterPassword: true,
      IamRoles: [Role!.Arn!],
      DefaultIamRoleArn: Role!.Arn!,
      VpcSecurityGroupIds: [GroupId!],
      Tags: [{ Key: 'project', Value: 'test' }],
    }
    expect(await faultOf(redshift.createCluster(wanted))).to.equal('InvalidParameterValue')
    const { Cluster } = await redshift.createCluster(wanted)
    expect(Cluster).to.include({ ClusterStatus: 'creating', Encrypted: true, NumberOfNodes: 1 })
    expect(await faultOf(redshift.createCluster(wanted))).to.equal('ClusterAlreadyExistsFault')
    const states = []
    for (let i = 0; i < 3; i++) {
      const { Clusters } = await redshift.describeClusters({ ClusterIdentifier: 'warehouse' })
      states.push([Clusters![0]!.ClusterStatus, Clusters![0]!.IamRoles![0]!.ApplyStatus])
    }
    expect(states).to.deep.equal([
      ['creating', 'adding'],
      ['available', 'adding'],
      ['available', 'in-sync'],
    ])
    const { DbUser, DbPassword, Expiration } = await redshift.getClusterCredentialsWithIAM({
      ClusterIdentifier: 'warehouse',
    })
    expect(DbUser).to.equal('IAM:ada')
    expect(stub.account.handedOut).to.include(DbPassword)
    expect(Expiration).to.be.instanceOf(Date)

    expect(await faultOf(ec2.deleteSecurityGroup({ GroupId: GroupId! }))).to.equal(
      'DependencyViolation',
    )
    await redshift.deleteCluster({ ClusterIdentifier: 'warehouse', SkipFinalClusterSnapshot: true })
    await redshift.describeClusters({ ClusterIdentifier: 'warehouse' })
    const gone = redshift.describeClusters({ ClusterIdentifier: 'warehouse' })
    expect(await faultOf(gone)).to.equal('ClusterNotFoundFault')
    expect(await faultOf(ec2.deleteSecurityGroup({ GroupId: GroupId! }))).to.equal(
      'DependencyViolation',
    )
    await ec2.deleteSecurityGroup({ GroupId: GroupId! })
    expect(await faultOf(iam.deleteRole({ RoleName: 'reader' }))).to.equal(
      'DeleteConflictException',
    )
    await iam.deleteRolePolicy({ RoleName: 'reader', PolicyName: 'read' })
    await iam.deleteRole({ RoleName: 'reader' })
    expect(stub.account.leftovers()).to.deep.equal([])
  })

  it('makes a workgroup in its namespace, and removes them again', async () => {
    const { serverless, secrets } = aws
    const { namespace } = await serverless.createNamespace({
      namespaceName: 'warehouse',
      manageAdminPassword: true,
      tags: [{ key: 'project', value: 'test' }],
    })
    const names = { namespaceName: 'warehouse', workgroupName: 'warehouse' }
    const wanted = { ...names, baseCapacity: 4, maxCapacity: 8 }
    expect(await faultOf(serverless.createWorkgroup(wanted))).to.equal('ConflictException')
    for (let i = 0; i < 2; i++) await serverless.getNamespace(names)
    await serverless.createWorkgroup(wanted)
    for (let i = 0; i < 2; i++) await serverless.getWorkgroup(names)
    const { workgroup } = await serverless.getWorkgroup(names)
    expect(workgroup!.creationDate).to.be.instanceOf(Date)
    expect(workgroup!.endpoint).to.include({ address: 'localhost', port: 5439 })
    const { expiration } = await serverless.getCredentials(names)
    expect(expiration).to.be.instanceOf(Date)
    const { SecretString } = await secrets.getSecretValue({
      SecretId: namespace!.adminPasswordSecretArn!,
    })
    expect(JSON.parse(SecretString!)).to.have.keys('username', 'password')
    expect(await faultOf(serverless.deleteNamespace(names))).to.equal('ConflictException')
    await serverless.deleteWorkgroup(names)
    for (let i = 0; i < 2; i++) await serverless.getWorkgroup(names).catch(() => {})
    await serverless.deleteNamespace(names)
    for (let i = 0; i < 2; i++) await serverless.getNamespace(names).catch(() => {})
    expect(stub.account.leftovers()).to.deep.equal([])
  })

  it('refuses what Redshift refuses', async () => {
    const good = {
      ClusterIdentifier: 'warehouse',
      NodeType: 'ra3.large',
      ClusterType: 'single-node',
      MasterUsername: 'awsuser',
      ManageMasterPassword: true,
    }
    const wrong = [
      { ClusterIdentifier: 'Warehouse' },
      { ClusterIdentifier: 'a--b' },
      { NodeType: 'dc2.large' },
      { Encrypted: false },
      { ClusterType: 'multi-node' },
      { Port: 6000 },
      { MasterUserPassword: 'Secret123' },
      { Tags: [{ Key: 'owner', Value: 'a,b' }] },
    ]
    for (const change of wrong) {
      const fault = await faultOf(aws.redshift.createCluster({ ...good, ...change }))
      expect(fault, JSON.stringify(change)).to.match(/^Invalid(Parameter|Tag)/)
    }
  })

  it('fails on command, as often as it is told', async () => {
    stub.failNext({ service: 'iam', code: 'Throttling', message: 'Rate exceeded', times: 1 })
    stub.failNext({ service: 'ec2', instead: 'drop' })
    expect(await faultOf(aws.iam.getRole({ RoleName: 'none' }))).to.equal('NoSuchEntityException')
    expect((await aws.ec2.describeVpcs({})).Vpcs).to.have.length(1)
    expect(stub.calls.map(({ action }) => action)).to.deep.equal([
      'GetRole',
      'GetRole',
      'DescribeVpcs',
      'DescribeVpcs',
    ])
  })

  it('refuses what the policy of the caller does not allow', async () => {
    await stub.close()
    const policy = {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Roles',
          Effect: 'Allow' as const,
          Action: ['iam:GetRole', 'iam:CreateRole'],
          Resource: 'arn:aws:iam::*:role/sparkify-*',
        },
      ],
    }
    stub = await startAwsStub({ address: { host: 'localhost', port: 5439 }, policy })
    aws = clientsOf(stub.url)
    const role = { AssumeRolePolicyDocument: trust, RoleName: 'sparkify-reader' }
    await aws.iam.createRole(role)
    const others = [
      aws.iam.createRole({ ...role, RoleName: 'admin' }),
      aws.iam.createRole({ ...role, Tags: [{ Key: 'a', Value: 'b' }] }),
      aws.iam.deleteRole(role),
      aws.ec2.describeVpcs({}),
      aws.serverless.listNamespaces({}),
    ]
    expect(await Promise.all(others.map(faultOf))).to.deep.equal([
      'AccessDenied',
      'AccessDenied',
      'AccessDenied',
      'UnauthorizedOperation',
      'AccessDeniedException',
    ])
  })
})

function clientsOf(endpoint: string) {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = goodCredentials
  const given = { endpoint, region: 'us-west-2', credentials: { accessKeyId, secretAccessKey } }
  return {
    sts: new STS(given),
    iam: new IAM(given),
    ec2: new EC2(given),
    redshift: new Redshift(given),
    serverless: new RedshiftServerless(given),
    secrets: new SecretsManager(given),
  }
}

async function faultOf(request: Promise<unknown>): Promise<string> {
  return request.then(
    () => 'none',
    (error: Error) => error.name,
  )
}
