import { resolve } from 'node:path'
import { config } from 'dotenv'
import { UsageError } from './errors'

export type Environment = 'development' | 'production'

/** What the user sets, in the environment or in `.env`; every value has been checked. */
export interface Settings {
  /** s3:// prefixes of the event files and the song files, and the URL of the JSONPaths file. */
  LOG_DATA: string
  SONG_DATA: string
  LOG_JSONPATH: string
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
  REDSHIFT_HOST: string
  REDSHIFT_PORT: number
  REDSHIFT_DATABASE: string
  REDSHIFT_USER: string
  REDSHIFT_PASSWORD: string
}

interface Setting {
  name: keyof Settings
  form: RegExp
  expected: string
  /** What holds where nothing is set; none: it has to be set. `optional`: it may stay unset. */
  fallback: Partial<Record<Environment, string | undefined>>
  optional?: true
  /** Never shown. */
  secret?: true
}

const anything = /^.+$/s
const s3Url = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/\S+$/
const only = (environment: Environment, value: string) => ({ [environment]: value })

const declared: Setting[] = [
  {
    name: 'LOG_DATA',
    form: s3Url,
    expected: 'the s3:// URL of a folder of event files, s3://bucket/log_data',
    fallback: only('development', 's3://sparkify/log_data'),
  },
  {
    name: 'LOG_JSONPATH',
    form: s3Url,
    expected: 'the s3:// URL of a JSONPaths file, s3://bucket/log_json_path.json',
    fallback: only('development', 's3://sparkify/log_json_path.json'),
  },
  {
    name: 'SONG_DATA',
    form: s3Url,
    expected: 'the s3:// URL of a folder of song files, s3://bucket/song_data',
    fallback: only('development', 's3://sparkify/song_data'),
  },
  {
    name: 'S3_REGION',
    form: /^[a-z]{2}(-[a-z]+)+-\d$/,
    expected: 'an AWS region, us-west-2',
    fallback: {},
    optional: true,
  },
  {
    name: 'IAM_ROLE_ARN',
    form: /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    expected: 'the ARN of a role, arn:aws:iam::123456789012:role/name',
    fallback: {},
    optional: true,
  },
  {
    name: 'WORK_DATA',
    form: s3Url,
    expected: 'the s3:// URL of a folder that may be written, s3://bucket/work',
    fallback: only('development', 's3://sparkify-work/loads'),
    optional: true,
  },
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
    name: 'REDSHIFT_HOST',
    form: /^[\w.-]+$/,
    expected: 'the address of the cluster, name.id.region.redshift.amazonaws.com',
    fallback: only('development', '127.0.0.1'),
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
    name: 'REDSHIFT_USER',
    form: anything,
    expected: 'the name of a user',
    fallback: only('development', 'awsuser'),
  },
  {
    name: 'REDSHIFT_PASSWORD',
    form: anything,
    expected: 'the password of REDSHIFT_USER',
    fallback: only('development', 'unused'),
    secret: true,
  },
]

/** The project's folder: `.env` and relative folders are meant from here, wherever a command is run. */
export const projectFolder = resolve(__dirname, '..')

/**
 * The settings of the environment variables and, where those are silent, of `.env`.
 * @throws UsageError that names every unset or malformed one
 */
export function readSettings(environment: Environment, variables = readVariables()): Settings {
  const values: Record<string, string | undefined> = {}
  const faults = declared.flatMap((setting) => {
    const value = variables[setting.name]?.trim() || setting.fallback[environment]
    values[setting.name] = value
    return faultOf(setting, value) ?? []
  })
  if (faults.length > 0) {
    const [count, them] =
      faults.length === 1 ? ['One setting is', 'it'] : [`${faults.length} settings are`, 'them']
    const where = `Set ${them} in .env (.env.example shows how) or in the environment.`
    throw new UsageError(
      `${count} wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}\n${where}`,
    )
  }
  const folders = Object.fromEntries(
    (['LOCAL_BUCKETS', 'LOCAL_WAREHOUSE'] as const).map((name) => [
      name,
      resolve(projectFolder, values[name]!),
    ]),
  )
  return {
    ...values,
    ...folders,
    REDSHIFT_PORT: Number(values.REDSHIFT_PORT),
  } as unknown as Settings
}

/** An s3:// URL as a COPY prefix that ends at a folder's boundary, unless it names one file (facts A5). */
export function asPrefix(url: string): string {
  const isFile = /\.\w+$/.test(url.slice(url.lastIndexOf('/')))
  return url.endsWith('/') || isFile ? url : `${url}/`
}

/** The bucket and the key of an s3:// URL. */
export function placeOf(url: string): [bucket: string, key: string] {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(url) ?? []
  return [bucket, key]
}

function readVariables(): NodeJS.ProcessEnv {
  const file: Record<string, string> = {}
  config({ path: resolve(projectFolder, '.env'), processEnv: file, quiet: true })
  return { ...file, ...process.env }
}

function faultOf(
  { name, form, expected, optional, secret }: Setting,
  value?: string,
): string | undefined {
  if (value === undefined)
    return optional ? undefined : `${name} is not set: ${expected} is expected`
  if (form.test(value)) return undefined
  return `${name} is ${secret ? 'malformed' : JSON.stringify(value)}: ${expected} is expected`
}
