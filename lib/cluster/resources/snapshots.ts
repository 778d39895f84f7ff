import { UsageError } from '../../warehouse/errors'
import { isNotOffered, unlessAbsent } from '../aws/faults'
import type { Holding } from '../inventory'
import type { Place } from './resource'

/** The names of the manual snapshots of a warehouse, which outlive it and cost. */
export async function listSnapshots({ aws, name }: Place): Promise<string[]> {
  const ofCluster = await unlessAbsent(
    aws.call('redshift', 'DescribeClusterSnapshots', {
      ClusterIdentifier: name,
      SnapshotType: 'manual',
    }),
    'ClusterNotFound',
    'ClusterSnapshotNotFound',
  )
  const asked = aws.call('redshift-serverless', 'ListSnapshots', { namespaceName: name })
  const ofNamespace = await unlessAbsent(asked, 'ResourceNotFound').catch((error: unknown) => {
    if (!isNotOffered(error)) throw error
    return undefined
  })
  return [
    ...(ofCluster?.Snapshots ?? []).map(({ SnapshotIdentifier = '' }) => SnapshotIdentifier),
    ...(ofNamespace?.snapshots ?? []).map(({ snapshotName = '' }) => snapshotName),
  ]
}

/**
 * Refuses the name of a last snapshot that is taken, before anything is removed: the workgroup of a
 * namespace goes first.
 * @throws UsageError
 */
export async function refuseTakenName(
  { aws }: Place,
  ours: Holding[],
  snapshotName: string,
): Promise<void> {
  if (!ours.some(({ resource }) => resource.kind === 'namespace')) return
  const asked = aws.call('redshift-serverless', 'GetSnapshot', { snapshotName })
  const taken = await unlessAbsent(asked, 'ResourceNotFound')
  if (!taken?.snapshot) return
  throw new UsageError(
    `--snapshot is ${JSON.stringify(snapshotName)}: there is a snapshot of that name already, and a ` +
      'new name is expected. Nothing was removed.',
  )
}
