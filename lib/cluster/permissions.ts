import { Unreachable } from '../warehouse/errors'
import { allOf, faultName } from './aws'
import type { Session } from './session'

/** Actions that are needed on a resource. */
interface Need {
  on: string
  actions: string[]
}

/**
 * What the caller has to be allowed so that `up` and `down` get through: the requests that these make, and
 * those that CloudFormation and Redshift make in the caller's name.
 */
export function needsOf(
  { account: { partition, region, id }, name }: Pick<Session, 'account' | 'name'>,
  serverless: boolean,
): Need[] {
  const need = (service: string, resource: string, names: string): Need => ({
    on: `arn:${partition}:${service}:${service === 'iam' ? '' : region}:${id}:${resource}`,
    actions: names.split(' ').map((action) => `${service}:${action}`),
  })
  const ofServerless = (resource: string, kind: string) =>
    need(
      'redshift-serverless',
      resource,
      `Create${kind} Get${kind} Update${kind} Delete${kind} TagResource UntagResource ListTagsForResource`,
    )
  return [
    need(
      'cloudformation',
      `stack/${name}/*`,
      'CreateChangeSet DescribeChangeSet ExecuteChangeSet DeleteChangeSet ListChangeSets DescribeStacks ' +
        'DescribeStackEvents ListStackResources SetStackPolicy ContinueUpdateRollback DeleteStack',
    ),
    need(
      'iam',
      `role/${name}-${region}`,
      'CreateRole GetRole TagRole UpdateAssumeRolePolicy PutRolePolicy GetRolePolicy ListRolePolicies ' +
        'ListAttachedRolePolicies DeleteRolePolicy DeleteRole PassRole',
    ),
    need(
      'ec2',
      'security-group/*',
      'CreateSecurityGroup CreateTags AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress ' +
        'AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress DeleteSecurityGroup',
    ),
    need(
      'secretsmanager',
      `secret:redshift!${name}-*`,
      'CreateSecret TagResource DescribeSecret DeleteSecret',
    ),
    {
      on: '*',
      actions: [
        ...['ec2:DescribeSecurityGroups', 'ec2:DescribeVpcs', 'ec2:DescribeSubnets'],
        ...['redshift:DescribeClusters', 'tag:GetResources'],
      ],
    },
    ...(serverless
      ? [ofServerless('namespace/*', 'Namespace'), ofServerless('workgroup/*', 'Workgroup')]
      : [
          need(
            'redshift',
            `cluster:${name}`,
            'CreateCluster ModifyCluster ModifyClusterIamRoles ResumeCluster DeleteCluster CreateTags DeleteTags',
          ),
        ]),
  ]
}

/**
 * Asks IAM whether the caller may do all that `up` and `down` need; says so where it cannot be asked.
 * @throws Unreachable that names each missing action and its resource
 */
export async function checkPermissions(session: Session, serverless: boolean): Promise<void> {
  const { account, terminal } = session
  const source = policySource(account.caller)
  if (source === undefined) return
  const missing: string[] = []
  try {
    for (const need of needsOf(session, serverless)) {
      missing.push(...(await refusals(session, source, need)))
    }
  } catch (error) {
    const name = faultName(error)
    if (!/^(AccessDenied|NoSuchEntity|InvalidInput)/.test(name)) throw error
    terminal.notice(
      `Permissions are not checked ahead: iam:SimulatePrincipalPolicy answers ${name}.`,
    )
    return
  }
  if (missing.length === 0) return
  throw new Unreachable(
    `${account.caller} may not do all that \`up\` and \`down\` need. Missing:\n` +
      missing.map((line) => `  ${line}`).join('\n') +
      '\nHave it granted, or use other credentials (AWS_PROFILE); nothing was made.',
  )
}

/** Whose policies count; of the root user and of federated users none can be asked for. */
function policySource(caller: string): string | undefined {
  const [, partition, account, role] =
    /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(caller) ?? []
  if (role !== undefined) return `arn:${partition}:iam::${account}:role/${role}`
  return /:user\//.test(caller) ? caller : undefined
}

/** What a policy's conditions may ask about all that we do. */
const context = Object.entries({
  'iam:PassedToService': 'redshift.amazonaws.com',
  'ec2:CreateAction': 'CreateSecurityGroup',
  'aws:RequestTag/project': 'sparkify-warehouse',
  'aws:ResourceTag/project': 'sparkify-warehouse',
}).map(([ContextKeyName, value]) => ({
  ContextKeyName,
  ContextKeyType: 'string' as const,
  ContextKeyValues: [value],
}))

async function refusals(
  { aws }: Session,
  PolicySourceArn: string,
  { on, actions }: Need,
): Promise<string[]> {
  const asked = { ActionNames: actions, ResourceArns: [on], ContextEntries: context }
  const pages = aws.iam.paginateSimulatePrincipalPolicy({ PolicySourceArn, ...asked })
  const results = await allOf(pages, (page) => page.EvaluationResults)
  return (
    results
      .filter(({ EvalDecision }) => EvalDecision !== 'allowed')
      // A condition that cannot be judged beforehand is no refusal yet.
      .filter(({ MissingContextValues = [] }) => MissingContextValues.length === 0)
      .map(({ EvalActionName }) => `${EvalActionName} on ${on}`)
  )
}
