import { UsageError } from '../warehouse/errors'
import { faultOfRange } from './cidr'
import type { SessionOptions } from './session'

/** What is wanted of a warehouse; what is not said stays as the stack has it, or is the template's default. */
export interface Wanted {
  serverless: boolean | undefined
  nodeType: string | undefined
  nodes: number | undefined
  baseRpu: number | undefined
  maxRpu: number | undefined
  database: string | undefined
  port: number | undefined
  public: boolean | undefined
  cidr: string[] | undefined
  allowWideCidr: boolean
  vpc: string | undefined
  subnets: string[] | undefined
  kmsKey: string | undefined
  dataKmsKey: string | undefined
  logs: string | undefined
  signIn: 'iam' | 'secret' | undefined
  ttl: number | undefined
  owner: string | undefined
}

export interface UpOptions extends SessionOptions, Wanted {
  yes: boolean
  dryRun: boolean
}

export interface DownOptions extends SessionOptions {
  yes: boolean
  dryRun: boolean
  snapshot: string | undefined
  force: boolean
}

/** An option, what it has to be by the limits of the services, and that in words; unset options are not asked. */
type Rule<Options> = [
  option: keyof Options & string,
  holds: (value: never, options: Options) => boolean,
  expected: string,
]

const isWhole = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most
const isRpu = (value: number) => value === 4 || (isWhole(value, 8, 1024) && value % 8 === 0)
const isText = (form: RegExp) => (value: string) => typeof value === 'string' && form.test(value)
const rpus = '4, or a multiple of 8 from 8 to 1024, is expected'
const isKey = isText(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/)
const keyExpected =
  'the ARN of a key is expected, arn:aws:kms:us-west-2:123456789012:key/1234abcd-…'
const isIdentifier = (most: number) =>
  isText(new RegExp(`^(?!.*--)[a-z][a-z0-9-]{1,${most - 2}}[a-z0-9]$`))
const identifierExpected = (most: number) =>
  `3 to ${most} lowercase letters, digits and hyphens are expected, a letter first, no hyphen last, no two in a row`

const sessionRules: Rule<SessionOptions>[] = [
  // Of a name are made: a stack, a cluster (63 characters), a namespace and workgroup (3 to 64), and with
  // the region a role (64).
  ['name', isIdentifier(48), identifierExpected(48)],
  ['poll', (seconds: number) => seconds >= 0 && seconds <= 600, 'up to 600 seconds are expected'],
  [
    'timeout',
    (minutes: number) => minutes > 0 && minutes <= 1440,
    'a number of minutes is expected, more than 0 and up to 1440',
  ],
]

/** Node types that are still sold; dc2 is not. */
const nodeTypes = [
  ...['rg.large', 'rg.xlarge', 'rg.4xlarge', 'rg.12xlarge'],
  ...['ra3.large', 'ra3.xlplus', 'ra3.4xlarge', 'ra3.16xlarge'],
]

const reserved =
  'all and any as case cast check column create default end from grant group in into join limit new not null ' +
  'off on or order select table then to union user using when where with template0 template1 padb_harvest ' +
  'sys_internal public'

