import { describeAwsFault } from './aws-errors'
import { Unreachable } from './errors'
import { keepSecret } from './redact'
import type { Settings, SignInWay } from './settings'

/** A name and a password that Redshift takes, and until when, where they are temporary. */
export interface SignedIn {
  user: string
  password: string
  expires?: Date
}

/** What a way to sign in comes by: of what answers in AWS's place, nothing. */
interface Answered {
  user: string | undefined
  password: string | undefined
  expires?: Date | undefined
}

/** A way to sign in; it imports what it needs itself. */
type SignIn = (settings: Settings) => Promise<Answered>

/**
 * Signs in the way that the settings name. What it gives is kept out of all output.
 * @throws Unreachable where AWS refuses, or does not answer
 */
export async function signIn(settings: Settings): Promise<SignedIn> {
  const { user, password, expires } = await ways[settings.REDSHIFT_SIGN_IN](settings)
  if (!user || !password) {
    throw new Unreachable(
      'AWS was asked for a name and a password for Redshift, and what answered gave none, so it is ' +
        'not AWS. Look at the network and at AWS_ENDPOINT_URL.',
    )
  }
  keepSecret(password)
  return { user, password, ...(expires && { expires }) }
}

const ways: Record<SignInWay, SignIn> = {
  iam: (settings) =>
    settings.REDSHIFT_WORKGROUP ? withWorkgroup(settings) : withCluster(settings),
  secret: withSecret,
  password: ({ REDSHIFT_USER, REDSHIFT_PASSWORD }) =>
    Promise.resolve({ user: REDSHIFT_USER, password: REDSHIFT_PASSWORD }),
}

// What expires sooner than this is asked for again: a connection takes a while. In milliseconds.
const margin = 60_000

/** `ask`, asked once for all who want to know, and again where the answer expires or failed. */
export function renewed(ask: () => Promise<SignedIn>): () => Promise<SignedIn> {
  let answer: Promise<SignedIn> | undefined
  let goodUntil = Infinity
  const forget = () => (answer = undefined)
  return () => {
    if (Date.now() > goodUntil) forget()
    if (answer) return answer
    goodUntil = Infinity
    answer = ask()
    answer.then(({ expires }) => {
      if (expires) goodUntil = expires.getTime() - margin
    }, forget)
    return answer
  }
}

interface Credentials {
  secretAccessKey: string
  sessionToken?: string
}

/** What the AWS clients of the sign-in have in common; region and endpoint come from the settings. */
function clientConfig({ AWS_REGION }: Settings) {
  // It would tell every user which Node the SDK's later versions need: that is for us who pin it.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  return {
    ...(AWS_REGION && { region: AWS_REGION }),
    // Three attempts have to fit into the time that the pool has for a connection.
    requestHandler: {
      connectionTimeout: 3000,
      requestTimeout: 8000,
      throwOnRequestTimeout: true,
    },
  }
}

/** Keeps out of all output what a client signs its requests with, wherever it was found. */
export async function keepCredentials(client: {
  config: { credentials: () => Promise<Credentials> }
}): Promise<void> {
  const { secretAccessKey, sessionToken } = await client.config.credentials()
  keepSecret(secretAccessKey)
  keepSecret(sessionToken)
}

/** Temporary credentials of a provisioned cluster, for the database user of the caller's IAM identity. */
async function withCluster(settings: Settings): Promise<Answered> {
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

/** Temporary credentials of a workgroup of Serverless, for the user of the caller's IAM identity. */
async function withWorkgroup(settings: Settings): Promise<Answered> {
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

// A secret may be rotated during a long run, so it is read again after a while, in milliseconds.
const freshness = 15 * 60_000

/** The name and the password in a secret of Secrets Manager, as Redshift manages it. */
async function withSecret(settings: Settings): Promise<Answered> {
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
