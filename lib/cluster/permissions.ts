import { Unreachable } from '../warehouse/errors'
import { allOf, faultName } from './aws'
import type { Session } from './session'

/** Actions that are needed on a resource. */
interface Need {
  on: string
  actions: string[]
}

/** The permissions of one service, by their names. */
const of = (service: string, names: string) => names.split(' ').map((name) => `${service}:${name}`)

/**
 * What the caller has to be allowed so that `up` and `down` get through: the requests that these make, and
 * those that CloudFormation and Redshift make in the caller's name.
 */
export function needsOf(
  { account: { partition, region, id }, name }: Pick<Session, 'account' | 'name'>,
  serverless: boolean,
): Need[] {
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${service === 'iam' ? '' : region}:${id}:${resource}`
  const common: Need[] = [
    {
      on: arn('cloudformation', `stack/${name}/*`),
      actions: of(
        'cloudformation',
        'CreateChangeSet DescribeChangeSet ExecuteChangeSet DeleteChangeSet ListChangeSets DescribeStacks ' +
          'DescribeStackEvents ListStackResources SetStackPolicy ContinueUpdateRollback DeleteStack',
      ),
    },
    {
      on: arn('iam', `role/${name}-${region}`),
      actions: of(
        'iam',
        'CreateRole GetRole TagRole UpdateAssumeRolePolicy PutRolePolicy GetRolePolicy ListRolePolicies ' +
          'ListAttachedRolePolicies DeleteRolePolicy DeleteRole PassRole',
      ),
    },
    {
      on: arn('ec2', 'security-group/*'),
      actions: of(
        'ec2',
        'CreateSecurityGroup CreateTags AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress ' +
          'AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress DeleteSecurityGroup',
      ),
    },
    {
      on: arn('secretsmanager', `secret:redshift!${name}-*`),
      actions: of('secretsmanager', 'CreateSecret TagResource DescribeSecret DeleteSecret'),
    },
    {
      on: '*',
      actions: [
        ...of('ec2', 'DescribeSecurityGroups DescribeVpcs DescribeSubnets'),
        'redshift:DescribeClusters',
        'tag:GetResources',
      ],
    },
  ]
  if (!serverless) {
    const cluster =
      'CreateCluster ModifyCluster ModifyClusterIamRoles ResumeCluster DeleteCluster CreateTags DeleteTags'
    return [...common, { on: arn('redshift', `cluster:${name}`), actions: of('redshift', cluster) }]
  }
  const service = 'redshift-serverless'
  const shared = 'TagResource UntagResource ListTagsForResource'
  return [
    ...common,
    {
      on: arn(service, 'namespace/*'),
      actions: of(
        service,
        `CreateNamespace GetNamespace UpdateNamespace DeleteNamespace ${shared}`,
      ),
    },
    {
      on: arn(service, 'workgroup/*'),
      actions: of(
        service,
        `CreateWorkgroup GetWorkgroup UpdateWorkgroup DeleteWorkgroup ${shared}`,
      ),
    },
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
