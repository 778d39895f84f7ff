import { Unreachable } from '../warehouse/errors'
import { allOf, unlessAbsent } from './aws'
import { writeBlock } from './env-file'
import { type DownOptions, faultsOfDown, refuseFaults } from './options'
import {
  confirm,
  faultsOfSettings,
  inSession,
  placeOf,
  type Session,
  stackOf,
  unanswerable,
} from './session'
import {
  deleteStack,
  failureText,
  findStack,
  type FoundStack,
  type Item,
  itemsOf,
  itemText,
  waitForOthers,
  wayOn,
} from './stack'
import type { Terminal } from './terminal'
import { waitFor } from './wait'
import { keepSnapshot } from './warehouse'

/** What `down` has done, or in a dry run would do, and what it found when it looked again. */
export interface DownReport {
  name: string
  region: string
  account: string
  dryRun: boolean
  removed: Item[]
  /** What is still there, by ARN or name. */
  left: string[]
  /** Snapshots, which are kept and cost. */
  snapshots: string[]
  /** What could not be looked at, and why: it may well be there. */
  unseen: string[]
  settingsRemoved: boolean
}

/** Removes the stack with all that it holds, in whatever state, and looks again whether anything is left. */
export async function down(options: DownOptions, terminal: Terminal): Promise<DownReport> {
  const { dryRun, envFile } = options
  refuseFaults([
    ...faultsOfDown(options),
    ...faultsOfSettings(options),
    ...unanswerable(options, terminal),
  ])
  return inSession(options, terminal, async (session) => {
    const stack = await findStack(session)
    const isBare = !stack || stack.status === 'REVIEW_IN_PROGRESS'
    const removed = isBare ? [] : await itemsOf(session, stack.id)
    const held = removed.filter(({ status }) => status !== 'DELETE_COMPLETE')
    const { name, region, account } = placeOf(session)
    const found = { name, region, account, dryRun, removed: held }
    if (stack) await agree(session, options, held)
    else terminal.notice(`There is no stack ${name} in ${region}, account ${account}.`)
    if (dryRun) return { ...found, ...unlooked }
    if (stack) await remove(session, options, stack, held)
    const seen = await lookAgain(session, stack, options)
    // A session is refused where the settings lead to this name elsewhere.
    const isNamed = stackOf(session.variables)?.name === name
    const isOurs = isNamed && seen.left.length + seen.unseen.length === 0
    return { ...found, ...seen, settingsRemoved: isOurs && (await writeBlock(undefined, envFile)) }
  })
}

const unlooked = { left: [], snapshots: [], unseen: [], settingsRemoved: false }

async function agree(
  session: Session,
  { yes, dryRun, snapshot }: DownOptions,
  held: Item[],
): Promise<void> {
  const { name, region, account } = placeOf(session)
  const data =
    snapshot === undefined
      ? 'Its data goes with it: no snapshot is kept (--snapshot NAME keeps one).'
      : `Its data is kept in the snapshot ${snapshot}, which costs until it is deleted.`
  const list = held.length > 0 ? held.map(itemText).join('\n') : '  (it holds nothing)'
  session.terminal.notice(
    `In ${region}, account ${account}, the stack ${name} will be removed:\n${list}\n${data}`,
  )
  if (!yes && !dryRun) await confirm(session, 'Remove it?', 'removed')
}

async function remove(
  session: Session,
  { snapshot, force }: DownOptions,
  stack: FoundStack,
  held: Item[],
): Promise<void> {
  const { terminal, name } = session
  if (wayOn(stack.status) === 'wait') await waitForOthers(session, stack)
  const found = await findStack(session, stack.id)
  if (!found || found.status === 'DELETE_COMPLETE') return
  const hasData = held.some(({ type }) => /::(Cluster|Namespace)$/.test(type))
  if (snapshot !== undefined && hasData) {
    await keepSnapshot(session, stack.parameters.Kind === 'serverless', snapshot)
  }
  if (found.status === 'REVIEW_IN_PROGRESS') {
    // An empty stack is gone at once, and leaves no event.
    await session.aws.cloudformation.deleteStack({ StackName: stack.id })
    return
  }
  let ending = await deleteStack(session, stack.id)
  if (ending.status === 'DELETE_FAILED') {
    // What depends on something that goes last, as a network interface does, is often gone by now.
    terminal.notice(`${failureText(ending, name)}\nIt is tried once more.`)
    ending = await deleteStack(session, stack.id)
  }
  if (ending.status === 'DELETE_FAILED' && force) {
    terminal.notice(
      `${failureText(ending, name)}\n--force: the stack goes, and leaves that behind.`,
    )
    ending = await deleteStack(session, stack.id, 'FORCE_DELETE_STACK')
  }
  if (ending.status === 'DELETE_COMPLETE') return
  throw new Unreachable(
    `${failureText(ending, name)}\nRemove what is in the way, and run \`sparkify cluster down\` again; with ` +
      '--force the stack goes and leaves that behind, and says what it is.',
  )
}

