import type { Workgroup } from '@aws-sdk/client-redshift-serverless'
import { describe, Unreachable } from '../../warehouse/errors'
import { isFault, unlessAbsent } from '../aws/faults'
import { rpusOf } from '../wishes/wishes'
import { deleted } from './deletion'
import {
  arnIn,
  type Found,
  type Order,
  type Permissions,
  type Place,
  type Resource,
} from './resource'
import type { SecurityGroup } from './security-group'
import { taggedServerless, tagsAt } from './serverless-tags'
import { addressLacking, settled } from './settle'
import { asLowerTags, isOtherTtl, ttlTags } from './tags'
import { foundIn } from './workgroup-found'

const service = 'redshift-serverless'
const absent = 'ResourceNotFound'

/** What a Serverless warehouse computes with, and where it answers. */
export class ServerlessWorkgroup implements Resource {
  readonly kind = 'workgroup'
  readonly isRegional = true
  readonly name: string
  readonly permissions: Permissions

  constructor(
    private readonly place: Place,
    private readonly group: SecurityGroup,
  ) {
    this.name = place.name
    this.permissions = {
      actions: [`${service}:CreateWorkgroup`, `${service}:TagResource`],
      on: arnIn(place, service, 'workgroup/*'),
    }
  }

  async find(): Promise<Found | undefined> {
    const workgroup = await this.#get(this.name)
    if (!workgroup) return undefined
    const tags = await tagsAt(this.place.aws, workgroup.workgroupArn)
    return tags && { ...foundIn(workgroup), tags }
  }

  findTagged(): Promise<Found[]> {
    const { aws, name } = this.place
    return taggedServerless(aws, name, async (nextToken) => {
      const page = await aws.call(service, 'ListWorkgroups', { nextToken })
      return { found: (page.workgroups ?? []).map(foundIn), nextToken: page.nextToken }
    })
  }

  async make({ wishes, tags, network }: Order): Promise<void> {
    const { baseRpu, maxRpu } = rpusOf(wishes)
    const input = {
      workgroupName: this.name,
      namespaceName: this.name,
      baseCapacity: baseRpu,
      maxCapacity: maxRpu,
      port: wishes.port,
      publiclyAccessible: wishes.public,
      securityGroupIds: [this.group.id ?? ''],
      ...(network.isNamed ? { subnetIds: network.subnets } : {}),
      tags: asLowerTags(tags),
    }
    try {
      await this.place.aws.call(service, 'CreateWorkgroup', input)
    } catch (error) {
      throw isFault(error, 'Validation') ? withSubnetAdvice(error as Error) : error
    }
  }

  differs({ wishes }: Order, { tags }: Found): string | undefined {
    if (!isOtherTtl(tags, wishes.ttl)) return undefined
    return `it is to live ${wishes.ttl} hours from now`
  }

  async change({ wishes }: Order, { id, tags: { project = '' } }: Found): Promise<void> {
    await this.place.aws.call(service, 'TagResource', {
      resourceArn: id,
      // A policy may ask for the project of what is tagged.
      tags: asLowerTags({ project, ...ttlTags(new Date(), wishes.ttl!) }),
    })
  }

  settle(): Promise<Found> {
    const lengthy = { what: `The workgroup ${this.name}`, usual: '2 to 5 minutes' }
    return settled(this.place, lengthy, () => this.#look(this.name), addressLacking)
  }

  async remove(found: Found): Promise<void> {
    const { aws } = this.place
    const workgroupName = found.name
    const lengthy = { what: `The workgroup ${workgroupName}`, usual: '2 to 5 minutes' }
    await deleted(this.place, lengthy, found, {
      request: () => aws.call(service, 'DeleteWorkgroup', { workgroupName }),
      look: () => this.#look(workgroupName),
      busy: 'Conflict',
      absent,
    })
  }

  async #look(name: string): Promise<Found | undefined> {
    const workgroup = await this.#get(name)
    return workgroup && foundIn(workgroup)
  }

  async #get(workgroupName: string): Promise<Workgroup | undefined> {
    const asked = this.place.aws.call(service, 'GetWorkgroup', { workgroupName })
    return (await unlessAbsent(asked, absent))?.workgroup
  }
}

function withSubnetAdvice(fault: Error): Unreachable {
  return new Unreachable(
    `${describe(fault)}\nServerless wants at least three subnets in three availability zones: ` +
      'name them with --subnets, or leave --vpc and --subnets out.',
    { cause: fault.cause },
  )
}
