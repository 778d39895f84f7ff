import { randomBytes } from 'node:crypto'
import type { Cluster } from './cluster'
import { type Credentials, goodCredentials } from './credentials'
import type { Group } from './group'
import type { Namespace } from './namespaces'
import type { Policy } from './policy'
import type { Role } from './roles'
import type { Secret } from './secrets'
import type { Snapshot } from './snapshots'
import type { SubnetGroup } from './subnet-groups'
import type { Workgroup } from './workgroups'

/** Where a cluster is said to answer. */
export interface Address {
  host: string
  port: number
}

/** What an account is like. */
export interface AccountOptions {
  /** Where its clusters are said to answer. */
  address: Address
  region?: string
  /** How many looks a change takes; with none, everything is there, and known to all, at once. */
  looks?: number
  /** How many subnets the default VPC has, each in a zone of its own; none: there is no such VPC. */
  subnets?: number
  /** The caller's keys; those of `goodCredentials` where none are given. */
  credentials?: Credentials
  /** What the caller may do; without it everything. */
  policy?: Policy
  /** Takes down every password and secret that is handed out. */
  handedOut?: string[]
}

/** An AWS account, as much of it as a warehouse needs. */
export class Account {
  readonly id = '123456789012'
  readonly user = 'ada'
  readonly vpc = 'vpc-0a1b2c3d4e5f60718'
  readonly roles = new Map<string, Role>()
  readonly groups = new Map<string, Group>()
  readonly subnetGroups = new Map<string, SubnetGroup>()
  readonly clusters = new Map<string, Cluster>()
  readonly namespaces = new Map<string, Namespace>()
  readonly workgroups = new Map<string, Workgroup>()
  readonly secrets = new Map<string, Secret>()
  readonly snapshots = new Map<string, Snapshot>()
  readonly region: string
  readonly address: Address
  readonly looks: number
  readonly subnets: number
  readonly credentials: Credentials
  readonly policy: Policy | undefined
  readonly handedOut: string[]
  #things = 0

  constructor({ address, ...given }: AccountOptions) {
    this.address = address
    this.region = given.region ?? 'us-west-2'
    this.looks = given.looks ?? 2
    this.subnets = given.subnets ?? 3
    this.credentials = given.credentials ?? goodCredentials
    this.policy = given.policy
    this.handedOut = given.handedOut ?? []
  }

  get subnetIds(): string[] {
    return Array.from({ length: this.subnets }, (_, index) => `subnet-0000000000000000${index + 1}`)
  }

  arn(service: string, resource: string): string {
    return `arn:aws:${service}:${service === 'iam' ? '' : this.region}:${this.id}:${resource}`
  }

  /** The number of the next thing, as EC2 writes them. */
  number(): string {
    this.#things += 1
    return this.#things.toString(16).padStart(17, '0')
  }

  /** A password nobody has seen before, as Redshift makes them. */
  password(): string {
    const password = `Pw1${randomBytes(18).toString('hex')}`
    this.handedOut.push(password)
    return password
  }

  /** What is there, by kind and name; a snapshot costs too, but is kept on purpose. */
  leftovers(): string[] {
    const kinds = [
      'roles',
      'groups',
      'subnetGroups',
      'clusters',
      'workgroups',
      'namespaces',
      'secrets',
    ] as const
    return kinds.flatMap((kind) => [...this[kind].keys()].map((name) => `${kind} ${name}`))
  }
}
