import { sourceSettings } from '../../sources/index'
import { dataSettings, faultOfForm } from '../warehouse/settings'
import type { DataPlaces } from './resources/policy'
import type { Endpoint } from './resources/resource'
import type { Wishes } from './wishes/wishes'

export type Variables = Record<string, string | undefined>

/** Where the data is, which decides what the role may do; `faults` are those of production. */
export function readDataPlaces(variables: Variables): {
  places: DataPlaces
  faults: string[]
} {
  const value = (name: string) => variables[name]?.trim() || undefined
  const faults = [...sourceSettings, ...dataSettings].flatMap((setting) => {
    const { name, expected, needed } = setting
    const found = value(name)
    if (found !== undefined) return faultOfForm(setting, found) ?? []
    return needed ? [] : [`${name} is not set: ${expected} is expected`]
  })
  const places = {
    read: sourceSettings.flatMap(({ name }) => value(name) ?? []),
    written: value('WORK_DATA'),
  }
  return { places, faults }
}

/** The settings that `up` writes, and that go with `down`; undefined: not set. */
export function connectionSettings(
  { name, serverless, signIn }: Pick<Wishes, 'name' | 'serverless' | 'signIn'>,
  region: string,
  roleArn: string,
  { host, port, database, secretArn }: Partial<Endpoint>,
): Variables {
  return {
    AWS_REGION: region,
    REDSHIFT_HOST: host,
    REDSHIFT_PORT: port === undefined ? undefined : String(port),
    REDSHIFT_DATABASE: database,
    REDSHIFT_SIGN_IN: signIn,
    REDSHIFT_CLUSTER: serverless ? undefined : name,
    REDSHIFT_WORKGROUP: serverless ? name : undefined,
    REDSHIFT_SECRET_ARN: secretArn,
    IAM_ROLE_ARN: roleArn,
  }
}

/** The same settings, all unset. */
export const noConnection: Variables = Object.fromEntries(
  Object.keys(connectionSettings({ name: '', serverless: false, signIn: 'iam' }, '', '', {})).map(
    (setting) => [setting, undefined],
  ),
)

/** True where the settings lead to the warehouse of that name. */
export function settingsLeadTo(name: string, variables: Variables): boolean {
  return [variables.REDSHIFT_CLUSTER, variables.REDSHIFT_WORKGROUP].includes(name)
}
