import type { ClusterSubnetGroup } from '@aws-sdk/client-redshift'
import { unlessAbsent } from '../aws/faults'
import {
  arnIn,
  type Found,
  type Order,
  type Permissions,
  type Place,
  type Resource,
} from './resource'
import { asUpperTags, isOurs, tagsOf } from './tags'

const absent = 'ClusterSubnetGroupNotFound'

/** The subnets that a provisioned cluster may lie in, where they are not those of the default VPC. */
export class SubnetGroup implements Resource {
  readonly kind = 'cluster subnet group'
  readonly name: string
  readonly permissions: Permissions

  constructor(private readonly place: Place) {
    this.name = `${place.name}-redshift`
    this.permissions = {
      actions: ['redshift:CreateClusterSubnetGroup', 'redshift:CreateTags'],
      on: arnIn(place, 'redshift', `subnetgroup:${this.name}`),
    }
  }

  async find(): Promise<Found | undefined> {
    const answer = await unlessAbsent(
      this.place.aws.call('redshift', 'DescribeClusterSubnetGroups', {
        ClusterSubnetGroupName: this.name,
      }),
      absent,
    )
    return answer?.ClusterSubnetGroups?.map(foundIn)[0]
  }

  async findTagged(): Promise<Found[]> {
    const { aws, name } = this.place
    const answer = await aws.call('redshift', 'DescribeClusterSubnetGroups', {
      TagKeys: ['name'],
      TagValues: [name],
    })
    const groups = (answer.ClusterSubnetGroups ?? []).map(foundIn)
    return groups.filter(({ tags }) => isOurs(tags, name))
  }

  async make({ network, tags }: Order): Promise<void> {
    await this.place.aws.call('redshift', 'CreateClusterSubnetGroup', {
      ClusterSubnetGroupName: this.name,
      Description: 'Where the Sparkify warehouse lies',
      SubnetIds: network.subnets,
      Tags: asUpperTags(tags),
    })
  }

  async remove({ name }: Found): Promise<void> {
    await unlessAbsent(
      this.place.aws.call('redshift', 'DeleteClusterSubnetGroup', { ClusterSubnetGroupName: name }),
      absent,
    )
  }
}

function foundIn({ ClusterSubnetGroupName: name = '', Tags }: ClusterSubnetGroup): Found {
  return { id: name, name, state: 'there', tags: tagsOf(Tags) }
}
