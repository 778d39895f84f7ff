import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'dotenv'
import { describe, UsageError } from './errors'
import { keepSecret } from './redact'

export type Environment = 'development' | 'production'

/** How the name and the password for Redshift are come by. */
export type SignInWay = 'iam' | 'secret' | 'password'

/** What the user sets, in the environment or in `.env`; every value has been checked. */
export interface Settings {
  /** Where the files of the sources are: the settings that these declare, by name. */
  data: Record<string, string>
  /** The region of those buckets, where it is not the cluster's own. */
  S3_REGION: string | undefined
  /** The role that Redshift reads S3 with; undefined: the cluster's default role. */
  IAM_ROLE_ARN: string | undefined
  /** An s3:// prefix that we may write: manifests. Undefined: only a first load is possible. */
  WORK_DATA: string | undefined
  /** A folder whose subfolders are buckets to the local Redshift. */
  LOCAL_BUCKETS: string
  /** The folder of the local Redshift's data. */
  LOCAL_WAREHOUSE: string
  /** What clients of `sparkify local` have to know; undefined: nothing. */
  LOCAL_PASSWORD: string | undefined
  /** The file that the report is written to; undefined: there is to be none. */
  REPORT: string | undefined
  /** Whether the sources' limits of age hold; else ages are only told. */
  FRESHNESS: 'on' | 'off'
  /** The region of the cluster. */
  AWS_REGION: string | undefined
  REDSHIFT_HOST: string
  REDSHIFT_PORT: number
  REDSHIFT_DATABASE: string
  REDSHIFT_SIGN_IN: SignInWay
  /** For `iam`: the provisioned cluster, or the workgroup of Serverless. */
  REDSHIFT_CLUSTER: string | undefined
  REDSHIFT_WORKGROUP: string | undefined
  /** For `secret`: where Secrets Manager keeps name and password. */
  REDSHIFT_SECRET_ARN: string | undefined
  /** For `password`. */
  REDSHIFT_USER: string | undefined
  REDSHIFT_PASSWORD: string | undefined
}

/** The values as they were found, checked or not yet. */
type Values = Record<string, string | undefined>

/** A setting as it is declared: its name, its form, and what holds where it is not set. */
export interface Setting {
  name: string
  form: RegExp
  expected: string
  /** What a value of another form breaks, where an example does not show it. */
  rule?: string | ((value: string) => string)
  /** What holds where nothing is set, by what else is set. */
  fallback?: Partial<Record<Environment, string | ((values: Values) => string)>>
  /** Whether it has to be set, once the fallback is in place; else it always has to. */
  needed?: (environment: Environment, values: Values) => boolean
  /** Never shown. */
  secret?: true
}

/** The form of a setting that may be any text. */
const anything = /^.+$/s

/** The form of an AWS region. */
const region = /^[a-z]{2}(-[a-z]+)+-\d$/

/** For a setting that need not be set. */
const never = () => false

const s3Url = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/\S+$/

/** Which rule a value breaks that is no s3:// URL of a folder or a file. */
function ruleOfS3(value: string): string {
  const [, bucket, key] = /^s3:\/\/([^/]*)\/?(.*)$/s.exec(value) ?? []
  if (bucket === undefined || key === undefined) return 'it begins with s3://'
  if (bucket.length < 3 || bucket.length > 63) return "a bucket's name has 3 to 63 characters"
  if (!/^[a-z0-9.-]*$/.test(bucket))
    return "a bucket's name has lower-case letters, digits, dots and hyphens"
  if (/^[.-]|[.-]$/.test(bucket)) return "a bucket's name begins and ends with a letter or a digit"
  return key === '' ? 'what is meant of the bucket stands behind its name' : 'it has no white space'
}

/** The setting of an s3:// URL, with what it is on the local Redshift where it is not set. */
export function s3Setting(of: { name: string; expected: string; sample: string }): Setting {
  return { ...of, form: s3Url, rule: ruleOfS3, fallback: { development: of.sample } }
}

/** Who reads the data, and what a load writes. */
export const dataSettings: Setting[] = [
  {
    name: 'S3_REGION',
    form: region,
    expected: 'an AWS region, us-west-2',
    needed: never,
  },
  {
    name: 'IAM_ROLE_ARN',
    form: /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    expected: 'the ARN of a role, arn:aws:iam::123456789012:role/name',
    needed: never,
  },
  {
    name: 'WORK_DATA',
    form: s3Url,
    rule: ruleOfS3,
    expected: 'the s3:// URL of a folder that may be written, s3://bucket/work',
    fallback: { development: 's3://sparkify-work/loads' },
    needed: never,
  },
]

