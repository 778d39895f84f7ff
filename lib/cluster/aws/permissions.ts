import { Unreachable } from '../../warehouse/errors'
import type { Permissions, Place } from '../resources/resource'
import { project } from '../resources/tags'
import type { Aws } from './aws'
import { faultName } from './faults'

interface Refusal {
  action: string
  on: string
}

/**
 * Asks IAM whether the caller may do what is planned.
 * @returns why it could not be asked; undefined where all is allowed
 * @throws Unreachable that names each missing action and its resource
 */
export async function checkPermissions(
  { aws, account }: Place,
  needed: Permissions[],
): Promise<string | undefined> {
  const caller = policySource(account.caller)
  if (caller === undefined) return undefined
  const missing: Refusal[] = []
  for (const permissions of needed) {
    try {
      missing.push(...(await refusals(aws, caller, permissions)))
    } catch (error) {
      const name = faultName(error)
      if (name === '') throw error
      return `Permissions are not checked ahead: iam:SimulatePrincipalPolicy answers ${name}.`
    }
  }
  if (missing.length === 0) return undefined
  const list = missing.map(({ action, on }) => `  ${action} on ${on}`).join('\n')
  throw new Unreachable(
    `${account.caller} may not do all that is needed. Missing:\n${list}\n` +
      'Have it granted, or use other credentials (AWS_PROFILE); nothing was made.',
  )
}

/** Whose policies count; of the root user and of federated users none can be asked for. */
function policySource(caller: string): string | undefined {
  const [, partition, account, role] =
    /^arn:([^:]+):sts::(\d+|ACCOUNT):assumed-role\/([^/]+)\//.exec(caller) ?? []
  if (role !== undefined) return `arn:${partition}:iam::${account}:role/${role}`
  return /:user\//.test(caller) ? caller : undefined
}

/** What a policy's conditions may ask about all that we do. */
const context = Object.entries({
  'iam:PassedToService': 'redshift.amazonaws.com',
  'aws:RequestTag/project': project,
  'aws:ResourceTag/project': project,
}).map(([ContextKeyName, value]) => ({
  ContextKeyName,
  ContextKeyType: 'string' as const,
  ContextKeyValues: [value],
}))

async function refusals(
  aws: Aws,
  PolicySourceArn: string,
  { actions, on }: Permissions,
): Promise<Refusal[]> {
  const answer = await aws.call('iam', 'SimulatePrincipalPolicy', {
    PolicySourceArn,
    ActionNames: actions,
    ResourceArns: [on],
    ContextEntries: context,
  })
  return (
    (answer.EvaluationResults ?? [])
      .filter(({ EvalDecision }) => EvalDecision !== 'allowed')
      // A condition that cannot be judged beforehand is no refusal yet.
      .filter(({ MissingContextValues }) => (MissingContextValues ?? []).length === 0)
      .map(({ EvalActionName: action = '' }) => ({ action, on }))
  )
}
