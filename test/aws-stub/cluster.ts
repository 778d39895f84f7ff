import type { Account } from './account'
import type { ClusterParameters } from './cluster-rules'
import { keepSecret } from './secrets'
import { type Tags, readTags, tagList } from './tags'
import { Timeline } from './timeline'

export interface Cluster {
  name: string
  status: string
  availability: string
  nodeType: string
  nodes: number
  user: string
  database: string
  port: number
  isPublic: boolean
  /** ARN, and whether the cluster has taken it on. */
  roles: Map<string, 'adding' | 'in-sync' | 'removing'>
  defaultRole: string | undefined
  groups: string[]
  subnetGroup: string | undefined
  secret: string | undefined
  created: Date
  tags: Tags
  timeline: Timeline
}

/** A cluster that is being made. */
export function newCluster(parameters: ClusterParameters, account: Account): Cluster {
  const { ClusterIdentifier: name, MasterUsername: user } = parameters
  const timeline = new Timeline()
  const cluster: Cluster = {
    name,
    status: 'creating',
    availability: 'Modifying',
    nodeType: parameters.NodeType,
    nodes: Number(parameters.NumberOfNodes ?? 1),
    user,
    database: parameters.DBName ?? 'dev',
    port: Number(parameters.Port ?? 5439),
    isPublic: parameters.PubliclyAccessible === 'true',
    roles: new Map(),
    defaultRole: parameters.DefaultIamRoleArn,
    groups: parameters.VpcSecurityGroupIds ?? [],
    subnetGroup: parameters.ClusterSubnetGroupName,
    secret:
      parameters.ManageMasterPassword === 'true' ? keepSecret(account, name, user) : undefined,
    created: new Date(),
    tags: readTags(parameters.Tags),
    timeline,
  }
  timeline.after(account.looks, () => {
    cluster.status = 'available'
    cluster.availability = 'Available'
  })
  for (const arn of parameters.IamRoles ?? []) takeOn(cluster, arn, Math.min(1, account.looks))
  return cluster
}

/** Lets a cluster take a role on, which it does not at once. */
export function takeOn({ roles, timeline }: Cluster, arn: string, looks: number): void {
  roles.set(arn, 'adding')
  timeline.after(looks, () => roles.set(arn, 'in-sync'))
}

/** A cluster as Redshift describes it. */
export function writtenCluster(cluster: Cluster, account: Account) {
  const { name, status, roles } = cluster
  return {
    ClusterIdentifier: name,
    NodeType: cluster.nodeType,
    ClusterStatus: status,
    ClusterAvailabilityStatus: cluster.availability,
    MasterUsername: cluster.user,
    DBName: cluster.database,
    // There is no address before the cluster has been made.
    Endpoint:
      status === 'creating'
        ? undefined
        : { Address: account.address.host, Port: account.address.port },
    ClusterCreateTime: status === 'creating' ? undefined : cluster.created,
    VpcSecurityGroups: {
      VpcSecurityGroup: cluster.groups.map((id) => ({
        VpcSecurityGroupId: id,
        Status: 'active',
      })),
    },
    ClusterSubnetGroupName: cluster.subnetGroup ?? 'default',
    VpcId: account.vpc,
    AvailabilityZone: `${account.region}a`,
    NumberOfNodes: cluster.nodes,
    PubliclyAccessible: cluster.isPublic,
    Encrypted: true,
    Tags: { Tag: tagList(cluster.tags) },
    IamRoles: {
      ClusterIamRole: [...roles].map(([IamRoleArn, ApplyStatus]) => ({ IamRoleArn, ApplyStatus })),
    },
    ClusterNamespaceArn: account.arn('redshift', `namespace:${name}`),
    DefaultIamRoleArn: cluster.defaultRole,
    MasterPasswordSecretArn: cluster.secret,
  }
}
