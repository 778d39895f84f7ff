import { describeAwsFault } from '../aws-faults'
import { Unreachable } from '../errors'
import type { Settings } from '../settings'
import { clientConfig, keepCredentials } from './client-config'
import type { Answered } from './sign-in'

/** Temporary credentials of a provisioned cluster, for the database user of the caller's IAM identity. */
export async function withCluster(settings: Settings): Promise<Answered> {
  const { GetClusterCredentialsWithIAMCommand, RedshiftClient } =
    await import('@aws-sdk/client-redshift')
  const client = new RedshiftClient(clientConfig(settings))
  const { REDSHIFT_CLUSTER: ClusterIdentifier, REDSHIFT_DATABASE: DbName } = settings
  const command = new GetClusterCredentialsWithIAMCommand({
    ClusterIdentifier,
    DbName,
    DurationSeconds: 3600,
  })
  try {
    await keepCredentials(client)
    const { DbUser, DbPassword, Expiration } = await client.send(command)
    return { user: DbUser, password: DbPassword, expires: Expiration }
  } catch (error) {
    throw (error as Error).name === 'ClusterNotFoundFault'
      ? noCluster(settings, error)
      : describeAwsFault(error, {
          what: `Signing in to the cluster "${ClusterIdentifier}" with IAM`,
          action: 'redshift:GetClusterCredentialsWithIAM',
        })
  } finally {
    client.destroy()
  }
}

function noCluster({ REDSHIFT_CLUSTER, AWS_REGION }: Settings, cause: unknown): Unreachable {
  return new Unreachable(
    `REDSHIFT_CLUSTER is "${REDSHIFT_CLUSTER}", and there is no such cluster in ${AWS_REGION} for ` +
      'these AWS credentials. `sparkify cluster status` shows what there is; correct ' +
      'REDSHIFT_CLUSTER, AWS_REGION or the credentials (AWS_PROFILE).',
    { cause },
  )
}
