import type { Cluster } from '@aws-sdk/client-redshift'
import { unlessAbsent } from '../aws/faults'
import { foundIn, roleStateIn } from './cluster-found'
import { clusterInput } from './cluster-input'
import { deleted } from './deletion'
import { whenRoleIsKnown } from './new-role'
import {
  arnIn,
  type Found,
  type Order,
  type Permissions,
  type Place,
  type Removal,
  type Resource,
} from './resource'
import type { Role } from './role'
import type { SecurityGroup } from './security-group'
import { addressLacking, settled } from './settle'
import { asUpperTags, isOtherTtl, isOurs, ttlTags } from './tags'

const absent = 'ClusterNotFound'

/** A provisioned cluster. */
export class ProvisionedCluster implements Resource {
  readonly kind = 'cluster'
  readonly name: string
  readonly permissions: Permissions
  #cluster: Cluster | undefined

  constructor(
    private readonly place: Place,
    private readonly role: Role,
    private readonly group: SecurityGroup,
    private readonly subnetGroup?: string,
  ) {
    this.name = place.name
    this.permissions = {
      actions: ['redshift:CreateCluster', 'redshift:CreateTags'],
      on: arnIn(place, 'redshift', `cluster:${this.name}`),
    }
  }

  async find(): Promise<Found | undefined> {
    this.#cluster = await this.#get(this.name)
    return this.#cluster && foundIn(this.#cluster)
  }

  async findTagged(): Promise<Found[]> {
    const { aws, name } = this.place
    const given = { TagKeys: ['name'], TagValues: [name] }
    const answer = await aws.call('redshift', 'DescribeClusters', given)
    const clusters = (answer.Clusters ?? []).map(foundIn)
    return clusters.filter(({ tags }) => isOurs(tags, name))
  }

  async make(order: Order): Promise<void> {
    const input = clusterInput(order, {
      role: this.role.arn,
      group: this.group.id ?? '',
      subnetGroup: this.subnetGroup,
    })
    await whenRoleIsKnown(order.patience, this.role, () =>
      this.place.aws.call('redshift', 'CreateCluster', input),
    )
  }

  differs({ wishes }: Order, { state, tags }: Found): string | undefined {
    const differences = [
      ...(state === 'paused' ? ['it is paused, and resumed'] : []),
      ...(isOtherTtl(tags, wishes.ttl) ? [`it is to live ${wishes.ttl} hours from now`] : []),
      ...(state !== 'paused' && this.#roleState() === 'not attached'
        ? ['the role is attached']
        : []),
    ]
    return differences.length > 0 ? differences.join(', ') : undefined
  }

  async change(order: Order, { state, tags }: Found): Promise<void> {
    const ClusterIdentifier = this.name
    const { ttl } = order.wishes
    if (isOtherTtl(tags, ttl)) {
      const ResourceName = arnIn(this.place, 'redshift', `cluster:${this.name}`)
      const Tags = asUpperTags(ttlTags(new Date(), ttl!))
      await this.place.aws.call('redshift', 'CreateTags', { ResourceName, Tags })
    }
    if (state === 'paused') {
      await this.place.aws.call('redshift', 'ResumeCluster', { ClusterIdentifier })
    } else if (this.#roleState() === 'not attached') await this.#attachRole(order)
  }

  async #attachRole(order: Order): Promise<void> {
    const ClusterIdentifier = this.name
    const arn = this.role.arn
    await whenRoleIsKnown(order.patience, this.role, () =>
      this.place.aws.call('redshift', 'ModifyClusterIamRoles', {
        ClusterIdentifier,
        AddIamRoles: [arn],
        DefaultIamRoleArn: arn,
      }),
    )
  }

  settle(): Promise<Found> {
    const lengthy = { what: `The cluster ${this.name}`, usual: '3 to 10 minutes' }
    const lacks = (found: Found) => {
      const role = this.#roleState()
      return role === 'in-sync' ? addressLacking(found) : `its role ${role}`
    }
    return settled(this.place, lengthy, () => this.find(), lacks)
  }

  async remove(found: Found, { snapshot }: Removal): Promise<void> {
    const ClusterIdentifier = found.name
    const final =
      snapshot === undefined
        ? { SkipFinalClusterSnapshot: true }
        : { SkipFinalClusterSnapshot: false, FinalClusterSnapshotIdentifier: snapshot }
    const usual = snapshot === undefined ? '2 to 5 minutes' : '5 to 15 minutes'
    await deleted(this.place, { what: `The cluster ${found.name}`, usual }, found, {
      request: () =>
        this.place.aws.call('redshift', 'DeleteCluster', { ClusterIdentifier, ...final }),
      look: async () => {
        const cluster = await this.#get(found.name)
        return cluster && foundIn(cluster)
      },
      busy: 'InvalidClusterState',
      absent,
    })
  }

  async #get(ClusterIdentifier: string): Promise<Cluster | undefined> {
    const asked = this.place.aws.call('redshift', 'DescribeClusters', { ClusterIdentifier })
    return (await unlessAbsent(asked, absent))?.Clusters?.[0]
  }

  #roleState(): string {
    return roleStateIn(this.#cluster, this.role.arn)
  }
}