/** The folders of the local Redshift. */
const localSettings: Setting[] = [
  {
    name: 'LOCAL_BUCKETS',
    form: anything,
    expected: 'a folder',
    fallback: { development: 'data/s3', production: 'data/s3' },
  },
  {
    name: 'LOCAL_WAREHOUSE',
    form: anything,
    expected: 'a folder',
    fallback: { development: '.warehouse', production: '.warehouse' },
  },
  {
    name: 'LOCAL_PASSWORD',
    form: anything,
    expected: 'a password',
    needed: never,
    secret: true,
  },
]

const signsInWith =
  (...ways: SignInWay[]) =>
  (environment: Environment, { REDSHIFT_SIGN_IN }: Values) =>
    environment === 'production' && ways.some((way) => way === REDSHIFT_SIGN_IN)

/** Where Amazon Redshift is, and how to sign in there. */
const redshiftSettings: Setting[] = [
  {
    name: 'REDSHIFT_HOST',
    form: /^[\w.-]+$/,
    rule: 'without https:// and without the port',
    expected: 'the address of the cluster, name.id.region.redshift.amazonaws.com',
    fallback: { development: '127.0.0.1' },
  },
  {
    name: 'REDSHIFT_PORT',
    form: /^([1-9]\d{0,3}|[1-5]\d{4}|6[0-4]\d{3}|65[0-4]\d{2}|655[0-2]\d|6553[0-5])$/,
    expected: 'a port, 1 to 65535',
    fallback: { development: '5439', production: '5439' },
  },
  {
    name: 'REDSHIFT_DATABASE',
    form: anything,
    expected: 'the name of a database',
    fallback: { development: 'dev', production: 'dev' },
  },
  {
    name: 'REDSHIFT_SIGN_IN',
    form: /^(iam|secret|password)$/,
    expected: 'iam, secret or password',
    fallback: {
      development: 'password',
      production: ({ REDSHIFT_PASSWORD }) => (REDSHIFT_PASSWORD ? 'password' : 'iam'),
    },
  },
  {
    name: 'AWS_REGION',
    form: region,
    expected: "the cluster's AWS region, us-west-2",
    needed: signsInWith('iam', 'secret'),
  },
  {
    name: 'REDSHIFT_CLUSTER',
    form: /^(?!.*--)[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/,
    rule: 'it has up to 63 lower-case letters, digits and single hyphens, and begins with a letter',
    expected:
      'the identifier of a provisioned cluster (or REDSHIFT_WORKGROUP, the name of a workgroup)',
    needed: (environment, values) =>
      !values.REDSHIFT_WORKGROUP && signsInWith('iam')(environment, values),
  },
  {
    name: 'REDSHIFT_WORKGROUP',
    form: /^[a-z0-9-]{3,64}$/,
    rule: 'it has 3 to 64 lower-case letters, digits and hyphens',
    expected: 'the name of a workgroup of Redshift Serverless',
    needed: never,
  },
  {
    name: 'REDSHIFT_SECRET_ARN',
    form: /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:[\w/+=.@!-]+$/,
    expected: 'the ARN of a secret, arn:aws:secretsmanager:us-west-2:123456789012:secret:name',
    needed: signsInWith('secret'),
  },
  {
    name: 'REDSHIFT_USER',
    form: anything,
    expected: 'the name of a user',
    needed: signsInWith('password'),
  },
  {
    name: 'REDSHIFT_PASSWORD',
    form: anything,
    expected: 'the password of REDSHIFT_USER',
    needed: signsInWith('password'),
    secret: true,
  },
]

/** What is told to people. */
const reportSettings: Setting[] = [
  {
    name: 'FRESHNESS',
    form: /^(on|off)$/,
    expected: 'on or off',
    // Sample data is of 2018, and a laptop loads when it is opened.
    fallback: { development: 'off', production: 'on' },
  },
  {
    name: 'REPORT',
    form: anything,
    expected: 'a file, or none',
    fallback: { development: 'report.html', production: 'report.html' },
  },
]

/**
 * What is wrong with variables that would make Node take any certificate, Amazon's or not; undefined
 * where nothing is. Whoever talks to AWS or to a cluster asks first.
 */
export function verificationFault(variables: NodeJS.ProcessEnv): string | undefined {
  if (variables.NODE_TLS_REJECT_UNAUTHORIZED !== '0') return undefined
  return (
    'NODE_TLS_REJECT_UNAUTHORIZED is "0": certificates are always verified, so it has to be unset; ' +
    'NODE_EXTRA_CA_CERTS can name the file of a private certificate authority'
  )
}

const declared = [...dataSettings, ...localSettings, ...reportSettings, ...redshiftSettings]

/** The project's folder: `.env` and relative folders are meant from here, wherever a command is run. */
export const projectFolder = resolve(__dirname, '..', '..')

/** The file of the settings. */
export const envFile = resolve(projectFolder, '.env')

/**
 * The settings of the environment variables and, where those are silent, of `.env`.
 * @param ofSources the settings that the sources declare
 * @throws UsageError that names every unset or malformed one
 */
export function readSettings(
  environment: Environment,
  ofSources: Setting[],
  variables = readVariables(),
): Settings {
  const all = [...ofSources, ...declared]
  const values = valuesOf(all, environment, variables)
  const faults = [
    ...all.flatMap((setting) => faultOf(setting, environment, values) ?? []),
    ...(environment === 'production' ? productionFaults(values, variables) : []),
  ]
  if (faults.length > 0) throw new UsageError(saidOf(faults))
  return {
    ...Object.fromEntries(declared.map(({ name }) => [name, values[name]])),
    data: Object.fromEntries(ofSources.map(({ name }) => [name, values[name]!])),
    LOCAL_BUCKETS: resolve(projectFolder, values.LOCAL_BUCKETS!),
    LOCAL_WAREHOUSE: resolve(projectFolder, values.LOCAL_WAREHOUSE!),
    REPORT: values.REPORT === 'none' ? undefined : resolve(projectFolder, values.REPORT!),
    REDSHIFT_PORT: Number(values.REDSHIFT_PORT),
  } as unknown as Settings
}

/** An s3:// URL as a COPY prefix that ends at a folder's boundary, unless it names one file (facts A5). */
export function asPrefix(url: string): string {
  const isFile = /\.\w+$/.test(url.slice(url.lastIndexOf('/')))
  return url.endsWith('/') || isFile ? url : `${url}/`
}

/** What is set in the environment and, where that is silent, in the file of the settings. */
export function readVariables(file = envFile): NodeJS.ProcessEnv {
  // The AWS SDK would take an empty region for the name of one.
  if (process.env.AWS_REGION?.trim() === '') delete process.env.AWS_REGION
  return { ...readEnvFile(file), ...process.env }
}

function readEnvFile(file: string): Record<string, string> {
  try {
    return parse(readFileSync(file))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    const next = 'a file of settings is expected; make it readable, or move it away.'
    throw new UsageError(`${file} cannot be read (${describe(error)}): ${next}`, {
      cause: error,
    })
  }
}

/** What is set, and the fallback of what is not; a blank is not set. */
function valuesOf(
  settings: Setting[],
  environment: Environment,
  variables: NodeJS.ProcessEnv,
): Values {
  const values: Values = {}
  for (const { name, secret } of settings) {
    values[name] = variables[name]?.trim() || undefined
    if (secret) keepSecret(values[name])
  }
  for (const { name, fallback } of settings) {
    const otherwise = fallback?.[environment]
    values[name] ??= typeof otherwise === 'function' ? otherwise(values) : otherwise
  }
  return values
}

function faultOf(setting: Setting, environment: Environment, values: Values): string | undefined {
  const { name, expected, needed } = setting
  const value = values[name]
  if (value === undefined) {
    const isFault = needed?.(environment, values) ?? true
    return isFault ? `${name} is not set: ${expected} is expected` : undefined
  }
  return faultOfForm(setting, value)
}

/** What is wrong with the form of a setting's value; undefined where nothing is. */
export function faultOfForm(setting: Setting, value: string): string | undefined {
  const { name, form, expected, rule, secret } = setting
  if (form.test(value)) return undefined
  const broken = typeof rule === 'function' ? rule(value) : rule
  const why = broken ? `; ${broken}` : ''
  return `${name} is ${secret ? 'malformed' : JSON.stringify(value)}: ${expected} is expected${why}`
}

function productionFaults(values: Values, variables: NodeJS.ProcessEnv): string[] {
  const faults = []
  if (values.REDSHIFT_SIGN_IN === 'iam' && values.REDSHIFT_CLUSTER && values.REDSHIFT_WORKGROUP) {
    faults.push('REDSHIFT_CLUSTER and REDSHIFT_WORKGROUP are both set: one of them is expected')
  }
  const unverified = verificationFault(variables)
  if (unverified) faults.push(unverified)
  return faults
}

function saidOf(faults: string[]): string {
  const [count, them] =
    faults.length === 1 ? ['One setting is', 'it'] : [`${faults.length} settings are`, 'them']
  const where = `Set ${them} in .env (.env.example shows how) or in the environment.`
  return `${count} wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}\n${where}`
}
