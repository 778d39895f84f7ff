import type { Account } from './account'
import { type Action, action, demand, known } from './action'
import { checkRoles } from './roles'
import { Refusal } from './refusal'
import { isIdentifier } from './rules'
import { keepSecret } from './secrets'
import { keepSnapshot } from './snapshots'
import { type Tags, type WrittenTag, readTags } from './tags'
import { Timeline } from './timeline'

export interface Namespace {
  name: string
  arn: string
  status: 'AVAILABLE' | 'MODIFYING' | 'DELETING'
  user: string
  database: string
  roles: string[]
  defaultRole: string | undefined
  secret: string | undefined
  created: Date
  tags: Tags
  timeline: Timeline
}

interface Named {
  namespaceName: string
}

interface Parameters extends Named {
  adminUsername?: string
  adminUserPassword?: string
  manageAdminPassword?: boolean
  dbName?: string
  iamRoles?: string[]
  defaultIamRoleArn?: string
  tags?: WrittenTag[]
}

/** Namespaces of Redshift Serverless: databases, users, and who may be assumed. */
export const namespaces: Record<string, Action> = {
  CreateNamespace: action<Parameters>(['namespaceName'], (parameters, account) => {
    const { namespaceName: name, iamRoles = [], defaultIamRoleArn: role } = parameters
    const isNamed = isIdentifier(name, 64) && name.length >= 3
    demand(isNamed, 'ValidationException', `Invalid namespace name: ${name}`)
    demand(!account.namespaces.has(name), 'ConflictException', `Namespace ${name} already exists.`)
    demand(
      !(parameters.manageAdminPassword && parameters.adminUserPassword),
      'ValidationException',
      'You cannot specify both manageAdminPassword and adminUserPassword.',
    )
    demand(
      role === undefined || iamRoles.includes(role),
      'ValidationException',
      'The default IAM role must be one of the IAM roles.',
    )
    checkRoles(account, iamRoles, 'ValidationException', 'redshift-serverless.amazonaws.com')
    const user = parameters.adminUsername ?? 'admin'
    const namespace: Namespace = {
      name,
      arn: account.arn('redshift-serverless', `namespace/${name}-id`),
      status: 'MODIFYING',
      user,
      database: parameters.dbName ?? 'dev',
      roles: iamRoles,
      defaultRole: role,
      secret: parameters.manageAdminPassword ? keepSecret(account, name, user) : undefined,
      created: new Date(),
      tags: readTags(parameters.tags),
      timeline: new Timeline(),
    }
    namespace.timeline.after(account.looks, () => (namespace.status = 'AVAILABLE'))
    account.namespaces.set(name, namespace)
    return { namespace: written(namespace) }
  }),
  GetNamespace: action<Named>(['namespaceName'], ({ namespaceName: name }, account) => {
    account.namespaces.get(name)?.timeline.pass()
    return { namespace: written(namespaceOf(name, account)) }
  }),
  ListNamespaces: action([], (_, { namespaces: all }) => ({
    namespaces: [...all.values()].map(written),
  })),
  UpdateNamespace: action<Parameters>(['namespaceName'], (parameters, account) => {
    const namespace = namespaceOf(parameters.namespaceName, account)
    demandIdle(namespace)
    const { iamRoles = namespace.roles, defaultIamRoleArn = namespace.defaultRole } = parameters
    checkRoles(account, iamRoles, 'ValidationException', 'redshift-serverless.amazonaws.com')
    Object.assign(namespace, { roles: iamRoles, defaultRole: defaultIamRoleArn })
    return { namespace: written(namespace) }
  }),
  DeleteNamespace: action<Named & { finalSnapshotName?: string }>(
    ['namespaceName'],
    ({ namespaceName: name, finalSnapshotName: snapshot }, account) => {
      const namespace = namespaceOf(name, account)
      demandIdle(namespace)
      const isUsed = [...account.workgroups.values()].some((one) => one.namespace === name)
      demand(!isUsed, 'ConflictException', `Namespace ${name} is associated with a workgroup.`)
      if (snapshot !== undefined) keepSnapshot(account, snapshot, { namespace: name })
      namespace.status = 'DELETING'
      namespace.timeline.after(account.looks, () => {
        account.namespaces.delete(name)
        account.secrets.delete(namespace.secret ?? '')
      })
      return { namespace: written(namespace) }
    },
  ),
}

/** The namespace of a name. */
export function namespaceOf(name: string, { namespaces: all }: Account): Namespace {
  const words = `Namespace ${name} was not found.`
  return known(all, name, new Refusal('ResourceNotFoundException', words))
}

/** Refuses where something is still being done to a namespace or a workgroup. */
export function demandIdle({ name, status }: { name: string; status: string }): void {
  const words = `There is an operation running on ${name}. Try again at a later time.`
  demand(status === 'AVAILABLE', 'ConflictException', words)
}

function written(namespace: Namespace) {
  const applyStatus = namespace.status === 'MODIFYING' ? 'adding' : 'in-sync'
  return {
    namespaceName: namespace.name,
    namespaceArn: namespace.arn,
    namespaceId: `${namespace.name}-id`,
    status: namespace.status,
    adminUsername: namespace.user,
    adminPasswordSecretArn: namespace.secret,
    dbName: namespace.database,
    iamRoles: namespace.roles.map(
      // As Amazon answers it.
      (arn) => `IamRole(applyStatus=${applyStatus}, iamRoleArn=${arn})`,
    ),
    defaultIamRoleArn: namespace.defaultRole,
    creationDate: namespace.created,
  }
}
