import { randomUUID } from 'node:crypto'
import type { Change, Stack, StackEvent, Tag } from '@aws-sdk/client-cloudformation'
import { Unreachable, UsageError } from '../warehouse/errors'
import { adviceOn, allOf, faultName } from './aws'
import { asInput, type Parameters } from './parameters'
import type { Session } from './session'
import { waitFor } from './wait'

/** A stack as it stands. */
export interface FoundStack {
  id: string
  status: string
  /** Why it stands so, where AWS says it. */
  reason: string | undefined
  parameters: Parameters
  outputs: Record<string, string>
  tags: Tag[]
  created: Date
}

/** How to go on with a stack: with a first change set or a next one, after waiting, mending or removing it. */
export type Way = 'create' | 'update' | 'wait' | 'continue' | 'remove' | 'down'

/** The way on from a state of CloudFormation's. */
export function wayOn(status: string | undefined): Way {
  if (status === undefined || status === 'REVIEW_IN_PROGRESS' || status === 'DELETE_COMPLETE')
    return 'create'
  if (status.endsWith('_IN_PROGRESS')) return 'wait'
  if (status === 'ROLLBACK_COMPLETE') return 'remove' // a creation that was taken back holds nothing
  if (status === 'UPDATE_ROLLBACK_FAILED') return 'continue'
  return /^(CREATE|ROLLBACK|DELETE)_FAILED$/.test(status) ? 'down' : 'update'
}

/**
 * The stack of a name, or of an ID, which finds one that is deleted too.
 * @throws UsageError for one that this project did not make
 */
export async function findStack(
  { aws, name }: Session,
  StackName = name,
): Promise<FoundStack | undefined> {
  try {
    const { Stacks } = await aws.cloudformation.describeStacks({ StackName })
    const [found] = Stacks ?? []
    if (!found) return undefined
    const stack = asFound(found)
    const isEmpty = ['REVIEW_IN_PROGRESS', 'DELETE_COMPLETE'].includes(stack.status)
    if (!isEmpty && !('DataObjects' in stack.parameters)) throw foreign(name)
    return stack
  } catch (error) {
    // Of this one fault the words alone say what it is.
    const isAbsent =
      faultName(error) === 'ValidationError' && /does not exist/.test((error as Error).message)
    if (isAbsent) return undefined
    throw error
  }
}

function asFound(stack: Stack): FoundStack {
  const pairs = <T>(list: T[] | undefined, of: (one: T) => (string | undefined)[]) =>
    Object.fromEntries((list ?? []).map((one) => of(one).map((text) => text ?? ''))) as Parameters
  return {
    id: stack.StackId!,
    status: stack.StackStatus!,
    reason: stack.StackStatusReason,
    parameters: pairs(stack.Parameters, (one) => [one.ParameterKey, one.ParameterValue]),
    outputs: pairs(stack.Outputs, (one) => [one.OutputKey, one.OutputValue]),
    tags: (stack.Tags ?? []).filter(({ Key }) => !Key?.startsWith('aws:')),
    created: stack.CreationTime!,
  }
}

function foreign(name: string): UsageError {
  return new UsageError(
    `There is a stack ${name}, and it is not of this project's template: it is not ours, and nothing was ` +
      'touched. Choose another --name.',
  )
}

/** A change set, which shows what would be changed. */
export interface ChangeSet {
  id: string
  stack: string
  /** None where only what the stack says of itself changes, as how to sign in. */
  changes: Change[]
  /** Nothing would change at all. */
  isEmpty: boolean
}

interface Wish {
  type: 'CREATE' | 'UPDATE'
  template: string
  parameters: Parameters
  former: Parameters
  tags: Tag[]
}

/** Has CloudFormation say what it would change. @returns an empty one where there is nothing to do */
export async function makeChangeSet(session: Session, wish: Wish): Promise<ChangeSet> {
  const { aws, name, patience, story } = session
  const ChangeSetName = `sparkify-${randomUUID()}`
  const { Id = '', StackId = '' } = await aws.cloudformation.createChangeSet({
    StackName: name,
    ChangeSetName,
    ClientToken: ChangeSetName,
    ChangeSetType: wish.type,
    TemplateBody: wish.template,
    Parameters: asInput(wish.parameters, wish.former),
    Capabilities: ['CAPABILITY_NAMED_IAM'],
    Tags: wish.tags,
  })
  if (wish.type === 'CREATE') story.push(`An empty stack ${name} was made for its change set`)
  const awaited = {
    what: `The change set of ${name}`,
    usual: 'half a minute',
    otherwise: 'Run the command again.',
  }
  return waitFor(patience, awaited, async () => {
    const described = { ChangeSetName: Id, StackName: StackId, IncludePropertyValues: true }
    const made = { id: Id, stack: StackId, changes: [] as Change[], isEmpty: false }
    const pages = aws.cloudformation.paginateDescribeChangeSet(described)
    for await (const { Status = '', StatusReason = '', Changes = [] } of pages) {
      if (Status === 'FAILED') {
        // Its documented words are all that tells it from a failure.
        const isEmpty = /didn't contain changes|No updates are to be performed/.test(StatusReason)
        await dropChangeSet(session, made)
        if (isEmpty) return { state: Status, value: { ...made, isEmpty } }
        const advice = adviceOn(StatusReason)
        throw new Unreachable(
          `CloudFormation refuses the change: ${StatusReason}${advice ? `\n${advice}` : ''}`,
        )
      }
      if (Status !== 'CREATE_COMPLETE') return { state: Status.toLowerCase() }
      made.changes.push(...Changes)
    }
    return { state: 'CREATE_COMPLETE', value: made }
  })
}

