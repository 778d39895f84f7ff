import { describeAwsFault } from '../aws-faults'
import { Unreachable } from '../errors'
import type { Settings } from '../settings'
import { clientConfig, keepCredentials } from './client-config'
import type { Answered } from './sign-in'

// A secret may be rotated during a long run, so it is read again after a while, in milliseconds.
const freshness = 15 * 60_000

/** The name and the password in a secret of Secrets Manager, as Redshift manages it. */
export async function withSecret(settings: Settings): Promise<Answered> {
  const { GetSecretValueCommand, SecretsManagerClient } =
    await import('@aws-sdk/client-secrets-manager')
  const client = new SecretsManagerClient(clientConfig(settings))
  const { REDSHIFT_SECRET_ARN: SecretId } = settings
  try {
    await keepCredentials(client)
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }))
    return signedInBy(SecretString, settings)
  } catch (error) {
    throw (error as Error).name === 'ResourceNotFoundException'
      ? noSecret(settings, error)
      : describeAwsFault(error, {
          what: `Reading the secret ${SecretId}`,
          action: 'secretsmanager:GetSecretValue',
        })
  } finally {
    client.destroy()
  }
}

function signedInBy(text: string, settings: Settings): Answered {
  const { username, password } = parsed(text)
  if (typeof username !== 'string' || typeof password !== 'string') {
    throw new Unreachable(
      `REDSHIFT_SECRET_ARN names the secret ${settings.REDSHIFT_SECRET_ARN}, and what it holds is ` +
        'not the JSON object with "username" and "password" that is expected. `sparkify cluster ' +
        'status` shows what there is; correct REDSHIFT_SECRET_ARN.',
    )
  }
  return { user: username, password, expires: new Date(Date.now() + freshness) }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text)) as Record<string, unknown>
  } catch {
    return {} // the parser's words would show a part of the secret
  }
}

function noSecret({ REDSHIFT_SECRET_ARN, AWS_REGION }: Settings, cause: unknown): Unreachable {
  return new Unreachable(
    `REDSHIFT_SECRET_ARN is ${REDSHIFT_SECRET_ARN}, and there is no such secret in ${AWS_REGION}. ` +
      'Managed secrets go with their cluster: `sparkify cluster status` shows what there is; ' +
      'correct REDSHIFT_SECRET_ARN or AWS_REGION.',
    { cause },
  )
}