type Seen = Pick<DownReport, 'left' | 'snapshots' | 'unseen'>

/** Looks at the stack, at the role (which tags do not find), at the secret of Redshift's, and at our tags. */
async function lookAgain(
  session: Session,
  stack: FoundStack | undefined,
  { force }: DownOptions,
): Promise<Seen> {
  const { aws, name, account } = session
  const RoleName = `${name}-${account.region}`
  const SecretId = stack?.outputs.SecretArn
  const looks: Record<string, () => Promise<(string | undefined)[]>> = {
    async 'the stack'() {
      const found = await findStack(session)
      const items = stack && force ? await itemsOf(session, stack.id) : []
      const kept = items.filter(({ status }) => status !== 'DELETE_COMPLETE')
      return [found?.id, ...kept.map((item) => itemText(item).trim())]
    },
    async [`the role ${RoleName}`]() {
      return [(await unlessAbsent('NoSuchEntity', aws.iam.getRole({ RoleName })))?.Role?.Arn]
    },
    async 'the secret'() {
      if (!SecretId) return []
      const asked = aws.secretsmanager.describeSecret({ SecretId })
      const found = await unlessAbsent('ResourceNotFound', asked)
      return found && !found.DeletedDate ? [SecretId] : []
    },
    'what has our tags': () => taggedOnceSettled(session),
  }
  const found = new Set<string>()
  const unseen: string[] = []
  for (const [what, look] of Object.entries(looks)) {
    try {
      for (const one of await look()) if (one !== undefined) found.add(one)
    } catch (error) {
      session.patience.signal.throwIfAborted()
      unseen.push(`${what}: ${(error as Error).message}`)
    }
  }
  const left = [...found].filter((arn) => !isSnapshot(arn))
  return { left, snapshots: [...found].filter(isSnapshot), unseen }
}

const isSnapshot = (arn: string) => /:redshift(-serverless)?:.*:snapshot[:/]/.test(arn)

// What is deleted is listed for a while; in milliseconds.
const settlingMs = 180_000

/** What the Tagging API lists of the warehouse, when it no longer lists what is deleted, or time is up. */
async function taggedOnceSettled(session: Session): Promise<string[]> {
  const { patience, name } = session
  const ends = performance.now() + Math.min(settlingMs, patience.limitMs)
  const awaited = { what: `What has the tags of ${name}`, usual: 'a minute', otherwise: '' }
  return waitFor(patience, awaited, async () => {
    const tagged = await taggedNow(session)
    const isOver = tagged.every(isSnapshot) || performance.now() + patience.everyMs > ends
    return isOver ? { state: 'listed', value: tagged } : { state: 'still listed' }
  })
}

async function taggedNow({ aws, name }: Session): Promise<string[]> {
  const TagFilters = [
    { Key: 'project', Values: ['sparkify-warehouse'] },
    { Key: 'name', Values: [name] },
  ]
  const pages = aws.tag.paginateGetResources({ TagFilters })
  const found = await allOf(pages, (page) => page.ResourceTagMappingList)
  return found.map(({ ResourceARN = '' }) => ResourceARN)
}

/** What `down` prints in the end. */
export function downText(report: DownReport): string {
  const { dryRun, left, snapshots, unseen, settingsRemoved, name, region } = report
  if (dryRun) return 'A dry run: nothing was removed.'
  const lines = (texts: string[]) => texts.map((text) => `  ${text}`).join('\n')
  return [
    ...(left.length > 0
      ? [`Still there:\n${lines(left)}\nRun \`sparkify cluster down\` again in some minutes.`]
      : []),
    ...(unseen.length > 0 ? [`Not looked at, so it may still be there:\n${lines(unseen)}`] : []),
    ...(left.length + unseen.length === 0 ? [`Nothing of ${name} is left in ${region}.`] : []),
    ...(snapshots.length > 0
      ? [`Snapshots that are kept, and cost until they are deleted:\n${lines(snapshots)}`]
      : []),
    ...(settingsRemoved ? ['The connection settings are no longer in .env.'] : []),
  ].join('\n')
}
