import type { Account } from './account'
import { type Action, action, demand, known } from './action'
import { Refusal } from './refusal'
import { isIdentifier } from './rules'

export interface Snapshot {
  name: string
  of: { cluster?: string; namespace?: string }
  created: Date
}

/** Snapshots of provisioned clusters. */
export const snapshots: Record<string, Action> = {
  DescribeClusterSnapshots: action<{ ClusterIdentifier?: string; SnapshotIdentifier?: string }>(
    [],
    ({ ClusterIdentifier: cluster, SnapshotIdentifier: name }, account) => {
      const found = [...account.snapshots.values()].filter(
        (snapshot) =>
          snapshot.of.cluster !== undefined &&
          (cluster === undefined || snapshot.of.cluster === cluster) &&
          (name === undefined || snapshot.name === name),
      )
      const isThere = name === undefined || found.length > 0
      demand(isThere, 'ClusterSnapshotNotFound', `Snapshot ${name} not found.`, 404)
      return {
        Snapshots: {
          Snapshot: found.map((snapshot) => ({
            SnapshotIdentifier: snapshot.name,
            ClusterIdentifier: snapshot.of.cluster,
            SnapshotCreateTime: snapshot.created,
            SnapshotType: 'manual',
            Status: 'available',
          })),
        },
      }
    },
  ),
}

/** Snapshots of namespaces. */
export const serverlessSnapshots: Record<string, Action> = {
  GetSnapshot: action<{ snapshotName: string }>(['snapshotName'], ({ snapshotName }, account) => {
    const words = `Snapshot ${snapshotName} was not found.`
    const { name, of } = known(
      account.snapshots,
      snapshotName,
      new Refusal('ResourceNotFoundException', words),
    )
    return { snapshot: { snapshotName: name, namespaceName: of.namespace } }
  }),
  ListSnapshots: action<{ namespaceName?: string }>([], ({ namespaceName: namespace }, account) => {
    const found = [...account.snapshots.values()].filter(
      ({ of }) => of.namespace !== undefined && (namespace ?? of.namespace) === of.namespace,
    )
    return {
      snapshots: found.map(({ name, of, created }) => ({
        snapshotName: name,
        namespaceName: of.namespace,
        snapshotCreateTime: created,
        status: 'AVAILABLE',
      })),
    }
  }),
}

/** Keeps a final snapshot. */
export function keepSnapshot(account: Account, name: string, of: Snapshot['of']): void {
  const isOfCluster = of.cluster !== undefined
  const [invalid, taken] = isOfCluster
    ? ['InvalidParameterValue', 'ClusterSnapshotAlreadyExists']
    : ['ValidationException', 'ConflictException']
  demand(isIdentifier(name, 235), invalid, `Invalid snapshot identifier: ${name}`)
  demand(!account.snapshots.has(name), taken, `Snapshot ${name} already exists.`)
  account.snapshots.set(name, { name, of, created: new Date() })
}
