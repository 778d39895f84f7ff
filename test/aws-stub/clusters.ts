import type { Account } from './account'
import { type Action, action, demand, known } from './action'
import { type Cluster, newCluster, takeOn, writtenCluster } from './cluster'
import { checkGroups, linger } from './group'
import { checkRoles } from './roles'
import { type ClusterParameters, checkCluster } from './cluster-rules'
import { Refusal } from './refusal'
import { keepSnapshot } from './snapshots'
import { type TagQuery, type WrittenTag, hasTags, readTags } from './tags'

interface Named {
  ClusterIdentifier: string
}

interface Deletion extends Named {
  SkipFinalClusterSnapshot?: string
  FinalClusterSnapshotIdentifier?: string
}

interface RoleChange extends Named {
  AddIamRoles?: string[]
  RemoveIamRoles?: string[]
  DefaultIamRoleArn?: string
}

/** Provisioned clusters. */
export const clusters: Record<string, Action> = {
  CreateCluster: action<ClusterParameters>(
    ['ClusterIdentifier', 'NodeType', 'MasterUsername'],
    (parameters, account) => {
      checkCluster(parameters)
      const { ClusterIdentifier: name, IamRoles = [], VpcSecurityGroupIds = [] } = parameters
      demand(!account.clusters.has(name), 'ClusterAlreadyExists', 'Cluster already exists')
      demand(account.subnets > 0, 'InvalidVPCNetworkStateFault', 'No default subnets were found.')
      checkGroups(account, VpcSecurityGroupIds, 'InvalidParameterValue')
      checkRoles(account, IamRoles, 'InvalidParameterValue', 'redshift.amazonaws.com')
      const cluster = newCluster(parameters, account)
      account.clusters.set(name, cluster)
      return { Cluster: writtenCluster(cluster, account) }
    },
  ),
  DescribeClusters: action<Partial<Named> & TagQuery>(
    [],
    ({ ClusterIdentifier: name, ...query }, account) => {
      const all = name === undefined ? [...account.clusters.values()] : [lookAt(name, account)]
      const found = all.filter(({ tags }) => hasTags(tags, query))
      return { Clusters: { Cluster: found.map((cluster) => writtenCluster(cluster, account)) } }
    },
  ),
  ModifyClusterIamRoles: action<RoleChange>(['ClusterIdentifier'], (parameters, account) => {
    const { AddIamRoles = [], RemoveIamRoles = [], DefaultIamRoleArn } = parameters
    const cluster = clusterOf(parameters.ClusterIdentifier, account)
    demandIdle(cluster)
    checkRoles(account, AddIamRoles, 'InvalidParameterValue', 'redshift.amazonaws.com')
    for (const arn of RemoveIamRoles) cluster.roles.delete(arn)
    for (const arn of AddIamRoles) takeOn(cluster, arn, account.looks)
    cluster.defaultRole = DefaultIamRoleArn ?? cluster.defaultRole
    return { Cluster: writtenCluster(cluster, account) }
  }),
  ResumeCluster: action<Named>(['ClusterIdentifier'], ({ ClusterIdentifier: name }, account) => {
    const cluster = clusterOf(name, account)
    const isPaused = cluster.status === 'paused'
    demand(isPaused, 'InvalidClusterState', `Cluster ${name} is not paused.`)
    cluster.status = 'resuming'
    cluster.timeline.after(account.looks, () => (cluster.status = 'available'))
    return { Cluster: writtenCluster(cluster, account) }
  }),
  DeleteCluster: action<Deletion>(['ClusterIdentifier'], (parameters, account) => {
    const { ClusterIdentifier: name, FinalClusterSnapshotIdentifier: snapshot } = parameters
    const isSkipped = parameters.SkipFinalClusterSnapshot === 'true'
    demand(
      isSkipped !== (snapshot !== undefined),
      'InvalidParameterCombination',
      'FinalClusterSnapshotIdentifier is required unless SkipFinalClusterSnapshot is specified.',
    )
    const cluster = clusterOf(name, account)
    demandIdle(cluster)
    if (snapshot !== undefined) keepSnapshot(account, snapshot, { cluster: name })
    cluster.status = snapshot === undefined ? 'deleting' : 'final-snapshot'
    cluster.timeline.after(account.looks, () => {
      account.clusters.delete(name)
      account.secrets.delete(cluster.secret ?? '')
      linger(account, cluster.groups)
    })
    return { Cluster: writtenCluster(cluster, account) }
  }),
  CreateTags: action<{ ResourceName: string; Tags: WrittenTag[] }>(
    ['ResourceName', 'Tags'],
    ({ ResourceName, Tags }, account) => {
      const name = ResourceName.slice(ResourceName.lastIndexOf(':') + 1)
      Object.assign(clusterOf(name, account).tags, readTags(Tags))
      return {}
    },
  ),
  GetClusterCredentialsWithIAM: action<Partial<Named> & { DurationSeconds?: string }>(
    ['ClusterIdentifier'],
    ({ ClusterIdentifier: name = '', DurationSeconds: seconds = '900' }, account) => {
      clusterOf(name, account)
      const isGood = Number(seconds) >= 900 && Number(seconds) <= 3600
      demand(isGood, 'InvalidParameterValue', `Invalid duration: ${seconds}`)
      return {
        DbUser: `IAM:${account.user}`,
        DbPassword: account.password(),
        Expiration: new Date(Date.now() + Number(seconds) * 1000),
      }
    },
  ),
}

function lookAt(name: string, account: Account): Cluster {
  account.clusters.get(name)?.timeline.pass()
  return clusterOf(name, account)
}

function clusterOf(name: string, { clusters }: Account): Cluster {
  return known(clusters, name, new Refusal('ClusterNotFound', `Cluster ${name} not found.`, 404))
}

function demandIdle({ status }: Cluster): void {
  const isIdle = ['available', 'paused', 'incompatible-network', 'hardware-failure'].includes(
    status,
  )
  const words =
    'There is an operation running on the Cluster. Please try to delete it at a later time.'
  demand(isIdle, 'InvalidClusterState', words)
}
