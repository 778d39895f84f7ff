import { describeAwsFault } from '../aws-faults'
import { Unreachable } from '../errors'
import type { Settings } from '../settings'
import { clientConfig, keepCredentials } from './client-config'
import type { Answered } from './sign-in'

/** Temporary credentials of a workgroup of Serverless, for the user of the caller's IAM identity. */
export async function withWorkgroup(settings: Settings): Promise<Answered> {
  const { GetCredentialsCommand, RedshiftServerlessClient } =
    await import('@aws-sdk/client-redshift-serverless')
  const client = new RedshiftServerlessClient(clientConfig(settings))
  const { REDSHIFT_WORKGROUP: workgroupName, REDSHIFT_DATABASE: dbName } = settings
  const command = new GetCredentialsCommand({ workgroupName, dbName, durationSeconds: 3600 })
  try {
    await keepCredentials(client)
    const { dbUser, dbPassword, expiration } = await client.send(command)
    return { user: dbUser, password: dbPassword, expires: expiration }
  } catch (error) {
    throw (error as Error).name === 'ResourceNotFoundException'
      ? noWorkgroup(settings, error)
      : describeAwsFault(error, {
          what: `Signing in to the workgroup "${workgroupName}" with IAM`,
          action: 'redshift-serverless:GetCredentials',
        })
  } finally {
    client.destroy()
  }
}

function noWorkgroup({ REDSHIFT_WORKGROUP, AWS_REGION }: Settings, cause: unknown): Unreachable {
  return new Unreachable(
    `REDSHIFT_WORKGROUP is "${REDSHIFT_WORKGROUP}", and there is no such workgroup in ` +
      `${AWS_REGION} for these AWS credentials. \`sparkify cluster status\` shows what there is; ` +
      'correct REDSHIFT_WORKGROUP, AWS_REGION or the credentials (AWS_PROFILE).',
    { cause },
  )
}
