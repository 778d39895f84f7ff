import type { Account } from './account'
import { demand, known } from './action'
import { Refusal } from './refusal'
import { type Tags, type WrittenTag, readTags } from './tags'

export interface Group {
  id: string
  name: string
  description: string
  tags: Tags
  rules: Rule[]
  /** How often it cannot be deleted yet: the interfaces of a cluster outlive it. */
  lingers: number
}

/** A rule that lets somebody in. */
export interface Rule {
  id: string
  protocol: string
  from: number
  to: number
  network: string
  description: string | undefined
  tags: Tags
}

/** What new things of a kind are to be tagged with. */
export interface TagSpecification {
  ResourceType: string
  Tag: WrittenTag[]
}

/** The groups of a request that are not there are refused, in the words of the service that asks. */
export function checkGroups(account: Account, ids: string[], code: string): void {
  for (const id of ids) demand(account.groups.has(id), code, `Security group ${id} does not exist.`)
}

/** Lets the interfaces of what has used the groups stay a little longer. */
export function linger(account: Account, ids: string[]): void {
  for (const id of ids) account.groups.get(id)!.lingers = Math.min(1, account.looks)
}

/** The group of a request. */
export function groupOf({ GroupId: id }: { GroupId: string }, account: Account): Group {
  const message = `The security group '${id}' does not exist`
  return known(account.groups, id, new Refusal('InvalidGroup.NotFound', message))
}

/** The tags that a request has for new things of a kind. */
export function tagsFor(type: string, specifications: TagSpecification[] = []): Tags {
  for (const { ResourceType } of specifications) {
    const message = `'${ResourceType}' is not a valid taggable resource type for this operation.`
    demand(ResourceType === type, 'InvalidParameterValue', message)
  }
  return readTags(specifications.flatMap(({ Tag }) => Tag))
}

/** True for a rule of IPv6. */
export function isSix({ network }: Rule): boolean {
  return network.includes(':')
}
