import type { Account } from './account'
import { type Action, action, demand, known } from './action'
import { checkGroups, linger } from './group'
import { demandIdle, namespaceOf } from './namespaces'
import { Refusal } from './refusal'
import { isIdentifier, isPort } from './rules'
import { type Tags, type WrittenTag, readTags, smallTagList } from './tags'
import { Timeline } from './timeline'

export interface Workgroup {
  name: string
  arn: string
  namespace: string
  status: 'CREATING' | 'AVAILABLE' | 'MODIFYING' | 'DELETING'
  base: number
  max: number | undefined
  isPublic: boolean
  groups: string[]
  subnets: string[]
  created: Date
  tags: Tags
  timeline: Timeline
}

interface Named {
  workgroupName: string
}

interface Parameters extends Named {
  namespaceName: string
  baseCapacity?: number
  maxCapacity?: number
  port?: number
  publiclyAccessible?: boolean
  securityGroupIds?: string[]
  subnetIds?: string[]
  tags?: WrittenTag[]
}

/** Workgroups of Redshift Serverless: what computes, and where it is reached. */
export const workgroups: Record<string, Action> = {
  CreateWorkgroup: action<Parameters>(['namespaceName', 'workgroupName'], (parameters, account) => {
    checkWorkgroup(parameters, account)
    const { workgroupName: name, namespaceName: namespace } = parameters
    const workgroup: Workgroup = {
      name,
      arn: account.arn('redshift-serverless', `workgroup/${name}-id`),
      namespace,
      status: 'CREATING',
      base: parameters.baseCapacity ?? 128,
      max: parameters.maxCapacity,
      isPublic: parameters.publiclyAccessible ?? false,
      groups: parameters.securityGroupIds ?? [],
      subnets: parameters.subnetIds ?? account.subnetIds,
      created: new Date(),
      tags: readTags(parameters.tags),
      timeline: new Timeline(),
    }
    workgroup.timeline.after(account.looks, () => (workgroup.status = 'AVAILABLE'))
    account.workgroups.set(name, workgroup)
    return { workgroup: written(workgroup, account) }
  }),
  GetWorkgroup: action<Named>(['workgroupName'], ({ workgroupName: name }, account) => {
    account.workgroups.get(name)?.timeline.pass()
    return { workgroup: written(workgroupOf(name, account), account) }
  }),
  ListWorkgroups: action([], (_, account) => ({
    workgroups: [...account.workgroups.values()].map((workgroup) => written(workgroup, account)),
  })),
  DeleteWorkgroup: action<Named>(['workgroupName'], ({ workgroupName: name }, account) => {
    const workgroup = workgroupOf(name, account)
    demandIdle(workgroup)
    workgroup.status = 'DELETING'
    workgroup.timeline.after(account.looks, () => {
      account.workgroups.delete(name)
      linger(account, workgroup.groups)
    })
    return { workgroup: written(workgroup, account) }
  }),
  GetCredentials: action<Partial<Named> & { durationSeconds?: number }>(
    ['workgroupName'],
    ({ workgroupName: name = '', durationSeconds: seconds = 900 }, account) => {
      workgroupOf(name, account)
      const isGood = seconds >= 900 && seconds <= 3600
      demand(isGood, 'ValidationException', `Invalid duration: ${seconds}`)
      return {
        dbUser: `IAM:${account.user}`,
        dbPassword: account.password(),
        expiration: Math.floor(Date.now() / 1000) + seconds,
      }
    },
  ),
  ListTagsForResource: action<{ resourceArn: string }>(
    ['resourceArn'],
    ({ resourceArn }, account) => ({
      tags: smallTagList(taggedOf(resourceArn, account).tags),
    }),
  ),
  TagResource: action<{ resourceArn: string; tags: WrittenTag[] }>(
    ['resourceArn', 'tags'],
    ({ resourceArn, tags }, account) => {
      Object.assign(taggedOf(resourceArn, account).tags, readTags(tags))
      return {}
    },
  ),
}

function checkWorkgroup(parameters: Parameters, account: Account): void {
  const {
    workgroupName: name,
    baseCapacity: base = 128,
    maxCapacity: max,
    port = 5439,
  } = parameters
  const subnets = parameters.subnetIds ?? account.subnetIds
  const isNamed = isIdentifier(name, 64) && name.length >= 3
  demand(isNamed, 'ValidationException', `Invalid workgroup name: ${name}`)
  demand(!account.workgroups.has(name), 'ConflictException', `Workgroup ${name} already exists.`)
  const isBase = base === 4 || (base >= 8 && base <= 1024 && base % 8 === 0)
  demand(isBase, 'ValidationException', `Invalid base capacity: ${base}`)
  demand(
    max === undefined || max >= base,
    'ValidationException',
    `Invalid maximum capacity: ${max}`,
  )
  demand(isPort(port), 'ValidationException', `Invalid port: ${port}`)
  demand(
    subnets.length >= 3,
    'ValidationException',
    'To create a workgroup, you must have at least three subnets in three Availability Zones.',
  )
  checkGroups(account, parameters.securityGroupIds ?? [], 'ValidationException')
  demandIdle(namespaceOf(parameters.namespaceName, account))
}

function workgroupOf(name: string, { workgroups: all }: Account): Workgroup {
  const words = `Workgroup ${name} was not found.`
  return known(all, name, new Refusal('ResourceNotFoundException', words))
}

function taggedOf(arn: string, account: Account): { tags: Tags } {
  const all = [...account.namespaces.values(), ...account.workgroups.values()]
  const words = `Resource ${arn} was not found.`
  const found = new Map(all.map((one) => [one.arn, one]))
  return known(found, arn, new Refusal('ResourceNotFoundException', words))
}

function written(workgroup: Workgroup, { address }: Account) {
  return {
    workgroupName: workgroup.name,
    workgroupArn: workgroup.arn,
    workgroupId: `${workgroup.name}-id`,
    namespaceName: workgroup.namespace,
    status: workgroup.status,
    baseCapacity: workgroup.base,
    maxCapacity: workgroup.max,
    publiclyAccessible: workgroup.isPublic,
    securityGroupIds: workgroup.groups,
    subnetIds: workgroup.subnets,
    endpoint:
      workgroup.status === 'CREATING' ? undefined : { address: address.host, port: address.port },
    creationDate: workgroup.created,
  }
}