/** Removes a change set, with the empty stack that a first one leaves. */
export async function dropChangeSet(
  session: Session,
  { id, stack }: Pick<ChangeSet, 'id' | 'stack'>,
): Promise<void> {
  const { aws, story } = session
  await aws.cloudformation.deleteChangeSet({ ChangeSetName: id, StackName: stack })
  const found = await findStack(session, stack)
  if (found?.status !== 'REVIEW_IN_PROGRESS') return
  // Another command may be about to execute its own.
  const { Summaries } = await aws.cloudformation.listChangeSets({ StackName: stack })
  if ((Summaries ?? []).some(({ ChangeSetId }) => ChangeSetId !== id)) return
  await aws.cloudformation.deleteStack({ StackName: stack })
  story.length = 0
}

/** How an operation on a stack ended. */
export interface Ending {
  status: string
  /** What failed and why, the first first. */
  failures: string[]
}

/** Begins an operation on a stack, and shows its events until it is over. */
export async function carryOut(
  session: Session,
  stack: string,
  doing: string,
  begin: () => Promise<unknown>,
): Promise<Ending> {
  const since = await newestEvent(session, stack)
  await begin()
  const { story } = session
  story.push(`The stack ${session.name} is being ${doing}`)
  const ending = await follow(session, stack, since)
  story[story.length - 1] = `The stack ${session.name}: ${ending.status}`
  return ending
}

/** Deletes a stack, and shows its events until it is over. */
export function deleteStack(
  session: Session,
  StackName: string,
  DeletionMode?: 'FORCE_DELETE_STACK',
): Promise<Ending> {
  return carryOut(session, StackName, 'deleted', () =>
    session.aws.cloudformation.deleteStack({ StackName, DeletionMode }),
  )
}

/** Shows the events of what another command began, until it is over. */
export async function waitForOthers(session: Session, stack: FoundStack): Promise<void> {
  session.terminal.notice(`The stack ${session.name} is ${stack.status}: another command is at it.`)
  const since = await newestEvent(session, stack.id)
  await follow(session, stack.id, since, async () => {
    const found = await findStack(session, stack.id)
    return found && wayOn(found.status) !== 'wait' ? found.status : undefined
  })
}

async function newestEvent({ aws }: Session, StackName: string): Promise<string | undefined> {
  const { StackEvents } = await aws.cloudformation.describeStackEvents({ StackName })
  return StackEvents?.[0]?.EventId
}

async function follow(
  session: Session,
  stack: string,
  since: string | undefined,
  isOver?: () => Promise<string | undefined>,
): Promise<Ending> {
  const { patience, terminal, name } = session
  const failures: string[] = []
  let seen = since
  const awaited = {
    what: `The stack ${name}`,
    usual: '3 to 10 minutes',
    otherwise: 'CloudFormation goes on: `sparkify cluster status` shows how it stands.',
  }
  let state = 'begun'
  return waitFor(patience, awaited, async () => {
    let ended = await isOver?.()
    for (const event of await eventsAfter(session, stack, seen)) {
      seen = event.EventId
      const { LogicalResourceId = '', ResourceStatus = '', ResourceStatusReason: why } = event
      const isStack = event.PhysicalResourceId === stack
      const isFailure = ResourceStatus.endsWith('_FAILED')
      const reason = why && (isFailure || isStack) ? `: ${why}` : ''
      terminal.notice(`  ${timeOf(event)} ${LogicalResourceId} ${ResourceStatus}${reason}`)
      const isKnock = /cancelled|The following resource/i.test(why ?? '')
      const isNews = !isKnock && !(isStack && failures.length > 0)
      if (isFailure && isNews) failures.push(`${LogicalResourceId}: ${why ?? ResourceStatus}`)
      if (isStack && !ResourceStatus.endsWith('_IN_PROGRESS')) ended = ResourceStatus
      state = `${LogicalResourceId} ${ResourceStatus}`
    }
    return ended === undefined ? { state } : { state, value: { status: ended, failures } }
  })
}

function timeOf({ Timestamp }: StackEvent): string {
  return Timestamp?.toISOString().slice(11, 19) ?? ''
}

/** The events after the one that was seen last, the oldest first; AWS lists the newest first, in pages. */
async function eventsAfter(
  { aws }: Session,
  StackName: string,
  seen: string | undefined,
): Promise<StackEvent[]> {
  const events: StackEvent[] = []
  const pages = aws.cloudformation.paginateDescribeStackEvents({ StackName })
  for await (const { StackEvents = [] } of pages) {
    for (const event of StackEvents) {
      if (event.EventId === seen) return events.reverse()
      events.push(event)
    }
  }
  return events.reverse()
}

/** A resource of a stack. */
export interface Item {
  logicalId: string
  type: string
  id: string
  status: string
}

/** What a stack holds, also one that is deleted (by its ID). */
export async function itemsOf({ aws }: Session, StackName: string): Promise<Item[]> {
  const pages = aws.cloudformation.paginateListStackResources({ StackName })
  const found = await allOf(pages, (page) => page.StackResourceSummaries)
  return found.map((one) => ({
    logicalId: one.LogicalResourceId ?? '',
    type: one.ResourceType ?? '',
    id: one.PhysicalResourceId ?? '',
    status: one.ResourceStatus ?? '',
  }))
}

/** A resource in a list. */
export function itemText({ logicalId, type, id }: Item): string {
  return `  ${logicalId} (${type})${id === '' ? '' : `: ${id}`}`
}

/** What a failed operation says: what failed, why, and what to do. */
export function failureText({ status, failures }: Ending, name: string): string {
  const list = failures.map((failure) => `  ${failure}`).join('\n')
  const advice = failures.map(adviceOn).find(Boolean)
  return [`The stack ${name} ended in ${status}:`, list, advice].filter(Boolean).join('\n')
}
