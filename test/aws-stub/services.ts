import type { Account, Resource, Stack } from './account'
import { cloudformation } from './cloudformation'
import { allows, missingFor } from './policy'
import { type Protocol, awsJson, awsQuery } from './protocols'
import { Refusal } from './refusal'
import type { Answer } from './xml'

type Action = (input: never, account: Account) => Answer

const serverlessTypes = {
  namespace: 'AWS::RedshiftServerless::Namespace',
  workgroup: 'AWS::RedshiftServerless::Workgroup',
}

const absent = (what: string) => new Refusal('ResourceNotFoundException', `${what} was not found.`)

/** Who calls. */
const sts: Record<string, Action> = {
  GetCallerIdentity: (_, { id, caller }) => ({ Arn: caller, UserId: 'AIDAEXAMPLE', Account: id }),
}

interface Question {
  ActionNames: string[]
  ResourceArns: string[]
  ContextEntries: { ContextKeyName: string; ContextKeyValues: string[] }[]
}

const iam: Record<string, Action> = {
  GetRole({ RoleName }: { RoleName: string }, account) {
    if (!account.find('AWS::IAM::Role', RoleName))
      throw new Refusal('NoSuchEntity', `The role with name ${RoleName} cannot be found.`, 404)
    const Arn = `arn:aws:iam::${account.id}:role/${RoleName}`
    return { Role: { Arn, RoleName, RoleId: 'AROA', Path: '/', CreateDate: new Date() } }
  },
  SimulatePrincipalPolicy({ ActionNames, ResourceArns, ContextEntries }: Question, { policy }) {
    const context = Object.fromEntries(
      ContextEntries.map(({ ContextKeyName, ContextKeyValues }) => [
        ContextKeyName,
        ContextKeyValues[0]!,
      ]),
    )
    const judged = (action: string) => {
      const wish = { action, resource: ResourceArns[0]!, context }
      const isAllowed = !policy || allows(policy, wish)
      return {
        EvalActionName: action,
        EvalDecision: isAllowed ? 'allowed' : 'implicitDeny',
        MissingContextValues: { member: isAllowed ? [] : missingFor(policy, wish) },
      }
    }
    return { EvaluationResults: { member: ActionNames.map(judged) }, IsTruncated: false }
  },
}

function warehouseOf(name: string, account: Account): Resource {
  const found = account.find('AWS::Redshift::Cluster', name)
  if (!found) throw new Refusal('ClusterNotFound', `Cluster ${name} not found.`, 404)
  return found
}

const redshift: Record<string, Action> = {
  DescribeClusters({ ClusterIdentifier }: { ClusterIdentifier: string }, account) {
    warehouseOf(ClusterIdentifier, account)
    return {
      Clusters: {
        Cluster: {
          ClusterIdentifier,
          ClusterStatus: account.state,
          MasterPasswordSecretArn: account.secretOf(ClusterIdentifier),
        },
      },
    }
  },
  ResumeCluster({ ClusterIdentifier }: { ClusterIdentifier: string }, account) {
    warehouseOf(ClusterIdentifier, account)
    account.state = 'available'
    return { Cluster: { ClusterIdentifier, ClusterStatus: 'resuming' } }
  },
  CreateClusterSnapshot(input: { SnapshotIdentifier: string; ClusterIdentifier: string }, account) {
    const { SnapshotIdentifier: name, ClusterIdentifier: of } = input
    warehouseOf(of, account)
    if (account.snapshots.has(name))
      throw new Refusal('ClusterSnapshotAlreadyExists', `Snapshot ${name} already exists.`)
    const arn = `arn:aws:redshift:${account.region}:${account.id}:snapshot:${of}/${name}`
    account.snapshots.set(name, { arn, of, looks: 0 })
    return { Snapshot: { SnapshotIdentifier: name, Status: 'creating' } }
  },
  DescribeClusterSnapshots({ SnapshotIdentifier }: { SnapshotIdentifier: string }, account) {
    const found = account.snapshots.get(SnapshotIdentifier)!
    const Status = found.looks++ > 0 ? 'available' : 'creating'
    return { Snapshots: { Snapshot: { SnapshotIdentifier, Status } } }
  },
  GetClusterCredentialsWithIAM({ ClusterIdentifier }: { ClusterIdentifier: string }, account) {
    warehouseOf(ClusterIdentifier, account)
    const DbPassword = `Tp1${account.number()}`
    account.handedOut.push(DbPassword)
    return { DbUser: 'IAM:ada', DbPassword, Expiration: new Date(Date.now() + 3_600_000) }
  },
}

