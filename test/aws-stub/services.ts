import type { Action } from './action'
import { clusters } from './clusters'
import { groupRules } from './group-rules'
import { groups } from './groups'
import { namespaces } from './namespaces'
import { networks } from './networks'
import { type Protocol, awsJson, awsQuery, ec2Query } from './protocols'
import { rolePolicies } from './role-policies'
import { roles } from './roles'
import { secrets } from './secrets'
import { simulation } from './simulation'
import { serverlessSnapshots, snapshots } from './snapshots'
import { sts } from './sts'
import { subnetGroups } from './subnet-groups'
import { workgroups } from './workgroups'

/** What the account can be asked, by the name that calls are signed for. */
export const services: Record<string, { protocol: Protocol; actions: Record<string, Action> }> = {
  sts: { protocol: awsQuery, actions: sts },
  iam: { protocol: awsQuery, actions: { ...roles, ...rolePolicies, ...simulation } },
  ec2: { protocol: ec2Query, actions: { ...networks, ...groups, ...groupRules } },
  redshift: { protocol: awsQuery, actions: { ...clusters, ...subnetGroups, ...snapshots } },
  'redshift-serverless': {
    protocol: awsJson,
    actions: { ...namespaces, ...workgroups, ...serverlessSnapshots },
  },
  secretsmanager: { protocol: awsJson, actions: secrets },
}
