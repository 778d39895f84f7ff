import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'dotenv'
import { UsageError, describe } from './errors'
import { keepSecret } from './redaction/redaction'
import { dataSettings } from './settings/data'
import { localSettings } from './settings/local'
import { redshiftSettings } from './settings/redshift'
import { reportSettings } from './settings/report'
import { verificationFault } from './connection/verification'
import type { Environment, Setting, Settings, Values } from './settings/setting'

export type { Environment, Settings, SignInWay } from './settings/setting'

const declared = [...dataSettings, ...localSettings, ...reportSettings, ...redshiftSettings]

/** The project's folder: `.env` and relative folders are meant from here, wherever a command is run. */
export const projectFolder = resolve(__dirname, '..')

/** The file of the settings. */
export const envFile = resolve(projectFolder, '.env')

/**
 * The settings of the environment variables and, where those are silent, of `.env`.
 * @throws UsageError that names every unset or malformed one
 */
export function readSettings(environment: Environment, variables = readVariables()): Settings {
  const values = valuesOf(environment, variables)
  const faults = [
    ...declared.flatMap((setting) => faultOf(setting, environment, values) ?? []),
    ...(environment === 'production' ? productionFaults(values, variables) : []),
  ]
  if (faults.length > 0) throw new UsageError(saidOf(faults))
  return {
    ...values,
    LOCAL_BUCKETS: resolve(projectFolder, values.LOCAL_BUCKETS!),
    LOCAL_WAREHOUSE: resolve(projectFolder, values.LOCAL_WAREHOUSE!),
    REPORT: values.REPORT === 'none' ? undefined : resolve(projectFolder, values.REPORT!),
    REDSHIFT_PORT: Number(values.REDSHIFT_PORT),
  } as Settings
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
function valuesOf(environment: Environment, variables: NodeJS.ProcessEnv): Values {
  const values: Values = {}
  for (const { name, secret } of declared) {
    values[name] = variables[name]?.trim() || undefined
    if (secret) keepSecret(values[name])
  }
  for (const { name, fallback } of declared) {
    const otherwise = fallback?.[environment]
    values[name] ??= typeof otherwise === 'function' ? otherwise(values) : otherwise
  }
  return values
}

function faultOf(setting: Setting, environment: Environment, values: Values): string | undefined {
  const { name, form, expected, secret, needed } = setting
  const value = values[name]
  if (value === undefined) {
    const isFault = needed?.(environment, values) ?? true
    return isFault ? `${name} is not set: ${expected} is expected` : undefined
  }
  if (form.test(value)) return undefined
  return `${name} is ${secret ? 'malformed' : JSON.stringify(value)}: ${expected} is expected`
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
