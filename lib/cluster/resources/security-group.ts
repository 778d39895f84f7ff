import { Unreachable } from '../../warehouse/errors'
import { isFault, unlessAbsent } from '../aws/faults'
import { waitFor } from '../wait'
import {
  arnIn,
  type Found,
  type Order,
  type Permissions,
  type Place,
  type Resource,
} from './resource'
import { asUpperTags, isOurs, tagsOf } from './tags'

const absent = ['InvalidGroup.NotFound', 'InvalidGroupId.NotFound']

interface Filter {
  Name: string
  Values: string[]
}

/** The security group of the warehouse: nothing but its rule lets anyone in. */
export class SecurityGroup implements Resource {
  readonly kind = 'security group'
  readonly name: string
  readonly permissions: Permissions
  #id: string | undefined

  /** @param vpc the network to look in; undefined: in all */
  constructor(
    private readonly place: Place,
    private readonly vpc?: string,
  ) {
    this.name = `${place.name}-redshift`
    this.permissions = {
      actions: ['ec2:CreateSecurityGroup', 'ec2:CreateTags'],
      on: arnIn(place, 'ec2', 'security-group/*'),
    }
  }

  /** Its number, once it was found or made. */
  get id(): string | undefined {
    return this.#id
  }

  async find(): Promise<Found | undefined> {
    const inVpc = this.vpc === undefined ? [] : [{ Name: 'vpc-id', Values: [this.vpc] }]
    const groups = await this.#describe([{ Name: 'group-name', Values: [this.name] }, ...inVpc])
    const found = groups.find(({ tags }) => isOurs(tags, this.place.name)) ?? groups[0]
    this.#id = found?.id
    return found
  }

  async findTagged(): Promise<Found[]> {
    const { name } = this.place
    const groups = await this.#describe([{ Name: 'tag:name', Values: [name] }])
    return groups.filter(({ tags }) => isOurs(tags, name))
  }

  async make({ tags, network }: Order): Promise<void> {
    const made = await this.place.aws.call('ec2', 'CreateSecurityGroup', {
      GroupName: this.name,
      Description: 'Who may reach the Sparkify warehouse',
      VpcId: network.vpc,
      TagSpecifications: [{ ResourceType: 'security-group', Tags: asUpperTags(tags) }],
    })
    this.#id = made.GroupId
  }

  // The network interfaces of a cluster that is gone go a little later, and hold the group until then.
  async remove({ id: GroupId }: Found): Promise<void> {
    const { aws, patience } = this.place
    const awaited = {
      what: `The security group ${this.name}`,
      usual: 'a minute',
      otherwise:
        'Something uses it, or refers to it: see its network interfaces in the EC2 console, then run ' +
        '`down` again.',
    }
    await waitFor(patience, awaited, async () => {
      try {
        await unlessAbsent(aws.call('ec2', 'DeleteSecurityGroup', { GroupId }), ...absent)
        return { state: 'deleted', value: true }
      } catch (error) {
        if (isFault(error, 'DependencyViolation')) return { state: 'still in use' }
        throw error
      }
    })
  }

  async #describe(Filters: Filter[]): Promise<Found[]> {
    const answer = await this.place.aws.call('ec2', 'DescribeSecurityGroups', { Filters })
    return (answer.SecurityGroups ?? []).map(({ GroupId, GroupName, Tags }) => {
      if (!GroupId) throw new Unreachable('EC2 tells of a security group without its GroupId.')
      return { id: GroupId, name: GroupName ?? '', state: 'there', tags: tagsOf(Tags) }
    })
  }
}
