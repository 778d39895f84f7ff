import type { Cluster } from '@aws-sdk/client-redshift'
import type { Found } from './resource'
import { tagsOf } from './tags'

/** A cluster as Redshift describes it. */
export function foundIn(cluster: Cluster): Found {
  const { ClusterIdentifier: name = '', Endpoint, DBName, MasterPasswordSecretArn } = cluster
  return {
    id: cluster.ClusterNamespaceArn ?? name,
    name,
    state: (cluster.ClusterStatus ?? 'unknown').toLowerCase(),
    tags: tagsOf(cluster.Tags),
    since: cluster.ClusterCreateTime,
    endpoint: {
      isPublic: cluster.PubliclyAccessible ?? false,
      ...(Endpoint?.Address && { host: Endpoint.Address }),
      ...(Endpoint?.Port && { port: Endpoint.Port }),
      ...(DBName && { database: DBName }),
      ...(MasterPasswordSecretArn && { secretArn: MasterPasswordSecretArn }),
    },
    size: { nodeType: cluster.NodeType ?? '', nodes: cluster.NumberOfNodes ?? 1 },
  }
}

/** How far a role is attached: in-sync, not attached, or on the way. */
export function roleStateIn(cluster: Cluster | undefined, roleArn: string): string {
  const role = cluster?.IamRoles?.find(({ IamRoleArn }) => IamRoleArn === roleArn)
  return role ? (role.ApplyStatus ?? 'unknown') : 'not attached'
}
