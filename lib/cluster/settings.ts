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

/** Says that the setting of the stack leads to none, where it does not. */
export function stackFault(variables: Variables): string | undefined {
  const { REDSHIFT_STACK: given } = variables
  if (!given || stackOf(variables)) return undefined
  return (
    `REDSHIFT_STACK is ${JSON.stringify(given)}: the ARN of a stack is expected, ` +
    'arn:aws:cloudformation:us-west-2:123456789012:stack/sparkify/…, as `sparkify cluster up` writes it'
  )
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

/** A setting that does not lead to the warehouse. */
export interface Difference {
  setting: string
  found: string | undefined
  expected: string | undefined
}

/** What of the settings differs from those that lead to a warehouse; any way to sign in leads there. */
export function differences(variables: Variables, wanted: Record<string, string>): Difference[] {
  return Object.entries(wanted)
    .filter(([setting]) => setting !== 'REDSHIFT_SIGN_IN')
    .map(([setting, value]) => ({
      setting,
      found: variables[setting] || undefined,
      expected: value || undefined,
    }))
    .filter(({ found, expected }) => found !== expected)
}