const wantedRules: Rule<Wanted>[] = [
  [
    'owner',
    isText(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$/u),
    '1 to 256 letters, digits, blanks and _ . : / = + - @ are expected, as in a tag',
  ],
  [
    'ttl',
    (hours: number) => hours > 0 && hours <= 8760,
    'a number of hours is expected, more than 0 and up to 8760',
  ],
  [
    'nodeType',
    (type: string) => nodeTypes.includes(type),
    `one of ${nodeTypes.join(', ')} is expected`,
  ],
  ['nodes', (nodes: number) => isWhole(nodes, 1, 100), 'a whole number from 1 to 100 is expected'],
  [
    'nodes',
    (nodes: number, { nodeType }) => nodes !== 1 || !/^ra3\.(4|16)xlarge$/.test(nodeType ?? ''),
    'ra3.4xlarge and ra3.16xlarge want at least 2',
  ],
  ['baseRpu', isRpu, rpus],
  ['maxRpu', isRpu, rpus],
  ['maxRpu', (most: number, { baseRpu = 4 }) => most >= baseRpu, 'at least --base-rpu is expected'],
  [
    'database',
    isText(/^[a-z][a-z0-9_]{0,63}$/),
    '1 to 64 lowercase letters, digits and _ are expected, a letter first',
  ],
  [
    'database',
    (name: string) => !reserved.split(' ').includes(name),
    'a name is expected that Redshift does not keep for itself',
  ],
  [
    'port',
    (port: number) => isWhole(port, 5431, 5455) || isWhole(port, 8191, 8215),
    '5431 to 5455 or 8191 to 8215 is expected',
  ],
  [
    'vpc',
    isText(/^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/),
    'the ID of a VPC is expected, vpc-0123456789abcdef0',
  ],
  ['vpc', (_: string, { subnets }) => subnets !== undefined, 'its --subnets are expected too'],
  [
    'subnets',
    (ids: string[]) =>
      isWhole(ids.length, 1, 20) &&
      ids.every((id) => /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)),
    '1 to 20 IDs of subnets are expected, subnet-0123456789abcdef0',
  ],
  ['kmsKey', isKey, keyExpected],
  ['dataKmsKey', isKey, keyExpected],
  [
    'logs',
    isText(/^(none|cloudwatch|s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/\S*)?)$/),
    'none, cloudwatch, or an s3:// URL is expected',
  ],
]

const downRules: Rule<DownOptions>[] = [['snapshot', isIdentifier(63), identifierExpected(63)]]

/** All that is wrong with what every command takes. */
export function faultsOfSession(options: SessionOptions): string[] {
  return faultsBy(sessionRules, options)
}

/** All that is wrong with the options of `up`, before anything is asked of AWS. */
export function faultsOfUp(options: UpOptions): string[] {
  const { cidr = [], allowWideCidr, serverless } = options
  return [
    ...faultsBy(sessionRules, options),
    ...faultsBy(wantedRules, options),
    ...(serverless === undefined ? [] : faultsOfKind(options, serverless)),
    ...cidr.flatMap((range) => faultOfRange(range, allowWideCidr) ?? []),
    ...tooMany(cidr),
  ]
}

/** All that is wrong with the options of `down`. */
export function faultsOfDown(options: DownOptions): string[] {
  return [...faultsBy(sessionRules, options), ...faultsBy(downRules, options)]
}

/** Options that the kind of the warehouse does not have. */
export function faultsOfKind(wanted: Wanted, serverless: boolean): string[] {
  const strange = serverless ? (['nodeType', 'nodes'] as const) : (['baseRpu', 'maxRpu'] as const)
  const kind = serverless ? 'Redshift Serverless' : 'a provisioned cluster'
  return [
    ...strange
      .filter((option) => wanted[option] !== undefined)
      .map((option) => `${flag(option)} is given, and ${kind} has none: leave it out`),
    ...(serverless && wanted.logs?.startsWith('s3:')
      ? [`--logs is ${JSON.stringify(wanted.logs)}: Redshift Serverless logs to cloudwatch only`]
      : []),
  ]
}

// The template has a parameter for each.
function tooMany(ranges: string[]): string[] {
  const ofIpv6 = ranges.filter((range) => range.includes(':')).length
  if (ofIpv6 <= 2 && ranges.length - ofIpv6 <= 4) return []
  return [`--cidr is given ${ranges.length} times: at most 4 of IPv4 and 2 of IPv6 are expected`]
}

/** @throws UsageError that names all faults, where there are any */
export function refuseFaults(faults: string[]): void {
  if (faults.length === 0) return
  const list = faults.map((fault) => `  ${fault}`).join('\n')
  throw new UsageError(
    `This cannot be done so:\n${list}\n` +
      'Options: `sparkify cluster --help`; settings: .env (.env.example shows how).',
  )
}

/** What is wrong by the given rules; of one option the first fault. */
function faultsBy<Options extends object>(rules: Rule<Options>[], given: Options): string[] {
  const faults = new Map<string, string>()
  for (const [option, holds, expected] of rules) {
    const value = given[option] as unknown
    if (value === undefined || faults.has(option) || holds(value as never, given)) continue
    const shown = typeof value === 'number' ? String(value) : JSON.stringify(value)
    faults.set(option, `${flag(option)} is ${shown}: ${expected}`)
  }
  return [...faults.values()]
}

function flag(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}
