export type Answer = (input: Record<string, unknown>) => unknown

/** An answer of AWS that is a fault. */
export function fault(name: string, message = `${name} it is`): () => never {
  return () => {
    throw Object.assign(new Error(message), { name, $metadata: {}, $fault: 'client' })
  }
}

type Made = Map<string, Record<string, unknown>>

const account = '123456789012'
const roleArn = `arn:aws:iam::${account}:role/`

/** What an account answers to each operation, by what is made there. */
export function answersOf(made: Made): Record<string, Answer | undefined> {
  const list = (kind: string) => [made.get(kind)].filter((thing) => thing !== undefined)
  const one = (kind: string, absent: string) => made.get(kind) ?? fault(absent)()
  const make = (kind: string, thing: Record<string, unknown>) => (made.set(kind, thing), {})
  const remove = (kind: string) => (made.delete(kind), {})
  const tagsIn = (input: Record<string, unknown>) =>
    (input.TagSpecifications as [{ Tags: object[] }])[0].Tags
  const serverless = (kind: 'namespace' | 'workgroup', absent = 'ResourceNotFoundException') => {
    const Kind = kind === 'namespace' ? 'Namespace' : 'Workgroup'
    const arn = `arn:aws:redshift-serverless:us-west-2:${account}:${kind}/id`
    return {
      [`redshift-serverless:Create${Kind}`]: (input: Record<string, unknown>) =>
        make(kind, {
          ...input,
          [`${kind}Arn`]: arn,
          status: 'AVAILABLE',
          creationDate: new Date(0),
          endpoint: { address: 'work.example', port: 5439 },
          adminPasswordSecretArn: 'SECRET',
        }),
      [`redshift-serverless:Get${Kind}`]: () => ({ [kind]: one(kind, absent) }),
      [`redshift-serverless:List${Kind}s`]: () => ({ [`${kind}s`]: list(kind) }),
      [`redshift-serverless:Delete${Kind}`]: () => (one(kind, absent), remove(kind)),
    }
  }
  return {
    'sts:GetCallerIdentity': () => ({
      Account: account,
      Arn: `arn:aws:iam::${account}:user/ada`,
    }),
    'iam:SimulatePrincipalPolicy': ({ ActionNames }) => ({
      EvaluationResults: (ActionNames as string[]).map((EvalActionName) => ({
        EvalActionName,
        EvalDecision: 'allowed',
      })),
    }),
    'iam:CreateRole': (input) =>
      make('role', {
        ...input,
        Arn: `${roleArn}${String(input.RoleName)}`,
        CreateDate: new Date(0),
      }),
    'iam:GetRole': () => {
      const role = one('role', 'NoSuchEntityException')
      const document = encodeURIComponent(String(role.AssumeRolePolicyDocument))
      return { Role: { ...role, AssumeRolePolicyDocument: document } }
    },
    'iam:UpdateAssumeRolePolicy': ({ PolicyDocument }) =>
      make('role', { ...made.get('role'), AssumeRolePolicyDocument: PolicyDocument }),
    'iam:PutRolePolicy': (input) => make('policy', input),
    'iam:GetRolePolicy': () => {
      const { PolicyDocument } = one('policy', 'NoSuchEntityException')
      return { PolicyDocument: encodeURIComponent(String(PolicyDocument)) }
    },
    'iam:ListRolePolicies': () => ({
      PolicyNames: list('policy').map(({ PolicyName }) => PolicyName),
    }),
    'iam:DeleteRolePolicy': () => remove('policy'),
    'iam:ListAttachedRolePolicies': () => ({ AttachedPolicies: [] }),
    'iam:DeleteRole': () => remove('role'),

    'ec2:DescribeVpcs': () => ({ Vpcs: [{ VpcId: 'vpc-0123456789abcdef0', IsDefault: true }] }),
    'ec2:DescribeSecurityGroups': () => ({ SecurityGroups: list('group') }),
    'ec2:CreateSecurityGroup': (input) => {
      make('group', { GroupName: input.GroupName, GroupId: 'sg-1', Tags: tagsIn(input) })
      return { GroupId: 'sg-1' }
    },
    'ec2:DeleteSecurityGroup': () => remove('group'),
    'ec2:DescribeSecurityGroupRules': () => ({ SecurityGroupRules: list('rule') }),
    'ec2:AuthorizeSecurityGroupIngress': (input) => {
      const [{ FromPort, IpRanges }] = input.IpPermissions as [
        { FromPort: number; IpRanges: [{ CidrIp: string }] },
      ]
      const CidrIpv4 = IpRanges[0].CidrIp
      return make('rule', { SecurityGroupRuleId: 'sgr-1', CidrIpv4, FromPort, Tags: tagsIn(input) })
    },
    'ec2:RevokeSecurityGroupIngress': ({ SecurityGroupRuleIds }) => {
      const id = made.get('rule')?.SecurityGroupRuleId
      return (SecurityGroupRuleIds as unknown[]).includes(id) ? remove('rule') : {}
    },

    'redshift:DescribeClusterSubnetGroups': ({ ClusterSubnetGroupName }) =>
      ClusterSubnetGroupName
        ? { ClusterSubnetGroups: [one('subnets', 'ClusterSubnetGroupNotFoundFault')] }
        : { ClusterSubnetGroups: list('subnets') },
    'redshift:CreateClusterSubnetGroup': (input) => make('subnets', input),
    'redshift:DeleteClusterSubnetGroup': () => remove('subnets'),
    'redshift:DescribeClusters': ({ ClusterIdentifier }) =>
      ClusterIdentifier
        ? { Clusters: [one('cluster', 'ClusterNotFoundFault')] }
        : { Clusters: list('cluster') },
    'redshift:CreateCluster': (input) =>
      make('cluster', {
        ...input,
        ClusterNamespaceArn: 'CLUSTER',
        ClusterStatus: 'available',
        ClusterCreateTime: new Date(0),
        MasterPasswordSecretArn: 'SECRET',
        Endpoint: { Address: 'cluster.example', Port: 5439 },
        IamRoles: [{ IamRoleArn: (input.IamRoles as string[])[0], ApplyStatus: 'in-sync' }],
      }),
    'redshift:DeleteCluster': () => (one('cluster', 'ClusterNotFoundFault'), remove('cluster')),
    'redshift:DescribeClusterSnapshots': () => ({ Snapshots: list('snapshot') }),
    ...serverless('namespace'),
    ...serverless('workgroup'),
    'redshift-serverless:ListTagsForResource': ({ resourceArn }) => ({
      tags: made.get(String(resourceArn).includes(':workgroup/') ? 'workgroup' : 'namespace')?.tags,
    }),
    'redshift-serverless:ListSnapshots': () => ({ snapshots: [] }),
    'secretsmanager:ListSecrets': () => ({ SecretList: list('secret') }),
  }
}
