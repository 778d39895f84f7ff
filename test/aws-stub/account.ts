import type { ResourceChange } from './cloudformation'
import { type Credentials, goodCredentials } from './credentials'
import type { Policy } from './policy'
import type { expand, Expanded, Place } from './template'

/** A resource of a stack. */
export interface Resource {
  type: string
  physicalId: string
  status: string
  properties: Record<string, unknown>
  drift: {
    PropertyPath: string
    ExpectedValue: string
    ActualValue: string
    DifferenceType: string
  }[]
  isGone: boolean
}

interface ChangeSet {
  name: string
  changes: ResourceChange[]
  parameters: Record<string, string>
  expanded: ReturnType<typeof expand>
  tags: { Key: string; Value: string }[]
  looks: number
  isEmpty: boolean
}

export interface Stack {
  id: string
  name: string
  status: string
  reason: string | undefined
  created: Date
  parameters: Record<string, string>
  outputs: Record<string, string>
  tags: { Key: string; Value: string }[]
  resources: Map<string, Resource>
  changeSets: Map<string, ChangeSet>
  events: { EventId: string; [name: string]: string | Date | undefined }[]
  /** What is still to happen, look by look. */
  steps: (() => void)[]
  policy: string
}

/** A resource that cannot be made, changed or removed. */
export interface Trouble {
  logicalId: string
  how: 'CREATE' | 'UPDATE' | 'DELETE'
  reason: string
  times: number
  /** Taking it back fails too. */
  rollbackFails?: boolean
}

export interface AccountOptions {
  id?: string
  region?: string
  /** Where its warehouses are said to answer. */
  address?: { host: string; port: number }
  credentials?: Credentials
  /** What the caller may do; without it everything. */
  policy?: Policy
  /** Takes down every password and secret that is handed out. */
  handedOut?: string[]
}

/** An AWS account in a region, as much of it as a warehouse needs. */
export class Account {
  readonly id: string
  readonly region: string
  readonly address: { host: string; port: number }
  readonly credentials: Credentials
  readonly policy: Policy | undefined
  readonly handedOut: string[]
  readonly stacks: Stack[] = []
  readonly snapshots = new Map<string, { arn: string; looks: number; of: string }>()
  readonly secrets = new Map<string, string>()
  troubles: Trouble[] = []
  /** available, paused, resizing …: of every warehouse. */
  state = 'available'
  /** What the Tagging API lists though it is gone, and for how many looks. */
  ghosts = 0
  /** How many looks it takes until a namespace has its secret. */
  secretLooks = 0
  driftLooks = 0
  eventsAPage = 5
  refusesChangeSets: string | undefined
  #number = 0

  constructor(options: AccountOptions = {}) {
    this.id = options.id ?? '123456789012'
    this.region = options.region ?? 'us-west-2'
    this.address = options.address ?? { host: 'sparkify.example', port: 5439 }
    this.credentials = options.credentials ?? goodCredentials
    this.policy = options.policy
    this.handedOut = options.handedOut ?? []
  }

  /** Takes over what another account holds, in which nothing is under way. */
  adopt({ stacks, secrets }: Account): void {
    this.stacks.push(...structuredClone(stacks))
    for (const [arn, text] of secrets) this.secrets.set(arn, text)
  }

  get caller(): string {
    return `arn:aws:iam::${this.id}:user/ada`
  }

  /** The number of the next thing. */
  number(): string {
    this.#number += 1
    return this.#number.toString(16).padStart(17, '0')
  }

  /** The resources that are there, by kind and name. */
  get resources(): string[] {
    return this.stacks.flatMap(({ resources }) =>
      [...resources.values()]
        .filter(({ status }) => !/DELETE_COMPLETE/.test(status))
        .map(({ type, physicalId }) => `${type} ${physicalId}`),
    )
  }

  /** What of a type is there under a name. */
  find(type: string, physicalId: string): Resource | undefined {
    return this.stacks
      .flatMap(({ resources }) => [...resources.values()])
      .find(
        (one) =>
          one.type === type &&
          one.physicalId === physicalId &&
          !/^DELETE_COMPLETE/.test(one.status),
      )
  }

  newStack(name: string): Stack {
    const id = `arn:aws:cloudformation:${this.region}:${this.id}:stack/${name}/${this.number()}`
    const stack: Stack = {
      ...{ id, name, status: 'REVIEW_IN_PROGRESS', reason: 'User Initiated', created: new Date() },
      ...{ parameters: {}, outputs: {}, tags: [], resources: new Map(), changeSets: new Map() },
      ...{ events: [], steps: [], policy: '' },
    }
    this.#say(stack, name, 'AWS::CloudFormation::Stack', stack.id, 'REVIEW_IN_PROGRESS')
    this.stacks.push(stack)
    return stack
  }

  placeOf(name: string): Place {
    const { region, id } = this
    const attributes: Record<string, string> = {
      'Role Arn': `arn:aws:iam::${id}:role/${name}-${region}`,
      'SecurityGroup GroupId': 'sg-0123456789abcdef0',
      'SubnetGroup ': `${name}-subnets`,
      'Cluster Endpoint.Address': this.address.host,
      'Cluster Endpoint.Port': String(this.address.port),
      'Cluster MasterPasswordSecretArn': this.secretOf(name),
      'Namespace ': name,
      'Workgroup Workgroup.Endpoint.Address': this.address.host,
      'Workgroup Workgroup.Endpoint.Port': String(this.address.port),
      'Namespace Namespace.NamespaceName': name,
    }
    return {
      ...{ name, region, account: id },
      attribute: (logicalId, attribute) => attributes[`${logicalId} ${attribute}`]!,
    }
  }

