import { type Action, action, demand, known } from './action'
import { checkDocument } from './documents'
import { Refusal } from './refusal'
import { type OfRole, roleOf } from './roles'

interface OfPolicy extends OfRole {
  PolicyName: string
}

/** The policies of roles: those written into them, and those attached. */
export const rolePolicies: Record<string, Action> = {
  PutRolePolicy: action<OfPolicy & { PolicyDocument: string }>(
    ['RoleName', 'PolicyName', 'PolicyDocument'],
    (named, account) => {
      checkDocument(named.PolicyDocument)
      roleOf(named, account).policies.set(named.PolicyName, named.PolicyDocument)
      return {}
    },
  ),
  GetRolePolicy: action<OfPolicy>(['RoleName', 'PolicyName'], (named, account) => {
    const document = known(roleOf(named, account).policies, named.PolicyName, noPolicy(named))
    return { ...named, PolicyDocument: encodeURIComponent(document) }
  }),
  ListRolePolicies: action<OfRole>(['RoleName'], (named, account) => ({
    PolicyNames: { member: [...roleOf(named, account).policies.keys()] },
    IsTruncated: false,
  })),
  DeleteRolePolicy: action<OfPolicy>(['RoleName', 'PolicyName'], (named, account) => {
    const { policies } = roleOf(named, account)
    known(policies, named.PolicyName, noPolicy(named))
    policies.delete(named.PolicyName)
    return {}
  }),
  ListAttachedRolePolicies: action<OfRole>(['RoleName'], (named, account) => ({
    AttachedPolicies: {
      member: [...roleOf(named, account).attached].map((PolicyArn) => ({
        PolicyArn,
        PolicyName: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1),
      })),
    },
    IsTruncated: false,
  })),
  DetachRolePolicy: action<OfRole & { PolicyArn: string }>(
    ['RoleName', 'PolicyArn'],
    (named, account) => {
      const isThere = roleOf(named, account).attached.delete(named.PolicyArn)
      demand(isThere, 'NoSuchEntity', `Policy ${named.PolicyArn} was not found.`, 404)
      return {}
    },
  ),
}

function noPolicy({ PolicyName: name }: OfPolicy): Refusal {
  return new Refusal('NoSuchEntity', `The role policy with name ${name} cannot be found.`, 404)
}
