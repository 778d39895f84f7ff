import type { IpPermission, SecurityGroupRule } from '@aws-sdk/client-ec2'
import { isFault, unlessAbsent } from '../aws/faults'
import { waitFor } from '../wait'
import { parseRange } from '../wishes/cidr'
import {
  arnIn,
  type Found,
  type Order,
  type Permissions,
  type Place,
  type Resource,
} from './resource'
import type { SecurityGroup } from './security-group'
import { asUpperTags, isOurs, tagsOf } from './tags'

/** The rule that lets the caller's address reach the port; what else the group lets in is not ours. */
export class IngressRule implements Resource {
  readonly kind = 'ingress rule'
  readonly name: string
  readonly permissions: Permissions
  #rules: SecurityGroupRule[] = []

  constructor(
    private readonly place: Place,
    private readonly group: SecurityGroup,
  ) {
    this.name = group.name
    this.permissions = {
      actions: ['ec2:AuthorizeSecurityGroupIngress'],
      on: arnIn(place, 'ec2', 'security-group/*'),
    }
  }

  async find(): Promise<Found | undefined> {
    if (this.group.id === undefined) return undefined
    const answer = await this.place.aws.call('ec2', 'DescribeSecurityGroupRules', {
      Filters: [{ Name: 'group-id', Values: [this.group.id] }],
    })
    this.#rules = (answer.SecurityGroupRules ?? []).filter(
      ({ IsEgress, Tags }) => !IsEgress && isOurs(tagsOf(Tags), this.place.name),
    )
    const [rule] = this.#rules
    if (!rule) return undefined
    const state = this.#rules.map(textOf).join(', ')
    return { id: rule.SecurityGroupRuleId ?? '', name: this.name, state, tags: tagsOf(rule.Tags) }
  }

  // A rule goes with its group.
  findTagged(): Promise<Found[]> {
    return Promise.resolve([])
  }

  async make(order: Order): Promise<void> {
    const { aws, patience } = this.place
    const awaited = {
      what: `The security group ${this.name}`,
      usual: 'a few seconds',
      otherwise: 'Run `up` again.',
    }
    await waitFor(patience, awaited, async () => {
      try {
        await aws.call('ec2', 'AuthorizeSecurityGroupIngress', {
          GroupId: this.group.id,
          IpPermissions: [permission(order)],
          TagSpecifications: [
            { ResourceType: 'security-group-rule', Tags: asUpperTags(order.tags) },
          ],
        })
      } catch (error) {
        if (isFault(error, 'InvalidGroup.NotFound')) return { state: 'not yet known to EC2' }
        if (!isFault(error, 'InvalidPermission.Duplicate')) throw error
      }
      return { state: 'there', value: true }
    })
  }

  differs(order: Order): string | undefined {
    const wanted = wantedText(order)
    const others = this.#rules.map(textOf).filter((text) => text !== wanted)
    if (others.length === 0) return undefined
    return `from ${others.join(', ')} to ${wanted}`
  }

  async change(order: Order): Promise<void> {
    const wanted = wantedText(order)
    const former = this.#rules.filter((rule) => textOf(rule) !== wanted)
    if (former.length === this.#rules.length) await this.make(order)
    await this.#revoke(former)
  }

  async remove(): Promise<void> {
    await this.#revoke(this.#rules)
  }

  async #revoke(rules: SecurityGroupRule[]): Promise<void> {
    const SecurityGroupRuleIds = rules.map(({ SecurityGroupRuleId }) => SecurityGroupRuleId ?? '')
    await unlessAbsent(
      this.place.aws.call('ec2', 'RevokeSecurityGroupIngress', {
        GroupId: this.group.id,
        SecurityGroupRuleIds,
      }),
      'InvalidPermission.NotFound',
      'InvalidSecurityGroupRuleId.NotFound',
    )
  }
}

function permission({ range, wishes: { port } }: Order): IpPermission {
  const Description = 'sparkify cluster up'
  const ranges =
    parseRange(range)?.family === 6
      ? { Ipv6Ranges: [{ CidrIpv6: range, Description }] }
      : { IpRanges: [{ CidrIp: range, Description }] }
  return { IpProtocol: 'tcp', FromPort: port, ToPort: port, ...ranges }
}

function wantedText({ range, wishes: { port } }: Order): string {
  return `${range} (port ${port})`
}

function textOf({ CidrIpv4, CidrIpv6, FromPort }: SecurityGroupRule): string {
  return `${CidrIpv4 ?? CidrIpv6 ?? 'elsewhere'} (port ${FromPort ?? 'any'})`
}
