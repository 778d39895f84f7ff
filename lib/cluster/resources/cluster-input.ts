import type { CreateClusterCommandInput } from '@aws-sdk/client-redshift'
import { adminUser, nodesOf } from '../wishes/wishes'
import type { Order } from './resource'
import { asUpperTags } from './tags'

/** What a cluster is made with: an ARN, the number of a group, and a name. */
interface Parts {
  role: string
  group: string
  subnetGroup: string | undefined
}

/** A cluster as it is asked for: encrypted, its password in Secrets Manager only. */
export function clusterInput(
  { name, wishes, tags }: Order,
  { role, group, subnetGroup }: Parts,
): CreateClusterCommandInput {
  const { nodeType, nodes } = nodesOf(wishes)
  return {
    ClusterIdentifier: name,
    NodeType: nodeType,
    // With one node AWS wants no number, with more it wants one.
    ...(nodes === 1
      ? { ClusterType: 'single-node' }
      : { ClusterType: 'multi-node', NumberOfNodes: nodes }),
    DBName: wishes.database,
    Port: wishes.port,
    MasterUsername: adminUser,
    ManageMasterPassword: true,
    Encrypted: true,
    PubliclyAccessible: wishes.public,
    VpcSecurityGroupIds: [group],
    ...(subnetGroup === undefined ? {} : { ClusterSubnetGroupName: subnetGroup }),
    IamRoles: [role],
    DefaultIamRoleArn: role,
    Tags: asUpperTags(tags),
  }
}
