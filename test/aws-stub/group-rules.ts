import { type Action, action, demand } from './action'
import { type Filter, matching } from './filters'
import { type Rule, type TagSpecification, groupOf, isSix, tagsFor } from './group'
import { canonicalNetwork, isGroupText } from './rules'
import { type Tags, smallTagList } from './tags'

interface WrittenRule {
  IpProtocol: string
  FromPort: string
  ToPort: string
  IpRanges?: { CidrIp: string; Description?: string }[]
  Ipv6Ranges?: { CidrIpv6: string; Description?: string }[]
}

type WantedRule = Omit<Rule, 'id'>

interface Rules {
  GroupId: string
  IpPermissions: WrittenRule[]
  TagSpecification?: TagSpecification[]
}

/** Who may come in through a security group. */
export const groupRules: Record<string, Action> = {
  DescribeSecurityGroupRules: action<{ Filter?: Filter[] }>([], ({ Filter = [] }, account) => {
    const rules = [...account.groups.values()].flatMap((group) =>
      group.rules.map((rule) => ({ group, rule })),
    )
    return {
      securityGroupRuleSet: {
        item: matching(rules, Filter, ({ group, rule }) => ({
          'group-id': group.id,
          'security-group-rule-id': rule.id,
          tags: rule.tags,
        })).map(({ group, rule }) => ({
          securityGroupRuleId: rule.id,
          groupId: group.id,
          isEgress: false,
          ipProtocol: rule.protocol,
          fromPort: rule.from,
          toPort: rule.to,
          [isSix(rule) ? 'cidrIpv6' : 'cidrIpv4']: rule.network,
          description: rule.description,
          tagSet: { item: smallTagList(rule.tags) },
        })),
      },
    }
  }),
  AuthorizeSecurityGroupIngress: action<Rules>(
    ['GroupId', 'IpPermissions'],
    (parameters, account) => {
      const group = groupOf(parameters, account)
      const tags = tagsFor('security-group-rule', parameters.TagSpecification)
      for (const rule of readRules(parameters.IpPermissions, tags)) {
        demand(
          !group.rules.some((other) => isSame(other, rule)),
          'InvalidPermission.Duplicate',
          `the specified rule "peer: ${rule.network}, TCP, from port: ${rule.from}, to port: ${rule.to}, ALLOW" already exists`,
        )
        group.rules.push({ ...rule, id: `sgr-${account.number()}` })
      }
      return { return: true }
    },
  ),
  RevokeSecurityGroupIngress: action<
    Omit<Rules, 'IpPermissions'> & { IpPermissions?: WrittenRule[]; SecurityGroupRuleId?: string[] }
  >(['GroupId'], (parameters, account) => {
    const { IpPermissions = [], SecurityGroupRuleId: ids = [] } = parameters
    const group = groupOf(parameters, account)
    const gone = readRules(IpPermissions, {})
    const isGone = (rule: Rule) =>
      ids.includes(rule.id) || gone.some((other) => isSame(other, rule))
    demand(
      group.rules.some(isGone),
      'InvalidPermission.NotFound',
      'The specified rule does not exist in this security group.',
    )
    group.rules = group.rules.filter((rule) => !isGone(rule))
    return { return: true }
  }),
}

function readRules(written: WrittenRule[], tags: Tags): WantedRule[] {
  return written.flatMap(({ IpProtocol: protocol, FromPort, ToPort, ...ranges }) =>
    rangesOf(ranges).map(({ cidr, description }) => {
      const network = canonicalNetwork(cidr)
      demand(network, 'InvalidParameterValue', `CIDR block ${cidr} is malformed`)
      const isGood = description === undefined || isGroupText(description)
      demand(isGood, 'InvalidParameterValue', 'Invalid rule description.')
      return { protocol, from: Number(FromPort), to: Number(ToPort), network, description, tags }
    }),
  )
}

function rangesOf({
  IpRanges = [],
  Ipv6Ranges = [],
}: Pick<WrittenRule, 'IpRanges' | 'Ipv6Ranges'>) {
  const four = IpRanges.map(({ CidrIp: cidr, Description }) => ({ cidr, description: Description }))
  const six = Ipv6Ranges.map(({ CidrIpv6: cidr, Description }) => ({
    cidr,
    description: Description,
  }))
  return [...four, ...six]
}

function isSame(one: WantedRule, other: WantedRule): boolean {
  return (['protocol', 'from', 'to', 'network'] as const).every((key) => one[key] === other[key])
}