  secretOf(name: string): string {
    return `arn:aws:secretsmanager:${this.region}:${this.id}:secret:redshift!${name}-awsuser-AbCdEf`
  }

  put(stack: Stack, logicalId: string, { type, properties }: Expanded): void {
    const { name } = stack
    const ids: Record<string, string> = {
      ...{ Role: `${name}-${this.region}`, SecurityGroup: 'sg-0123456789abcdef0' },
      ...{ SubnetGroup: `${name}-subnets`, Cluster: name, Namespace: name, Workgroup: name },
    }
    const physicalId = ids[logicalId]!
    const former = stack.resources.get(logicalId)
    stack.resources.set(logicalId, {
      ...{ type, physicalId, properties, status: former ? 'UPDATE_COMPLETE' : 'CREATE_COMPLETE' },
      ...{ drift: [], isGone: false },
    })
    if (/^(Cluster|Namespace)$/.test(logicalId)) {
      const arn = this.secretOf(name)
      if (!this.secrets.has(arn)) {
        const password = `Pw1${this.number()}`
        this.handedOut.push(password)
        this.secrets.set(arn, JSON.stringify({ username: 'awsuser', password }))
      }
    }
  }

  /** Begins an operation: its events come look by look. */
  begin(stack: Stack, how: string, steps: () => void): void {
    stack.status = `${how}_IN_PROGRESS`
    stack.reason = 'User Initiated'
    this.#say(stack, stack.name, 'AWS::CloudFormation::Stack', stack.id, stack.status)
    stack.steps = []
    steps()
  }

  step(stack: Stack, logicalId: string, type: string, how: string, done: () => void): void {
    stack.steps.push(() => {
      this.#say(stack, logicalId, type, '', `${how}_IN_PROGRESS`)
      const trouble = this.troubles.find(
        (one) => one.logicalId === logicalId && one.how === how && one.times > 0,
      )
      if (!trouble) {
        done()
        this.#say(stack, logicalId, type, '', `${how}_COMPLETE`)
        return
      }
      trouble.times -= 1
      this.#say(stack, logicalId, type, '', `${how}_FAILED`, trouble.reason)
      this.#fail(stack, how, trouble)
    })
  }

  #former: Pick<Stack, 'parameters' | 'resources'> | undefined

  end(
    stack: Stack,
    how: string,
    done: () => void,
    former?: Pick<Stack, 'parameters' | 'resources'>,
  ): void {
    this.#former = former
    stack.steps.push(() => {
      done()
      stack.status = `${how}_COMPLETE`
      stack.reason = undefined
      this.#say(stack, stack.name, 'AWS::CloudFormation::Stack', stack.id, stack.status)
    })
  }

  #fail(stack: Stack, how: string, { rollbackFails, reason }: Trouble): void {
    if (how === 'DELETE') {
      stack.steps = []
      stack.steps.push(() => this.#finish(stack, 'DELETE_FAILED', reason))
      return
    }
    const isNew = stack.status === 'CREATE_IN_PROGRESS'
    const rollback = isNew ? 'ROLLBACK' : 'UPDATE_ROLLBACK'
    this.#finish(stack, `${rollback}_IN_PROGRESS`, 'The following resource(s) failed')
    stack.steps = [
      () => {
        if (rollbackFails)
          return this.#finish(stack, `${rollback}_FAILED`, 'It could not be taken back')
        if (isNew) {
          for (const one of stack.resources.values()) one.status = 'DELETE_COMPLETE'
          this.secrets.clear()
        } else Object.assign(stack, this.#former)
        this.#finish(stack, `${rollback}_COMPLETE`, undefined)
      },
    ]
  }

  #finish(stack: Stack, status: string, reason: string | undefined): void {
    Object.assign(stack, { status, reason })
    this.#say(stack, stack.name, 'AWS::CloudFormation::Stack', stack.id, status, reason)
  }

  remove(stack: Stack, force: boolean): void {
    this.begin(stack, 'DELETE', () => {
      for (const [logicalId, one] of [...stack.resources].reverse()) {
        if (one.status === 'DELETE_COMPLETE') continue
        if (force && this.troubles.some((trouble) => trouble.logicalId === logicalId)) {
          stack.steps.push(() => (one.status = 'DELETE_SKIPPED'))
          continue
        }
        this.step(stack, logicalId, one.type, 'DELETE', () => {
          one.status = 'DELETE_COMPLETE'
          if (/^(Cluster|Namespace)$/.test(logicalId))
            this.secrets.delete(this.secretOf(stack.name))
        })
      }
      this.end(stack, 'DELETE', () => {})
    })
  }

  #say(
    stack: Stack,
    LogicalResourceId: string,
    ResourceType: string,
    PhysicalResourceId: string,
    ResourceStatus: string,
    ResourceStatusReason?: string,
  ): void {
    stack.events.push({
      ...{
        StackId: stack.id,
        StackName: stack.name,
        EventId: this.number(),
        Timestamp: new Date(),
      },
      ...{
        LogicalResourceId,
        PhysicalResourceId,
        ResourceType,
        ResourceStatus,
        ResourceStatusReason,
      },
    })
  }
}