const serverless: Record<string, Action> = {
  GetNamespace({ namespaceName }: { namespaceName: string }, account) {
    if (!account.find(serverlessTypes.namespace, namespaceName)) throw absent(namespaceName)
    const isThere = account.secretLooks-- <= 0
    return {
      namespace: {
        namespaceName,
        status: 'AVAILABLE',
        adminPasswordSecretArn: isThere ? account.secretOf(namespaceName) : undefined,
      },
    }
  },
  GetWorkgroup({ workgroupName }: { workgroupName: string }, account) {
    if (!account.find(serverlessTypes.workgroup, workgroupName)) throw absent(workgroupName)
    return { workgroup: { workgroupName, status: account.state.toUpperCase() } }
  },
  CreateSnapshot({ namespaceName, snapshotName }: Record<string, string>, account) {
    if (account.snapshots.has(snapshotName!))
      throw new Refusal('ConflictException', `Snapshot ${snapshotName} already exists.`)
    const arn = `arn:aws:redshift-serverless:${account.region}:${account.id}:snapshot/${account.number()}`
    account.snapshots.set(snapshotName!, { arn, of: namespaceName!, looks: 0 })
    return { snapshot: { snapshotName: snapshotName!, status: 'CREATING' } }
  },
  GetSnapshot({ snapshotName }: Record<string, string>, account) {
    const found = account.snapshots.get(snapshotName!)!
    const status = found.looks++ > 0 ? 'AVAILABLE' : 'CREATING'
    return { snapshot: { snapshotName: snapshotName!, status } }
  },
  GetCredentials(_, account) {
    const dbPassword = `Tp1${account.number()}`
    account.handedOut.push(dbPassword)
    return { dbUser: 'IAM:ada', dbPassword, expiration: Date.now() / 1000 + 3600 }
  },
}

const secretsmanager: Record<string, Action> = {
  DescribeSecret({ SecretId }: { SecretId: string }, { secrets }) {
    if (!secrets.has(SecretId)) throw absent('The secret')
    return { ARN: SecretId }
  },
  GetSecretValue({ SecretId }: { SecretId: string }, { secrets }) {
    if (!secrets.has(SecretId)) throw absent('The secret')
    return { ARN: SecretId, SecretString: secrets.get(SecretId)! }
  },
}

/** Roles it does not list, and what is deleted for a while yet, as AWS documents. */
const tag: Record<string, Action> = {
  GetResources({ TagFilters }: { TagFilters: { Key: string; Values: string[] }[] }, account) {
    const name = TagFilters.find(({ Key }) => Key === 'name')!.Values[0]!
    const isGhostly = account.ghosts-- > 0
    const arnOf = ({ type, physicalId }: Resource) =>
      `arn:aws:${type.split('::')[1]!.toLowerCase()}:${account.region}:${account.id}:${physicalId}`
    const listed = (stack: Stack) =>
      [...stack.resources.values()]
        .filter(
          ({ type, status }) =>
            type !== 'AWS::IAM::Role' && (isGhostly || status !== 'DELETE_COMPLETE'),
        )
        .map(arnOf)
    const snapshots = [...account.snapshots.values()].filter(({ of }) => of === name)
    const arns = [
      ...account.stacks.filter((stack) => stack.name === name).flatMap(listed),
      ...snapshots.map(({ arn }) => arn),
    ]
    return {
      PaginationToken: '',
      ResourceTagMappingList: arns.map((ResourceARN) => ({ ResourceARN, Tags: [] })),
    }
  },
}

/** What an account can be asked, by the name that calls are signed for. */
export const services: Record<string, { protocol: Protocol; actions: Record<string, Action> }> = {
  sts: { protocol: awsQuery, actions: sts },
  iam: { protocol: awsQuery, actions: iam },
  cloudformation: { protocol: awsQuery, actions: cloudformation },
  redshift: { protocol: awsQuery, actions: redshift },
  'redshift-serverless': { protocol: awsJson, actions: serverless },
  secretsmanager: { protocol: awsJson, actions: secretsmanager },
  tagging: { protocol: awsJson, actions: tag },
}
