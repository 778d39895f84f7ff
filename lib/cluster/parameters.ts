import type { Parameter } from '@aws-sdk/client-cloudformation'
import { s3Location } from '../../object-store/store'
import { sourceSettings } from '../../sources/index'
import { asPrefix, dataSettings, faultOfForm } from '../warehouse/settings'
import { parseRange } from './cidr'
import type { Wanted } from './options'
import type { Variables } from './session'

/** Parameters of the template, by name. */
export type Parameters = Record<string, string>

/** What of the settings decides what the role may read; `faults` are those of production. */
export function readDataPlaces(variables: Variables): { urls: string[]; faults: string[] } {
  const value = (name: string) => variables[name]?.trim() || undefined
  const urls = [...sourceSettings.map(({ name }) => name), 'WORK_DATA'].flatMap(
    (name) => value(name) ?? [],
  )
  const faults = [...sourceSettings, ...dataSettings].flatMap((setting) => {
    const { name, expected, needed } = setting
    const found = value(name)
    if (found !== undefined) return faultOfForm(setting, found) ?? []
    return needed ? [] : [`${name} is not set: ${expected} is expected`]
  })
  if (faults.length > 0) return { urls, faults }
  const buckets = new Set(urls.map((url) => s3Location(url).bucket))
  return {
    urls,
    faults: [
      ...urls
        .filter((url) => url.includes(','))
        .map((url) => `${url} has a comma, which no parameter of a stack can hold: rename it`),
      ...(buckets.size > 3
        ? [`The data lies in ${buckets.size} buckets: at most 3 are expected`]
        : []),
    ],
  }
}

/** The parameters that say what the role may read: these folders and files, and nothing beside them. */
export function dataParameters(urls: string[], partition: string): Parameters {
  const places = urls.map((url) => {
    const { bucket, key } = s3Location(asPrefix(url))
    // What a policy would take for a pattern or a variable is meant as it is.
    const exact = key.replace(/[*?$]/g, (sign) => `\${${sign}}`)
    return { bucket, pattern: exact.endsWith('/') ? `${exact}*` : exact }
  })
  const buckets = [...new Set(places.map(({ bucket }) => bucket))]
  const slots = [0, 1, 2].map((index) => {
    const of = places.filter(({ bucket }) => bucket === buckets[index])
    return {
      [`Bucket${index + 1}`]: buckets[index] ?? '',
      [`Prefixes${index + 1}`]: [...new Set(of.map(({ pattern }) => pattern))].join(','),
    }
  })
  const objects = places.map(({ bucket, pattern }) => `arn:${partition}:s3:::${bucket}/${pattern}`)
  return Object.assign({ DataObjects: [...new Set(objects)].join(',') }, ...slots) as Parameters
}

/** Options that are parameters as they are: nodeType is NodeType. */
const plain = [
  ...(['nodeType', 'nodes', 'baseRpu', 'maxRpu', 'database', 'port', 'public'] as const),
  ...(['vpc', 'subnets', 'kmsKey', 'dataKmsKey', 'signIn'] as const),
]

/** The parameters that the options give: those only that are given. */
export function wantedParameters(wanted: Wanted, now = Date.now()): Parameters {
  const { serverless, ttl, logs, cidr } = wanted
  const log = logs?.startsWith('s3:') ? s3Location(logs) : undefined
  return {
    ...(serverless !== undefined && { Kind: serverless ? 'serverless' : 'provisioned' }),
    ...Object.fromEntries(
      plain
        .filter((option) => wanted[option] !== undefined)
        .map((option) => [option[0]!.toUpperCase() + option.slice(1), String(wanted[option])]),
    ),
    ...(logs !== undefined && {
      ...{ LogTo: log ? 's3' : logs, LogBucket: log?.bucket ?? '', LogPrefix: log?.key ?? '' },
    }),
    ...(ttl !== undefined && { Expires: new Date(now + ttl * 3_600_000).toISOString() }),
    ...(cidr && rangeParameters(cidr)),
  }
}

const ipv4 = ['Cidr1', 'Cidr2', 'Cidr3', 'Cidr4']
const ipv6 = ['Ipv6Cidr1', 'Ipv6Cidr2']

function rangeParameters(given: string[]): Parameters {
  const ranges = given.map((range) => parseRange(range)!)
  const slot = (names: string[], family: 4 | 6) => {
    const texts = ranges.filter((range) => range.family === family).map(({ text }) => text)
    return names.map((name, index) => [name, texts[index] ?? ''])
  }
  return Object.fromEntries([...slot(ipv4, 4), ...slot(ipv6, 6)]) as Parameters
}

/** Who may connect, by the parameters of a stack. */
export function rangesOf(parameters: Parameters): string[] {
  return [...ipv4, ...ipv6].flatMap((name) => parameters[name] || [])
}

/**
 * Parameters as CloudFormation takes them. What is not given keeps the value that the stack has; of a new
 * stack it is the template's default.
 */
export function asInput(given: Parameters, former: Parameters): Parameter[] {
  const kept = Object.keys(former).filter((name) => given[name] === undefined)
  return [
    ...Object.entries(given).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    ...kept.map((ParameterKey) => ({ ParameterKey, UsePreviousValue: true })),
  ]
}
