import { type Action, action, demand, known } from './action'
import type { Account } from './account'
import { checkDocument } from './documents'
import { Refusal } from './refusal'
import { type Tags, type WrittenTag, readTags, tagList } from './tags'

export interface Role {
  name: string
  arn: string
  trust: string
  description: string | undefined
  created: Date
  policies: Map<string, string>
  attached: Set<string>
  tags: Tags
  /** IAM is eventually consistent: the service that is to assume a new role does not know it at first. */
  isKnown: boolean
}

/** The role that a request is about. */
export interface OfRole {
  RoleName: string
}

/** Roles of IAM. */
export const roles: Record<string, Action> = {
  CreateRole: action<
    OfRole & { AssumeRolePolicyDocument: string; Description?: string; Tags?: WrittenTag[] }
  >(['RoleName', 'AssumeRolePolicyDocument'], (parameters, account) => {
    const { RoleName: name, AssumeRolePolicyDocument: trust, Description, Tags } = parameters
    demand(/^[\w+=,.@-]{1,64}$/.test(name), 'ValidationError', `Invalid role name: ${name}`)
    demand(
      !account.roles.has(name),
      'EntityAlreadyExists',
      `Role with name ${name} already exists.`,
      409,
    )
    checkDocument(trust)
    const role: Role = {
      name,
      arn: account.arn('iam', `role/${name}`),
      trust,
      description: Description,
      created: new Date(),
      policies: new Map(),
      attached: new Set(),
      tags: readTags(Tags),
      isKnown: account.looks === 0,
    }
    account.roles.set(name, role)
    return { Role: written(role) }
  }),
  GetRole: action<OfRole>(['RoleName'], (named, account) => ({
    Role: written(roleOf(named, account)),
  })),
  UpdateAssumeRolePolicy: action<OfRole & { PolicyDocument: string }>(
    ['RoleName', 'PolicyDocument'],
    (named, account) => {
      checkDocument(named.PolicyDocument)
      roleOf(named, account).trust = named.PolicyDocument
      return {}
    },
  ),
  ListRoleTags: action<OfRole>(['RoleName'], (named, account) => ({
    Tags: { member: tagList(roleOf(named, account).tags) },
    IsTruncated: false,
  })),
  TagRole: action<OfRole & { Tags: WrittenTag[] }>(['RoleName', 'Tags'], (named, account) => {
    Object.assign(roleOf(named, account).tags, readTags(named.Tags))
    return {}
  }),
  DeleteRole: action<OfRole>(['RoleName'], (named, account) => {
    const { policies, attached } = roleOf(named, account)
    demand(
      policies.size === 0,
      'DeleteConflict',
      'Cannot delete entity, must delete policies first.',
      409,
    )
    demand(
      attached.size === 0,
      'DeleteConflict',
      'Cannot delete entity, must detach all policies first.',
      409,
    )
    account.roles.delete(named.RoleName)
    return {}
  }),
}

/**
 * Refuses roles that Redshift cannot assume: none at all, one that trusts somebody else, and, the first
 * time, one that has just been made.
 */
export function checkRoles(account: Account, arns: string[], code: string, service: string): void {
  for (const arn of arns) {
    const role = [...account.roles.values()].find((one) => one.arn === arn)
    const canBeAssumed = role?.isKnown && role.trust.includes(service)
    if (role) role.isKnown = true
    demand(
      canBeAssumed,
      code,
      `The IAM role ${arn} is not valid. Not authorized to assume the role: ` +
        'the IAM role must delegate access to an Amazon Redshift account.',
    )
  }
}

/** The role of a request. */
export function roleOf({ RoleName: name }: OfRole, { roles: all }: Account): Role {
  const message = `The role with name ${name} cannot be found.`
  return known(all, name, new Refusal('NoSuchEntity', message, 404))
}

function written({ name, arn, trust, description, created, tags }: Role) {
  return {
    Path: '/',
    RoleName: name,
    RoleId: 'AROAEXAMPLE',
    Arn: arn,
    CreateDate: created,
    AssumeRolePolicyDocument: encodeURIComponent(trust),
    Description: description,
    Tags: { member: tagList(tags) },
  }
}
