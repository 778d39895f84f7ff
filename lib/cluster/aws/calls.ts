import type { Call } from './aws'

/** The fields that say what a request is about. */
const naming = [
  'ClusterIdentifier',
  'RoleName',
  'workgroupName',
  'namespaceName',
  'ClusterSubnetGroupName',
  'GroupName',
  'GroupId',
  'resourceArn',
]

/** A request as the beginning of a sentence: `iam:CreateRole (sparkify-redshift)`. */
export function subjectOf(action: string, input: object): string {
  const given = input as Record<string, unknown>
  const field = naming.find((name) => typeof given[name] === 'string')
  return field ? `${action} (${String(given[field])})` : action
}

/** A request on one line, as a dry run prints it. */
export function callText({ service, operation, input }: Call): string {
  return `${service}:${operation} ${JSON.stringify(input)}`
}
