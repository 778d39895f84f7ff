import { tagValue } from '../resources/tags'
import type { SessionOptions } from '../session'
import type { Wishes } from './wishes'

/** What an option has to be, by the limits of the services' models; unset options are not asked. */
export interface Rule {
  option: keyof Wishes | keyof SessionOptions
  holds: (value: never, wishes: Wishes) => boolean
  expected: string
}

/** Node types that are still sold; dc2 is not. */
export const nodeTypes = [
  'rg.large',
  'rg.xlarge',
  'rg.4xlarge',
  'rg.12xlarge',
  'ra3.large',
  'ra3.xlplus',
  'ra3.4xlarge',
  'ra3.16xlarge',
]

const isWhole = (value: number, least: number, most: number) =>
  Number.isInteger(value) && value >= least && value <= most
const isRpu = (value: number) => value === 4 || (isWhole(value, 8, 1024) && value % 8 === 0)
const isText = (form: RegExp) => (value: string) => typeof value === 'string' && form.test(value)

/** The limits of what all of the commands take. */
export const sessionRules: Rule[] = [
  {
    // Of a name are made: a cluster (63 characters), namespace and workgroup (3 to 64), a role (64).
    option: 'name',
    holds: isText(/^(?!sg-)(?!.*--)[a-z][a-z0-9-]{1,52}[a-z0-9]$/),
    expected:
      '3 to 54 lowercase letters, digits and hyphens are expected, a letter first, no hyphen last, ' +
      'no two in a row, and not sg- at the beginning',
  },
  {
    option: 'poll',
    holds: (seconds: number) => seconds >= 0 && seconds <= 600,
    expected: 'a number of seconds is expected, up to 600',
  },
  {
    option: 'timeout',
    holds: (minutes: number) => minutes > 0 && minutes <= 1440,
    expected: 'a number of minutes is expected, more than 0 and up to 1440',
  },
]

const reserved = [
  ...['all', 'and', 'any', 'as', 'case', 'cast', 'check', 'column', 'create', 'default', 'end'],
  ...['from', 'grant', 'group', 'in', 'into', 'join', 'limit', 'new', 'not', 'null', 'off', 'on'],
  ...[
    'or',
    'order',
    'select',
    'table',
    'then',
    'to',
    'union',
    'user',
    'using',
    'when',
    'where',
    'with',
  ],
  ...['template0', 'template1', 'padb_harvest', 'sys_internal', 'public'],
]

/** The limits of the options of `up`. */
export const wishRules: Rule[] = [
  {
    option: 'owner',
    holds: isText(tagValue),
    expected: '1 to 256 letters, digits, blanks and _ . : / = + - @ are expected, as in a tag',
  },
  {
    option: 'ttl',
    holds: (hours: number) => Number.isFinite(hours) && hours > 0 && hours <= 8760,
    expected: 'a number of hours is expected, more than 0 and up to 8760',
  },
  {
    option: 'nodeType',
    holds: (type: string) => nodeTypes.includes(type),
    expected: `one of ${nodeTypes.join(', ')} is expected`,
  },
  {
    option: 'nodes',
    holds: (nodes: number) => isWhole(nodes, 1, 100),
    expected: 'a whole number from 1 to 100 is expected',
  },
  {
    option: 'nodes',
    holds: (nodes: number, { nodeType }) =>
      nodes !== 1 || !/^ra3\.(4|16)xlarge$/.test(nodeType ?? ''),
    expected: 'ra3.4xlarge and ra3.16xlarge want at least 2',
  },
  {
    option: 'baseRpu',
    holds: isRpu,
    expected: '4, or a multiple of 8 from 8 to 1024, is expected',
  },
  {
    option: 'maxRpu',
    holds: isRpu,
    expected: '4, or a multiple of 8 from 8 to 1024, is expected',
  },
  {
    option: 'maxRpu',
    holds: (most: number, { baseRpu }) => !(most < (baseRpu ?? 4)),
    expected: 'at least --base-rpu is expected',
  },
  {
    option: 'database',
    holds: isText(/^[a-z][a-z0-9_]{0,63}$/),
    expected: '1 to 64 lowercase letters, digits and _ are expected, a letter first',
  },
  {
    option: 'database',
    holds: (name: string) => !reserved.includes(name),
    expected: 'a name is expected that Redshift does not keep for itself',
  },
  {
    option: 'port',
    holds: (port: number) => isWhole(port, 5431, 5455) || isWhole(port, 8191, 8215),
    expected: '5431 to 5455 or 8191 to 8215 is expected',
  },
  {
    option: 'vpc',
    holds: isText(/^vpc-([0-9a-f]{8}|[0-9a-f]{17})$/),
    expected: 'the ID of a VPC is expected, vpc-0123456789abcdef0',
  },
  {
    option: 'subnets',
    holds: (ids: string[]) =>
      ids.length > 0 &&
      ids.length <= 20 &&
      ids.every((id) => /^subnet-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id)),
    expected: '1 to 20 IDs of subnets are expected, subnet-0123456789abcdef0',
  },
  {
    option: 'kmsKey',
    holds: isText(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/),
    expected: 'the ARN of a key is expected, arn:aws:kms:us-west-2:123456789012:key/1234abcd-…',
  },
]
