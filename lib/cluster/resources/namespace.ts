import type { Namespace } from '@aws-sdk/client-redshift-serverless'
import { unlessAbsent } from '../aws/faults'
import { adminUser } from '../wishes/wishes'
import { deleted } from './deletion'
import { foundIn, roleArnIn, roleStateIn } from './namespace-found'
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
import { taggedServerless, tagsAt } from './serverless-tags'
import { settled } from './settle'
import { asLowerTags } from './tags'

const service = 'redshift-serverless'
const absent = 'ResourceNotFound'

/** What a Serverless warehouse holds: databases, users, and the roles that it may assume. */
export class ServerlessNamespace implements Resource {
  readonly kind = 'namespace'
  readonly isRegional = true
  readonly name: string
  readonly permissions: Permissions
  #namespace: Namespace | undefined

  constructor(
    private readonly place: Place,
    private readonly role: Role,
  ) {
    this.name = place.name
    this.permissions = {
      actions: [`${service}:CreateNamespace`, `${service}:TagResource`],
      on: arnIn(place, service, 'namespace/*'),
    }
  }

  async find(): Promise<Found | undefined> {
    this.#namespace = await this.#get(this.name)
    if (!this.#namespace) return undefined
    const tags = await tagsAt(this.place.aws, this.#namespace.namespaceArn)
    return tags && { ...foundIn(this.#namespace), tags }
  }

  findTagged(): Promise<Found[]> {
    const { aws, name } = this.place
    return taggedServerless(aws, name, async (nextToken) => {
      const page = await aws.call(service, 'ListNamespaces', { nextToken })
      return { found: (page.namespaces ?? []).map(foundIn), nextToken: page.nextToken }
    })
  }

  async make({ wishes, tags, patience }: Order): Promise<void> {
    const { arn } = this.role
    await whenRoleIsKnown(patience, this.role, () =>
      this.place.aws.call(service, 'CreateNamespace', {
        namespaceName: this.name,
        adminUsername: adminUser,
        manageAdminPassword: true,
        dbName: wishes.database,
        iamRoles: [arn],
        defaultIamRoleArn: arn,
        tags: asLowerTags(tags),
      }),
    )
  }

  differs(): string | undefined {
    return this.#roleState() === 'not attached' ? 'the role is attached' : undefined
  }

  async change({ patience }: Order): Promise<void> {
    const { arn } = this.role
    await whenRoleIsKnown(patience, this.role, () =>
      this.place.aws.call(service, 'UpdateNamespace', {
        namespaceName: this.name,
        iamRoles: [...(this.#namespace?.iamRoles ?? []).map(roleArnIn), arn],
        defaultIamRoleArn: arn,
      }),
    )
  }

  settle(): Promise<Found> {
    const lengthy = { what: `The namespace ${this.name}`, usual: 'a minute' }
    const lacks = () => {
      const role = this.#roleState()
      return role === 'in-sync' ? undefined : `its role ${role}`
    }
    return settled(this.place, lengthy, () => this.find(), lacks)
  }

  async remove(found: Found, { snapshot }: Removal): Promise<void> {
    const { aws } = this.place
    const namespaceName = found.name
    const final = snapshot === undefined ? {} : { finalSnapshotName: snapshot }
    const usual = snapshot === undefined ? 'a minute' : '5 to 15 minutes'
    await deleted(this.place, { what: `The namespace ${namespaceName}`, usual }, found, {
      request: () => aws.call(service, 'DeleteNamespace', { namespaceName, ...final }),
      look: async () => {
        const namespace = await this.#get(namespaceName)
        return namespace && foundIn(namespace)
      },
      busy: 'Conflict',
      absent,
    })
  }

  async #get(namespaceName: string): Promise<Namespace | undefined> {
    const asked = this.place.aws.call(service, 'GetNamespace', { namespaceName })
    return (await unlessAbsent(asked, absent))?.namespace
  }

  #roleState(): string {
    return roleStateIn(this.#namespace, this.role.arn)
  }
}
