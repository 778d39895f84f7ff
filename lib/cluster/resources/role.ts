import { unlessAbsent } from '../aws/faults'
import { accessPolicy, type PolicyDocument, trustPolicy } from './policy'
import type { Found, Order, Permissions, Place, Resource } from './resource'
import { asUpperTags, tagsOf } from './tags'

const absent = 'NoSuchEntity'

/** The IAM role that Redshift reads and writes S3 with. */
export class Role implements Resource {
  readonly kind = 'IAM role'
  readonly name: string
  readonly permissions: Permissions
  /** Its two documents, as they stand in IAM. */
  #trust = ''
  #access = ''

  constructor(private readonly place: Place) {
    this.name = `${place.name}-redshift`
    this.permissions = {
      actions: ['CreateRole', 'TagRole', 'PutRolePolicy', 'GetRolePolicy', 'PassRole'].map(
        (action) => `iam:${action}`,
      ),
      on: this.arn,
    }
  }

  get arn(): string {
    const { partition, id } = this.place.account
    return `arn:${partition}:iam::${id}:role/${this.name}`
  }

  async find(): Promise<Found | undefined> {
    const { aws } = this.place
    const RoleName = this.name
    const answer = await unlessAbsent(aws.call('iam', 'GetRole', { RoleName }), absent)
    if (!answer?.Role) return undefined
    const PolicyName = this.name
    const policy = await unlessAbsent(
      aws.call('iam', 'GetRolePolicy', { RoleName, PolicyName }),
      absent,
    )
    this.#trust = decodeURIComponent(answer.Role.AssumeRolePolicyDocument ?? '')
    this.#access = decodeURIComponent(policy?.PolicyDocument ?? '')
    const { Arn, Tags, CreateDate } = answer.Role
    return { id: Arn!, name: this.name, state: 'there', tags: tagsOf(Tags), since: CreateDate }
  }

  // IAM finds no role by its tags, and a role is never renamed.
  findTagged(): Promise<Found[]> {
    return Promise.resolve([])
  }

  async make(order: Order): Promise<void> {
    await this.place.aws.call('iam', 'CreateRole', {
      RoleName: this.name,
      Description: 'Lets Amazon Redshift read the data of the Sparkify warehouse',
      AssumeRolePolicyDocument: JSON.stringify(this.#wanted(order).trust),
      Tags: asUpperTags(order.tags),
    })
    await this.#putAccess(order)
  }

  differs(order: Order): string | undefined {
    const { trust, access } = this.#wanted(order)
    if (!isSame(this.#trust, trust)) return 'who may assume it, and what it may do'
    return isSame(this.#access, access) ? undefined : 'what it may do'
  }

  async change(order: Order): Promise<void> {
    const { trust } = this.#wanted(order)
    if (!isSame(this.#trust, trust)) {
      await this.place.aws.call('iam', 'UpdateAssumeRolePolicy', {
        RoleName: this.name,
        PolicyDocument: JSON.stringify(trust),
      })
    }
    await this.#putAccess(order)
  }

  async remove(): Promise<void> {
    const { aws } = this.place
    const RoleName = this.name
    const inline = await aws.call('iam', 'ListRolePolicies', { RoleName })
    for (const PolicyName of inline.PolicyNames ?? []) {
      await aws.call('iam', 'DeleteRolePolicy', { RoleName, PolicyName })
    }
    const attached = await aws.call('iam', 'ListAttachedRolePolicies', { RoleName })
    for (const { PolicyArn } of attached.AttachedPolicies ?? []) {
      await aws.call('iam', 'DetachRolePolicy', { RoleName, PolicyArn })
    }
    await unlessAbsent(aws.call('iam', 'DeleteRole', { RoleName }), absent)
  }

  #wanted({ wishes, data }: Order) {
    return {
      trust: trustPolicy(wishes.serverless),
      access: accessPolicy(this.place.account.partition, data, wishes.kmsKey),
    }
  }

  async #putAccess(order: Order): Promise<void> {
    await this.place.aws.call('iam', 'PutRolePolicy', {
      RoleName: this.name,
      PolicyName: this.name,
      PolicyDocument: JSON.stringify(this.#wanted(order).access),
    })
  }
}

function isSame(found: string, wanted: PolicyDocument): boolean {
  return found === JSON.stringify(wanted)
}
