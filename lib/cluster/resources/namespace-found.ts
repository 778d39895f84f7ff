import type { Namespace } from '@aws-sdk/client-redshift-serverless'
import type { Found } from './resource'

/** A namespace as Redshift Serverless describes it, which is without its tags. */
export function foundIn(namespace: Namespace): Found {
  const { namespaceArn = '', namespaceName = '', status, dbName, creationDate } = namespace
  const secretArn = namespace.adminPasswordSecretArn
  return {
    id: namespaceArn,
    name: namespaceName,
    state: (status ?? 'unknown').toLowerCase(),
    tags: {},
    since: creationDate,
    endpoint: { ...(dbName && { database: dbName }), ...(secretArn && { secretArn }) },
  }
}

/** How far a role is attached: in-sync, not attached, or on the way. */
export function roleStateIn(namespace: Namespace | undefined, roleArn: string): string {
  const entry = namespace?.iamRoles?.find((text) => roleArnIn(text) === roleArn)
  if (entry === undefined) return 'not attached'
  return /applyStatus=([\w-]+)/.exec(entry)?.[1] ?? 'in-sync'
}

/** The ARN in IamRole(applyStatus=in-sync, iamRoleArn=arn:…), as which Serverless may give a role. */
export function roleArnIn(entry: string): string {
  return /iamRoleArn=([^,)\s]+)/.exec(entry)?.[1] ?? entry
}
