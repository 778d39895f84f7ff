import { Unreachable } from '../warehouse/errors'
import { unlessAbsent } from './aws'
import type { Session } from './session'
import type { FoundStack } from './stack'
import { waitFor } from './wait'

/** The warehouse of a stack, as Redshift itself has it. */
export interface Warehouse {
  /** available, paused, resizing, modifying, creating …, in lower case. */
  state: string
  secretArn: string | undefined
}

/** How a warehouse stands; undefined: there is none. */
export async function lookAt(
  { aws, name }: Session,
  serverless: boolean,
): Promise<Warehouse | undefined> {
  if (!serverless) {
    const asked = aws.redshift.describeClusters({ ClusterIdentifier: name })
    const cluster = (await unlessAbsent('ClusterNotFound', asked))?.Clusters?.[0]
    if (!cluster) return undefined
    const { ClusterStatus = 'unknown', MasterPasswordSecretArn: secretArn } = cluster
    return { state: ClusterStatus.toLowerCase(), secretArn }
  }
  const redshift = aws['redshift-serverless']
  const of = redshift.getNamespace({ namespaceName: name })
  const namespace = (await unlessAbsent('ResourceNotFound', of))?.namespace
  if (!namespace) return undefined
  const asked = redshift.getWorkgroup({ workgroupName: name })
  const workgroup = (await unlessAbsent('ResourceNotFound', asked))?.workgroup
  const state = (workgroup?.status ?? 'without a workgroup').toLowerCase()
  return { state, secretArn: namespace.adminPasswordSecretArn }
}

/** Resumes a cluster that is paused, and waits until it is available. */
export async function resume(session: Session): Promise<void> {
  const { aws, name, story } = session
  await aws.redshift.resumeCluster({ ClusterIdentifier: name })
  story.push(`The cluster ${name} is being resumed`)
  await until(session, false, 'available', ({ state }) => state === 'available')
}

/**
 * The settings that lead to the warehouse of a stack that is whole: `up` writes them, and they go with `down`.
 * '' is not set, whatever stands before. Waits for the administrator's secret where that is how to sign in.
 */
export async function connectionSettings(session: Session, stack: FoundStack) {
  const { outputs, parameters, id, status } = stack
  const { name, account } = session
  const { Host, Port, Database, RoleArn, SignIn = 'iam', SecretArn } = outputs
  if (!Host || !Port || !Database || !RoleArn) {
    throw new Unreachable(
      `The stack ${name} is ${status}, and does not say where the warehouse is. Look at it by ` +
        '`sparkify cluster status`, and run `sparkify cluster up` again.',
    )
  }
  const serverless = parameters.Kind === 'serverless'
  const isAwaited = !SecretArn && SignIn === 'secret'
  const awaited = isAwaited
    ? await until(session, serverless, 'its secret', ({ secretArn }) => !!secretArn)
    : undefined
  return {
    AWS_REGION: account.region,
    REDSHIFT_STACK: id,
    REDSHIFT_HOST: Host,
    REDSHIFT_PORT: Port,
    REDSHIFT_DATABASE: Database,
    REDSHIFT_SIGN_IN: SignIn,
    REDSHIFT_CLUSTER: serverless ? '' : name,
    REDSHIFT_WORKGROUP: serverless ? name : '',
    REDSHIFT_SECRET_ARN: SecretArn || (awaited?.secretArn ?? ''),
    IAM_ROLE_ARN: RoleArn,
  }
}

async function until(
  session: Session,
  serverless: boolean,
  what: string,
  holds: (warehouse: Warehouse) => boolean,
): Promise<Warehouse> {
  const awaited = {
    what: `The warehouse ${session.name}, for ${what}`,
    usual: '1 to 5 minutes',
    otherwise: 'Run `sparkify cluster up` again.',
  }
  return waitFor(session.patience, awaited, async () => {
    const found = await lookAt(session, serverless)
    if (!found) throw new Unreachable(`The warehouse ${session.name} is gone. Run \`up\` again.`)
    return holds(found) ? { state: found.state, value: found } : { state: found.state }
  })
}

/** Keeps the data of a warehouse in a snapshot, and waits until it is whole. */
export async function keepSnapshot(
  { aws, name, story, patience }: Session,
  serverless: boolean,
  snapshot: string,
): Promise<void> {
  const { redshift, 'redshift-serverless': ofServerless } = aws
  const named = { SnapshotIdentifier: snapshot }
  await (serverless
    ? ofServerless.createSnapshot({ namespaceName: name, snapshotName: snapshot })
    : redshift.createClusterSnapshot({ ClusterIdentifier: name, ...named }))
  story.push(`The snapshot ${snapshot} is being made`)
  const awaited = {
    what: `The snapshot ${snapshot}`,
    usual: '5 to 15 minutes',
    otherwise: 'It goes on; run `sparkify cluster down` without --snapshot once it is whole.',
  }
  await waitFor(patience, awaited, async () => {
    const status = serverless
      ? (await ofServerless.getSnapshot({ snapshotName: snapshot })).snapshot?.status
      : (await redshift.describeClusterSnapshots(named)).Snapshots?.[0]?.Status
    const state = status?.toLowerCase() ?? 'unknown'
    if (state === 'failed')
      throw new Unreachable(`The snapshot ${snapshot} failed. Nothing was removed.`)
    return state === 'available' ? { state, value: true } : { state }
  })
  story[story.length - 1] = `The snapshot ${snapshot} is kept`
}
