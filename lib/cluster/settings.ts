import type { Account } from './aws'

export type Variables = Record<string, string | undefined>

/** A stack, by its ARN. */
interface StackPlace {
  arn: string
  region: string
  account: string
  name: string
}

/** The stack that the settings lead to. */
export function stackOf({ REDSHIFT_STACK: arn = '' }: Variables): StackPlace | undefined {
  const [, region, account, name] =
    /^arn:[^:]+:cloudformation:([^:]+):(\d+):stack\/([^/]+)\//.exec(arn) ?? []
  return name === undefined ? undefined : { arn, region: region!, account: account!, name }
}

/** Says that the settings lead to a stack of the name elsewhere, where they do. */
export function otherPlace(
  variables: Variables,
  name: string,
  { id, region }: Account,
): string | undefined {
  const stack = stackOf(variables)
  if (stack?.name !== name || (stack.region === region && stack.account === id)) return undefined
  return (
    `REDSHIFT_STACK in .env leads to ${name} in ${stack.region}, account ${stack.account}, and this command ` +
    `would work in ${region}, account ${id}. Use that region (--region) and those credentials ` +
    '(AWS_PROFILE), another --name, or another folder with its own .env. Nothing was done.'
  )
}

/** What leads to a warehouse. */
export interface Connection {
  stack: string
  region: string
  name: string
  serverless: boolean
  signIn: string
  host: string
  port: number
  database: string
  roleArn: string
  secretArn: string | undefined
}

/** The settings that `up` writes, and that go with `down`; '' is not set, whatever stands before. */
export function connectionSettings(of: Connection): Record<string, string> {
  return {
    AWS_REGION: of.region,
    REDSHIFT_STACK: of.stack,
    REDSHIFT_HOST: of.host,
    REDSHIFT_PORT: String(of.port),
    REDSHIFT_DATABASE: of.database,
    REDSHIFT_SIGN_IN: of.signIn,
    REDSHIFT_CLUSTER: of.serverless ? '' : of.name,
    REDSHIFT_WORKGROUP: of.serverless ? of.name : '',
    REDSHIFT_SECRET_ARN: of.secretArn ?? '',
    IAM_ROLE_ARN: of.roleArn,
  }
}

/** A setting that does not lead to the warehouse. */
export interface Difference {
  setting: string
  found: string | undefined
  expected: string | undefined
}

/** The settings that do not lead to a warehouse; any way to sign in leads there. */
export function differences(variables: Variables, connection: Connection): Difference[] {
  return Object.entries(connectionSettings(connection))
    .filter(([setting]) => setting !== 'REDSHIFT_SIGN_IN')
    .map(([setting, value]) => ({
      setting,
      found: variables[setting] || undefined,
      expected: value || undefined,
    }))
    .filter(({ found, expected }) => found !== expected)
}
