import { describeAwsFault } from '../warehouse/aws-errors'
import { describe, Unreachable } from '../warehouse/errors'
import { keepCredentials } from '../warehouse/sign-in'

/** The SDK's clients of the services that are asked, by the names that permissions have for these. */
async function loadClients() {
  const [sts, iam, cloudformation, redshift, serverless, secrets, tagging] = await Promise.all([
    import('@aws-sdk/client-sts'),
    import('@aws-sdk/client-iam'),
    import('@aws-sdk/client-cloudformation'),
    import('@aws-sdk/client-redshift'),
    import('@aws-sdk/client-redshift-serverless'),
    import('@aws-sdk/client-secrets-manager'),
    import('@aws-sdk/client-resource-groups-tagging-api'),
  ])
  return {
    sts: sts.STS,
    iam: iam.IAM,
    cloudformation: cloudformation.CloudFormation,
    redshift: redshift.Redshift,
    'redshift-serverless': serverless.RedshiftServerless,
    secretsmanager: secrets.SecretsManager,
    tag: tagging.ResourceGroupsTaggingAPI,
  }
}

type Loaded = Awaited<ReturnType<typeof loadClients>>

let loading: Promise<Loaded> | undefined

/**
 * The one way to AWS: clients that throw Unreachable or UsageError with the SDK's error as its cause; see
 * `faultName`.
 */
export type Aws = { [S in keyof Loaded]: InstanceType<Loaded[S]> }

/** Who calls, and where. */
export interface Account {
  id: string
  /** aws, aws-cn or aws-us-gov */
  partition: string
  region: string
  caller: string
}

type Client = Parameters<typeof keepCredentials>[0] & {
  middlewareStack: { add: (middleware: Middleware, options: object) => void }
}
type Middleware = (next: Next, context: { commandName?: string }) => Next
type Next = (given: {
  input: object
}) => Promise<{ response: { headers?: Record<string, string> } }>

// The SDK tries three times (AWS_MAX_ATTEMPTS); in milliseconds.
const timeouts = { connectionTimeout: 3000, requestTimeout: 10_000, throwOnRequestTimeout: true }
const silenceMs = 5000

/**
 * AWS itself, in a region: credentials and endpoints are the SDK's to find. What does not answer is said
 * after five seconds, and given up after half a minute; after an abort nothing more is asked.
 */
export async function openAws(
  region: string,
  signal: AbortSignal,
  notice: (text: string) => void,
): Promise<Aws> {
  const open = ([service, OfService]: [string, unknown]) => {
    const config = { region, requestHandler: timeouts }
    const client = new (OfService as new (given: object) => Client)(config)
    const inWords: Middleware =
      (next, { commandName = '' }) =>
      async (given) => {
        signal.throwIfAborted()
        const action = `${service}:${commandName.replace(/Command$/, '')}`
        const slowly = () =>
          notice(`${action} has not been answered yet; it is tried for half a minute.`)
        const slow = setTimeout(slowly, silenceMs)
        try {
          await keepCredentials(client)
          return await next(given)
        } catch (error) {
          signal.throwIfAborted()
          const what = subjectOf(action, given.input)
          throw adviceFor(describeAwsFault(error, { action, what }))
        } finally {
          clearTimeout(slow)
        }
      }
    client.middlewareStack.add(refuseHtml, { step: 'deserialize', priority: 'low' })
    client.middlewareStack.add(inWords, { step: 'initialize', priority: 'high' })
    return [service, client] as const
  }
  const opened = Object.entries(await (loading ??= loadClients())).map(open)
  return Object.fromEntries(opened) as unknown as Aws
}

// A portal or a proxy in between answers 200 with a page of its own, which the SDK takes for an empty answer.
const refuseHtml: Middleware = (next) => async (given) => {
  const answered = await next(given)
  const type = answered.response.headers?.['content-type'] ?? ''
  if (!/^text\/html/i.test(type)) return answered
  throw new Error('It was answered by a page of HTML.')
}

/** A request as the beginning of a sentence: `cloudformation:DescribeStacks (sparkify)`. */
function subjectOf(action: string, input: object): string {
  const { StackName, ClusterIdentifier, workgroupName, RoleName } = input as Record<string, unknown>
  const about = StackName ?? ClusterIdentifier ?? workgroupName ?? RoleName
  return typeof about === 'string' ? `${action} (${about})` : action
}

/** The name of the fault that AWS answered with, without Fault or Exception; '' where it did not answer. */
export function faultName(error: unknown): string {
  const { cause } = (error ?? {}) as { cause?: unknown }
  const answer = cause ?? error
  if (!(answer instanceof Error) || !('$metadata' in answer)) return ''
  return answer.name.replace(/(Fault|Exception)$/, '')
}

/** What a request gives, or undefined where AWS says by this fault that there is no such thing. */
export async function unlessAbsent<T>(name: string, request: Promise<T>): Promise<T | undefined> {
  try {
    return await request
  } catch (error) {
    if (faultName(error) === name) return undefined
    throw error
  }
}

/** All items of an answer that comes in pages. */
export async function allOf<P, T>(
  pages: AsyncIterable<P>,
  of: (page: P) => T[] | undefined,
): Promise<T[]> {
  const all: T[] = []
  for await (const page of pages) all.push(...(of(page) ?? []))
  return all
}

/** What is to be done about what AWS refuses, by the words of the error or of a stack's events. */
const advices: [words: RegExp, advice: string][] = [
  [
    /Insufficient(Cluster)?Capacity/i,
    'AWS has no room for it now. Try another --node-type, another --region or --serverless, or try again later.',
  ],
  [
    /(Quota|Limit) ?Exceeded|exceeded the (quota|number|limit)/i,
    'A quota of the account is reached. Ask for a higher one (Service Quotas, Amazon Redshift), or remove ' +
      'what is no longer needed; then run `up` again.',
  ],
  [
    /InvalidVPCNetworkState|InvalidSubnet|No default VPC|three subnets|availability zones/i,
    'The network does not fit. Name another one with --vpc and --subnets: Serverless wants three subnets in ' +
      'three availability zones, --public an internet gateway.',
  ],
  [/Snapshot.*already ?exists/i, 'Choose another name for --snapshot. Nothing was removed.'],
  [/AlreadyExists|already exists/i, 'Choose another --name, or remove what has it.'],
  [
    /DependencyViolation|has a dependent object/i,
    'Something else still uses it: the EC2 console, Network interfaces, says what. Remove that first.',
  ],
]

/** What to do about words of AWS, where we know it. */
export function adviceOn(words: string): string | undefined {
  return advices.find(([pattern]) => pattern.test(words))?.[1]
}

function adviceFor(fault: Error): Error {
  const advice = faultName(fault) && adviceOn(`${faultName(fault)} ${fault.message}`)
  if (!advice) return fault
  return new Unreachable(`${describe(fault)}\n${advice}`, { cause: fault.cause })
}
