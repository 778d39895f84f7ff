/** What was made so far in a dry run, by its kind; numbers that AWS would give are named instead. */
export interface Things {
  region: string
  made: Map<string, Record<string, unknown>>
}

type Answer = (input: Record<string, unknown>, things: Things) => object | undefined

/** The answers of the requests whose answer matters; of the others an empty one does. */
export const answers: Record<string, Answer | undefined> = {
  'sts:GetCallerIdentity': (_, { region }) => ({
    Account: 'ACCOUNT',
    Arn: `arn:${partitionOf(region)}:iam::ACCOUNT:user/YOU`,
  }),

  'ec2:DescribeVpcs': () => ({ Vpcs: [{ VpcId: 'DEFAULT-VPC', IsDefault: true }] }),
  'ec2:DescribeSubnets': ({ SubnetIds = ['SUBNETS'], Filters }) => ({
    Subnets: (SubnetIds as string[]).map((SubnetId) => ({
      SubnetId,
      VpcId: vpcOf(Filters as { Values: string[] }[] | undefined),
    })),
  }),
  'ec2:CreateSecurityGroup': ({ GroupName, TagSpecifications }, { made }) => {
    const [{ Tags }] = TagSpecifications as [{ Tags: object[] }]
    made.set('group', { GroupId: 'SECURITY-GROUP', GroupName, Tags })
    return { GroupId: 'SECURITY-GROUP' }
  },
  'ec2:DescribeSecurityGroups': (_, things) => ({ SecurityGroups: listed('group', things) }),
  'ec2:DeleteSecurityGroup': (_, things) => remove('group', things),
  'ec2:AuthorizeSecurityGroupIngress': ({ IpPermissions, TagSpecifications }, { made }) => {
    const [{ FromPort, IpRanges }] = IpPermissions as [{ FromPort: number; IpRanges?: object[] }]
    const [{ Tags }] = TagSpecifications as [{ Tags: object[] }]
    const [{ CidrIp }] = (IpRanges ?? [{}]) as [{ CidrIp?: string }]
    made.set('rule', { SecurityGroupRuleId: 'RULE', CidrIpv4: CidrIp, FromPort, Tags })
    return undefined
  },
  'ec2:DescribeSecurityGroupRules': (_, things) => ({
    SecurityGroupRules: listed('rule', things),
  }),
  'ec2:RevokeSecurityGroupIngress': (_, things) => remove('rule', things),

  'iam:CreateRole': ({ RoleName, AssumeRolePolicyDocument, Tags }, { region, made }) => {
    const Arn = `arn:${partitionOf(region)}:iam::ACCOUNT:role/${String(RoleName)}`
    made.set('role', { Arn, RoleName, AssumeRolePolicyDocument, Tags })
    return undefined
  },
  'iam:PutRolePolicy': ({ PolicyName, PolicyDocument }, { made }) => {
    made.set('policy', { PolicyName, PolicyDocument })
    return undefined
  },
  'iam:GetRole': (_, things) => ({ Role: listed('role', things)[0] }),
  'iam:GetRolePolicy': (_, things) => listed('policy', things)[0],
  'iam:ListRolePolicies': (_, things) => ({
    PolicyNames: listed('policy', things).map(({ PolicyName }) => PolicyName),
  }),
  'iam:DeleteRole': (_, things) => remove('role', things),

  'redshift:CreateClusterSubnetGroup': ({ ClusterSubnetGroupName, Tags }, { made }) => {
    made.set('subnets', { ClusterSubnetGroupName, Tags })
    return undefined
  },
  'redshift:DescribeClusterSubnetGroups': (_, things) => ({
    ClusterSubnetGroups: listed('subnets', things),
  }),
  'redshift:DeleteClusterSubnetGroup': (_, things) => remove('subnets', things),
  'redshift:CreateCluster': (input, { made }) => {
    const IamRoles = (input.IamRoles as string[]).map((IamRoleArn) => ({
      IamRoleArn,
      ApplyStatus: 'in-sync',
    }))
    const Endpoint = { Address: 'ADDRESS', Port: input.Port }
    made.set('cluster', { ...input, ClusterStatus: 'available', IamRoles, Endpoint })
    return undefined
  },
  'redshift:DescribeClusters': (_, things) => ({ Clusters: listed('cluster', things) }),
  'redshift:DeleteCluster': (_, things) => remove('cluster', things),

  'redshift-serverless:CreateNamespace': (input, { made }) => {
    made.set('namespace', { ...input, namespaceArn: 'NAMESPACE', status: 'AVAILABLE' })
    return undefined
  },
  'redshift-serverless:GetNamespace': (_, things) => ({
    namespace: listed('namespace', things)[0],
  }),
  'redshift-serverless:ListNamespaces': (_, things) => ({
    namespaces: listed('namespace', things),
  }),
  'redshift-serverless:DeleteNamespace': (_, things) => remove('namespace', things),
  'redshift-serverless:CreateWorkgroup': (input, { made }) => {
    const endpoint = { address: 'ADDRESS', port: input.port }
    made.set('workgroup', { ...input, workgroupArn: 'WORKGROUP', status: 'AVAILABLE', endpoint })
    return undefined
  },
  'redshift-serverless:GetWorkgroup': (_, things) => ({
    workgroup: listed('workgroup', things)[0],
  }),
  'redshift-serverless:ListWorkgroups': (_, things) => ({
    workgroups: listed('workgroup', things),
  }),
  'redshift-serverless:DeleteWorkgroup': (_, things) => remove('workgroup', things),
  'redshift-serverless:ListTagsForResource': ({ resourceArn }, things) => ({
    tags: listed(resourceArn === 'WORKGROUP' ? 'workgroup' : 'namespace', things)[0]?.tags,
  }),
}

function listed(kind: string, { made }: Things): Record<string, unknown>[] {
  const thing = made.get(kind)
  return thing ? [thing] : []
}

function remove(kind: string, { made }: Things): undefined {
  made.delete(kind)
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn'
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws'
}

function vpcOf(filters: { Values: string[] }[] = []): string {
  return filters[0]?.Values[0] ?? 'VPC'
}
