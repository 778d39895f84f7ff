import { demand } from './action'
import { isIdentifier, isPort } from './rules'
import type { WrittenTag } from './tags'

/** What a cluster can be created with, as a form says it. */
export interface ClusterParameters {
  ClusterIdentifier: string
  NodeType: string
  MasterUsername: string
  MasterUserPassword?: string
  ManageMasterPassword?: string
  DBName?: string
  ClusterType?: string
  NumberOfNodes?: string
  Port?: string
  Encrypted?: string
  PubliclyAccessible?: string
  IamRoles?: string[]
  DefaultIamRoleArn?: string
  VpcSecurityGroupIds?: string[]
  ClusterSubnetGroupName?: string
  Tags?: WrittenTag[]
}

interface Rule {
  code?: string
  holds: (parameters: ClusterParameters) => boolean
  words: (parameters: ClusterParameters) => string
}

const nodeTypes = /^(rg\.(x|4x|12x)?large|ra3\.(large|xlplus|4xlarge|16xlarge))$/

/** Facts 4. Amazon's own words where they are known. */
const rules: Rule[] = [
  {
    holds: ({ ClusterIdentifier: name }) => isIdentifier(name),
    words: ({ ClusterIdentifier: name }) => `Invalid cluster identifier: ${name}`,
  },
  {
    holds: ({ NodeType }) => nodeTypes.test(NodeType),
    words: ({ NodeType }) => `Invalid node type: ${NodeType}`,
  },
  {
    holds: ({ MasterUsername: name }) => /^[a-z_][a-z0-9_+.@-]{0,127}$/.test(name),
    words: ({ MasterUsername: name }) => `Invalid master username: ${name}`,
  },
  {
    holds: ({ DBName: name = 'dev' }) => /^[a-z_][a-z0-9_$]{0,126}$/.test(name),
    words: ({ DBName: name }) => `Invalid database name: ${name}`,
  },
  {
    code: 'InvalidParameterCombination',
    holds: ({ ManageMasterPassword: managed, MasterUserPassword: password }) =>
      (managed === 'true') !== (password !== undefined),
    words: () => 'Specify either ManageMasterPassword or MasterUserPassword.',
  },
  {
    code: 'InvalidParameterCombination',
    holds: ({ ClusterType = 'multi-node', NumberOfNodes: nodes }) =>
      ClusterType === 'multi-node' ? Number(nodes) >= 2 : Number(nodes ?? 1) === 1,
    words: ({ ClusterType = 'multi-node', NumberOfNodes: nodes = 'none' }) =>
      `Number of nodes for cluster type ${ClusterType} is invalid: ${nodes}`,
  },
  {
    holds: ({ Encrypted }) => Encrypted !== 'false',
    words: () => 'Creating an unencrypted cluster is not supported.',
  },
  {
    holds: ({ Port = '5439' }) => isPort(Number(Port)),
    words: ({ Port }) => `Invalid port: ${Port}`,
  },
  {
    holds: ({ DefaultIamRoleArn: arn, IamRoles = [] }) =>
      arn === undefined || IamRoles.includes(arn),
    words: () => 'The default IAM role must be one of the IAM roles of the cluster.',
  },
]

/** Refuses what Redshift would refuse of a new cluster. */
export function checkCluster(parameters: ClusterParameters): void {
  for (const { code = 'InvalidParameterValue', holds, words } of rules) {
    demand(holds(parameters), code, words(parameters))
  }
}
