import { describeAwsFault } from '../../warehouse/aws-errors'
import { keepCredentials } from '../../warehouse/sign-in'
import type { Aws, Service } from './aws'
import { subjectOf } from './calls'
import { adviceFor } from './faults'

interface Client {
  config: { credentials: () => Promise<{ secretAccessKey: string }> }
  send: (command: object, options: { abortSignal: AbortSignal }) => Promise<unknown>
}

type Loaded = Record<string, new (given: object) => object>

/** Where each service's client comes from; loaded with its first request. */
const packages: Record<Service, { load: () => Promise<unknown>; client: string }> = {
  sts: { load: () => import('@aws-sdk/client-sts'), client: 'STSClient' },
  iam: { load: () => import('@aws-sdk/client-iam'), client: 'IAMClient' },
  ec2: { load: () => import('@aws-sdk/client-ec2'), client: 'EC2Client' },
  redshift: { load: () => import('@aws-sdk/client-redshift'), client: 'RedshiftClient' },
  'redshift-serverless': {
    load: () => import('@aws-sdk/client-redshift-serverless'),
    client: 'RedshiftServerlessClient',
  },
  secretsmanager: {
    load: () => import('@aws-sdk/client-secrets-manager'),
    client: 'SecretsManagerClient',
  },
}

/**
 * AWS itself, in a region: credentials and endpoints are the SDK's to find. Throttling is waited out;
 * what cannot be reached fails within seconds.
 */
export function liveAws(region: string, signal: AbortSignal): Aws {
  const clients = new Map<Service, Promise<[Loaded, Client]>>()
  const open = async (service: Service): Promise<[Loaded, Client]> => {
    const { load, client } = packages[service]
    const loaded = (await load()) as Loaded
    const given = {
      region,
      maxAttempts: 5,
      requestHandler: {
        connectionTimeout: 3000,
        requestTimeout: 30_000,
        throwOnRequestTimeout: true,
      },
    }
    const opened = new loaded[client]!(given) as Client
    await keepCredentials(opened)
    return [loaded, opened]
  }
  return {
    async call(service, operation, input) {
      if (!clients.has(service)) clients.set(service, open(service))
      try {
        const [loaded, client] = await clients.get(service)!
        const command = new loaded[`${operation}Command`]!(input as object)
        return (await client.send(command, { abortSignal: signal })) as never
      } catch (error) {
        signal.throwIfAborted()
        const action = `${service}:${operation}`
        const fault = describeAwsFault(error, { action, what: subjectOf(action, input as object) })
        throw adviceFor(fault)
      }
    },
  }
}
