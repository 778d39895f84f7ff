import type { Account } from './account'
import { type Action, action, demand } from './action'
import { type Filter, matching } from './filters'
import { type Group, type TagSpecification, groupOf, isSix, tagsFor } from './group'
import { isGroupText } from './rules'
import { type WrittenTag, readTags, smallTagList } from './tags'

/** Security groups. */
export const groups: Record<string, Action> = {
  CreateSecurityGroup: action<{
    GroupName: string
    GroupDescription: string
    VpcId?: string
    TagSpecification?: TagSpecification[]
  }>(['GroupName', 'GroupDescription'], (parameters, account) => {
    const { GroupName: name, GroupDescription: description } = parameters
    demand(
      isGroupText(name) && !name.startsWith('sg-'),
      'InvalidParameterValue',
      `Invalid security group name: ${name}`,
    )
    demand(
      isGroupText(description),
      'InvalidParameterValue',
      'Character sets beyond ASCII are not supported.',
    )
    demand(account.subnets > 0, 'VPCIdNotSpecified', 'No default VPC for this user')
    const isTaken = [...account.groups.values()].some((group) => group.name === name)
    demand(
      !isTaken,
      'InvalidGroup.Duplicate',
      `The security group '${name}' already exists for VPC '${account.vpc}'`,
    )
    const id = `sg-${account.number()}`
    const tags = tagsFor('security-group', parameters.TagSpecification)
    account.groups.set(id, { id, name, description, tags, rules: [], lingers: 0 })
    return { return: true, groupId: id, tagSet: { item: smallTagList(tags) } }
  }),
  DescribeSecurityGroups: action<{ GroupId?: string[]; GroupName?: string[]; Filter?: Filter[] }>(
    [],
    ({ GroupId: ids = [], GroupName: names = [], Filter = [] }, account) => {
      for (const id of ids) groupOf({ GroupId: id }, account)
      const found = [...account.groups.values()]
        .filter(({ id }) => ids.length === 0 || ids.includes(id))
        .filter(({ name }) => names.length === 0 || names.includes(name))
      return {
        securityGroupInfo: {
          item: matching(found, Filter, (group) => ({
            'group-id': group.id,
            'group-name': group.name,
            'vpc-id': account.vpc,
            tags: group.tags,
          })).map((group) => written(group, account)),
        },
      }
    },
  ),
  DeleteSecurityGroup: action<{ GroupId: string }>(['GroupId'], (parameters, account) => {
    const group = groupOf(parameters, account)
    const users = [...account.clusters.values(), ...account.workgroups.values()]
    const isUsed = users.some(({ groups: used }) => used.includes(group.id))
    const isFree = !isUsed && group.lingers-- <= 0
    demand(isFree, 'DependencyViolation', `resource ${group.id} has a dependent object`)
    account.groups.delete(group.id)
    return { return: true, groupId: group.id }
  }),
  CreateTags: action<{ ResourceId: string[]; Tag: WrittenTag[] }>(
    ['ResourceId', 'Tag'],
    (parameters, account) => {
      for (const id of parameters.ResourceId) {
        Object.assign(groupOf({ GroupId: id }, account).tags, readTags(parameters.Tag))
      }
      return { return: true }
    },
  ),
}

function written({ id, name, description, tags, rules }: Group, account: Account) {
  return {
    groupId: id,
    groupName: name,
    groupDescription: description,
    vpcId: account.vpc,
    ownerId: account.id,
    securityGroupArn: account.arn('ec2', `security-group/${id}`),
    ipPermissions: {
      item: rules.map((rule) => ({
        ipProtocol: rule.protocol,
        fromPort: rule.from,
        toPort: rule.to,
        ...(isSix(rule)
          ? { ipv6Ranges: { item: [{ cidrIpv6: rule.network, description: rule.description }] } }
          : { ipRanges: { item: [{ cidrIp: rule.network, description: rule.description }] } }),
      })),
    },
    tagSet: { item: smallTagList(tags) },
  }
}
