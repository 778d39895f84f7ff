import { describeAwsFault } from '../warehouse/aws-errors'
import { describe, Unreachable } from '../warehouse/errors'
import { keepCredentials } from '../warehouse/sign-in'

/** The AWS services that are asked, by the names that permissions have for them; loaded with the first request. */
const packages = {
  sts: { load: () => import('@aws-sdk/client-sts'), client: 'STSClient' },
  iam: { load: () => import('@aws-sdk/client-iam'), client: 'IAMClient' },
  cloudformation: {
    load: () => import('@aws-sdk/client-cloudformation'),
    client: 'CloudFormationClient',
  },
  redshift: { load: () => import('@aws-sdk/client-redshift'), client: 'RedshiftClient' },
  'redshift-serverless': {
    load: () => import('@aws-sdk/client-redshift-serverless'),
    client: 'RedshiftServerlessClient',
  },
  secretsmanager: {
    load: () => import('@aws-sdk/client-secrets-manager'),
    client: 'SecretsManagerClient',
  },
  tag: {
    load: () => import('@aws-sdk/client-resource-groups-tagging-api'),
    client: 'ResourceGroupsTaggingAPIClient',
  },
}

type Service = keyof typeof packages

type Modules = { [S in Service]: Awaited<ReturnType<(typeof packages)[S]['load']>> }

/** What a service can be asked: `DescribeStacks`. */
type Operation<S extends Service> = {
  [K in keyof Modules[S]]: K extends `${infer Name}Command` ? Name : never
}[keyof Modules[S]]

type CommandOf<S extends Service, O extends Operation<S>> = `${O}Command` extends keyof Modules[S]
  ? Modules[S][`${O}Command`]
  : never

type Input<S extends Service, O extends Operation<S>> =
  CommandOf<S, O> extends new (...given: never[]) => { input: infer I } ? I : never

type Answer<S extends Service, O extends Operation<S>> =
  CommandOf<S, O> extends new (...given: never[]) => {
    resolveMiddleware: (...given: never[]) => (...given: never[]) => Promise<{ output: infer R }>
  }
    ? R
    : never

/** The one way to AWS: every request of `cluster` goes through `call`. */
export interface Aws {
  /** @throws Unreachable or UsageError, with the SDK's error as its cause; see `faultName` */
  call: <S extends Service, O extends Operation<S>>(
    service: S,
    operation: O,
    input: Input<S, O>,
  ) => Promise<Answer<S, O>>
}

/** Who calls, and where. */
export interface Account {
  id: string
  /** aws, aws-cn or aws-us-gov */
  partition: string
  region: string
  caller: string
}

interface Client {
  config: { credentials: () => Promise<{ secretAccessKey: string }> }
  send: (command: object, options: { abortSignal: AbortSignal }) => Promise<unknown>
  middlewareStack: { add: (middleware: Middleware, options: object) => void }
}

type Middleware = (next: Next) => Next
type Next = (given: unknown) => Promise<{ response: { headers?: Record<string, string> } }>

type Loaded = Record<string, new (given: object) => object>

// The SDK tries three times (AWS_MAX_ATTEMPTS); in milliseconds.
const timeouts = { connectionTimeout: 3000, requestTimeout: 10_000, throwOnRequestTimeout: true }
const silenceMs = 5000

/**
 * AWS itself, in a region: credentials and endpoints are the SDK's to find. What does not answer is said
 * after five seconds, and given up after half a minute.
 */
export function openAws(region: string, signal: AbortSignal, notice: (text: string) => void): Aws {
  const clients = new Map<Service, Promise<[Loaded, Client]>>()
  const open = async (service: Service): Promise<[Loaded, Client]> => {
    const { load, client } = packages[service]
    const loaded = (await load()) as unknown as Loaded
    const opened = new loaded[client]!({ region, requestHandler: timeouts }) as Client
    opened.middlewareStack.add(refuseHtml, { step: 'deserialize', priority: 'low' })
    await keepCredentials(opened)
    return [loaded, opened]
  }
  return {
    async call(service, operation, input) {
      if (!clients.has(service)) clients.set(service, open(service))
      const action = `${service}:${operation}`
      const slow = setTimeout(
        () => notice(`${action} has not been answered yet; it is tried for half a minute.`),
        silenceMs,
      )
      try {
        const [loaded, client] = await clients.get(service)!
        const command = new loaded[`${operation}Command`]!(input as object)
        return (await client.send(command, { abortSignal: signal })) as never
      } catch (error) {
        signal.throwIfAborted()
        throw adviceFor(
          describeAwsFault(error, { action, what: subjectOf(action, input as object) }),
        )
      } finally {
        clearTimeout(slow)
      }
    },
  }
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

/** What a request gives, or undefined where AWS says by one of these faults that there is no such thing. */
export async function unlessAbsent<T>(
  request: Promise<T>,
  ...names: string[]
): Promise<T | undefined> {
  try {
    return await request
  } catch (error) {
    if (names.includes(faultName(error))) return undefined
    throw error
  }
}

/** Where the next page of an answer begins, by the names that the services have for it. */
interface Page {
  NextToken?: string | undefined
  PaginationToken?: string | undefined
  Marker?: string | undefined
}

/** The pages of an answer, one after the other. @param ask is given where the page begins */
export async function* pagesOf<P extends Page>(
  ask: (from: string | undefined) => Promise<P>,
): AsyncGenerator<P> {
  let from: string | undefined
  do {
    const page = await ask(from)
    yield page
    from = page.NextToken ?? page.PaginationToken ?? page.Marker
  } while (from)
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
