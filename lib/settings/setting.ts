export type Environment = 'development' | 'production'

/** How the name and the password for Redshift are come by. */
export type SignInWay = 'iam' | 'secret' | 'password'

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
  /** The file that the report is written to; undefined: there is to be none. */
  REPORT: string | undefined
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
export type Values = Partial<Record<keyof Settings, string | undefined>>

/** A setting as it is declared: its name, its form, and what holds where it is not set. */
export interface Setting {
  name: keyof Settings
  form: RegExp
  expected: string
  /** What holds where nothing is set, by what else is set. */
  fallback?: Partial<Record<Environment, string | ((values: Values) => string)>>
  /** Whether it has to be set, once the fallback is in place; else it always has to. */
  needed?: (environment: Environment, values: Values) => boolean
  /** Never shown. */
  secret?: true
}

/** The form of a setting that may be any text. */
export const anything = /^.+$/s

/** The form of an AWS region. */
export const region = /^[a-z]{2}(-[a-z]+)+-\d$/

/** For a setting that need not be set. */
export const never = () => false
