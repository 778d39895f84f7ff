import type { Account, Aws } from '../aws/aws'
import type { Patience } from '../wait'
import type { NodeSize, RpuSize } from '../wishes/size'
import type { Wishes } from '../wishes/wishes'
import type { Network } from './network'
import type { DataPlaces } from './policy'
import type { Tags } from './tags'

/** Where resources are made and looked for: an account and region, and the name that all share. */
export interface Place {
  aws: Aws
  account: Account
  name: string
  patience: Patience
}

/** What `up` is to make there. */
export interface Order extends Place {
  wishes: Wishes
  data: DataPlaces
  tags: Tags
  network: Network
  /** Who may connect. */
  range: string
}

/** Where a warehouse answers, as far as a resource knows. */
export interface Endpoint {
  /** Whether it can be reached from outside its VPC. */
  isPublic: boolean
  host: string
  port: number
  database: string
  secretArn: string
}

/** A resource that is there. */
export interface Found {
  /** Its ARN or number. */
  id: string
  name: string
  /** available, deleting, …, in lower case; of what has no states: there */
  state: string
  tags: Tags
  since?: Date | undefined
  endpoint?: Partial<Endpoint>
  /** Compute that costs. */
  size?: NodeSize | RpuSize
}

/** What is to happen to what is removed. */
export interface Removal {
  /** The name of a last snapshot. */
  snapshot: string | undefined
}

/** One kind of resource under the name of a place. */
export interface Resource {
  /** As in a sentence: IAM role. */
  readonly kind: string
  readonly name: string
  /** What making it needs permission for. */
  readonly permissions: Permissions
  /** Not every region has its service: where that is missing, so is the resource. */
  readonly isRegional?: true
  /** Looks by name. */
  find: () => Promise<Found | undefined>
  /** Looks by tag, also under other names and in other networks. */
  findTagged: () => Promise<Found[]>
  make: (order: Order) => Promise<void>
  /** What of it has to be changed, in words; undefined: nothing. */
  differs?: (order: Order, found: Found) => string | undefined
  change?: (order: Order, found: Found) => Promise<void>
  /** Waits until it can be used. */
  settle?: () => Promise<Found>
  /** Removes it, and waits until it is gone; does nothing more where that was begun already. */
  remove: (found: Found, removal: Removal) => Promise<void>
}

/** Actions on one resource. */
export interface Permissions {
  actions: string[]
  on: string
}

/** The ARN of what a service of the place's region has. */
export function arnIn({ account }: Place, service: string, resource: string): string {
  return `arn:${account.partition}:${service}:${account.region}:${account.id}:${resource}`
}
