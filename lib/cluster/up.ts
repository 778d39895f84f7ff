import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Unreachable, UsageError } from '../warehouse/errors'
import { readVariables } from '../warehouse/settings'
import { faultName } from './aws'
import { faultOfRange } from './cidr'
import { writeBlock } from './env-file'
import { faultsOfKind, faultsOfUp, refuseFaults, type UpOptions } from './options'
import {
  dataParameters,
  type Parameters,
  rangesOf,
  readDataPlaces,
  wantedParameters,
} from './parameters'
import { checkPermissions } from './permissions'
import { type PlannedChange, planOf, planText, refuseLoss } from './plan'
import { costText } from './prices'
import { waitForAnswer } from './reach'
import {
  confirm,
  faultsOfSettings,
  inSession,
  placeOf,
  type Session,
  unanswerable,
} from './session'
import {
  carryOut,
  type ChangeSet,
  deleteStack,
  dropChangeSet,
  type Ending,
  failureText,
  findStack,
  type FoundStack,
  makeChangeSet,
  waitForOthers,
  wayOn,
} from './stack'
import type { Terminal } from './terminal'
import { connectionSettings, lookAt, resume } from './warehouse'

/** What `up` has done, or in a dry run would do. */
export interface UpReport {
  name: string
  region: string
  account: string
  dryRun: boolean
  changes: PlannedChange[]
  cost: string
  /** What was written to `.env`; nothing in a dry run. */
  settings: Record<string, string>
}

/**
 * Makes a warehouse or changes it, by one stack: shows the change set, asks, carries it out, waits until the
 * warehouse answers, and writes the settings that lead there. Run again, it goes on from whatever it finds.
 */
export async function up(options: UpOptions, terminal: Terminal): Promise<UpReport> {
  const { urls, faults } = readDataPlaces(readVariables(options.envFile))
  refuseFaults([
    ...faultsOfUp(options),
    ...faultsOfSettings(options),
    ...faults,
    ...unanswerable(options, terminal),
  ])
  const template = await readFile(join(__dirname, 'template.yaml'), 'utf8')
  return inSession(options, terminal, async (session) => {
    for (let attempt = 1; ; attempt++) {
      const stack = await readyStack(session, options)
      const wish = await wishOf(session, options, stack, urls)
      if (!stack || stack.status === 'REVIEW_IN_PROGRESS')
        await checkPermissions(session, wish.parameters.Kind === 'serverless')
      const changeSet = await unlessOvertaken(attempt, () =>
        makeChangeSet(session, { ...wish, template, tags: tagsOf(session, options, stack) }),
      )
      if (!changeSet) continue
      const changes = planOf(changeSet.changes)
      const parameters = { ...wish.former, ...wish.parameters }
      const isPaused = stack !== undefined && (await stateIn(session, parameters)) === 'paused'
      const agreed = await agree(session, options, { changeSet, changes, parameters, isPaused })
      const report = { ...placeOf(session), changes, cost: costText(parameters) }
      if (!agreed) return { ...report, dryRun: true, settings: {} }
      if (isPaused) await resume(session)
      if (!changeSet.isEmpty) {
        const ending = await unlessOvertaken(attempt, () => execute(session, changeSet))
        if (!ending) continue
      }
      return { ...report, dryRun: false, settings: await finish(session, options) }
    }
  })
}

/** The stack, once it can be changed; undefined: there is none. */
async function readyStack(
  session: Session,
  { dryRun }: UpOptions,
): Promise<FoundStack | undefined> {
  const { name, terminal } = session
  for (;;) {
    const stack = await findStack(session)
    const way = wayOn(stack?.status)
    if (!stack || way === 'create' || way === 'update') return stack
    const stands = `The stack ${name} is ${stack.status}${stack.reason ? ` (${stack.reason})` : ''}`
    if (way === 'down') {
      throw new Unreachable(
        `${stands}: what is there of it has to be removed first, by \`sparkify cluster down\`.`,
      )
    }
    if (way === 'wait') {
      await waitForOthers(session, stack)
      continue
    }
    if (dryRun) {
      throw new Unreachable(
        `${stands}: \`sparkify cluster up\` mends that first, and there is no change set to show before.`,
      )
    }
    const what =
      way === 'remove'
        ? 'what was taken back is removed'
        : 'taking back the former change is finished'
    terminal.notice(`${stands}: ${what} first.`)
    const ending = await (way === 'remove' ? deleteStack : finishRollback)(session, stack.id)
    const isWell = ['DELETE_COMPLETE', 'UPDATE_ROLLBACK_COMPLETE'].includes(ending.status)
    if (!isWell) throw new Unreachable(failureText(ending, name))
  }
}

function finishRollback(session: Session, StackName: string): Promise<Ending> {
  return carryOut(session, StackName, 'rolled back', () =>
    session.aws.cloudformation.continueUpdateRollback({ StackName }),
  )
}

/** What the change set is to be made with: what is given, and what the stack has. */
async function wishOf(
  session: Session,
  options: UpOptions,
  stack: FoundStack | undefined,
  urls: string[],
): Promise<{ type: 'CREATE' | 'UPDATE'; parameters: Parameters; former: Parameters }> {
  const isNew = !stack || wayOn(stack.status) === 'create'
  const former = isNew ? {} : stack.parameters
  const kind = { Kind: 'provisioned', ...former, ...wantedParameters(options) }.Kind
  refuseFaults(faultsOfKind(options, kind === 'serverless'))
  const cidr = options.cidr ?? (isNew ? [await askForRange(session, options)] : undefined)
  const parameters = {
    ...wantedParameters({ ...options, cidr }),
    ...dataParameters(urls, session.account.partition),
  }
  if (options.baseRpu !== undefined && options.maxRpu === undefined) {
    parameters.MaxRpu = String(Math.max(options.baseRpu, Number(former.MaxRpu ?? 8)))
  }
  return { type: isNew ? 'CREATE' : 'UPDATE', parameters: { Kind: kind, ...parameters }, former }
}

/** Who may connect is never guessed. */
async function askForRange(
  { terminal, patience }: Session,
  { allowWideCidr }: UpOptions,
): Promise<string> {
  if (!terminal.isInteractive) {
    throw new UsageError(
      '--cidr is not given, and there is no terminal to ask on: your address is expected, 203.0.113.7/32.',
    )
  }
  const question =
    'From which address do you connect (as your network is seen from outside: 203.0.113.7)? '
  const given = await terminal.ask(question, patience.signal)
  const fault = faultOfRange(given, allowWideCidr)
  if (fault) throw new UsageError(`${fault}.`)
  return given
}

// A change of the tags would replace the namespace, which holds the data: a stack keeps those it has.
function tagsOf({ account, name }: Session, { owner }: UpOptions, stack: FoundStack | undefined) {
  if (stack && wayOn(stack.status) === 'update') return stack.tags
  const value = (owner ?? account.caller).replace(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu, '_')
  const tags = { project: 'sparkify-warehouse', name, owner: value.slice(0, 256) }
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}

// How often another command may come before this one.
const attempts = 5

/** What `work` gives; undefined where another command changed the stack meanwhile: to be looked at again. */
async function unlessOvertaken<T>(attempt: number, work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    const name = faultName(error)
    const isOvertaken =
      /^(ChangeSetNotFound|InvalidChangeSetStatus|OperationInProgress)$/.test(name) ||
      // Of this one fault the words alone say what it is.
      (name === 'ValidationError' &&
        /IN_PROGRESS state|already exists and cannot be created again|does not exist/.test(
          (error as Error).message,
        ))
    if (isOvertaken && attempt < attempts) return undefined
    throw error
  }
}

async function stateIn(session: Session, { Kind }: Parameters): Promise<string | undefined> {
  return (await lookAt(session, Kind === 'serverless'))?.state
}

interface Proposal {
  changeSet: ChangeSet
  changes: PlannedChange[]
  parameters: Parameters
  isPaused: boolean
}

/** Shows what would be done and what it costs, and asks. @returns false in a dry run */
async function agree(
  session: Session,
  { dryRun, yes }: UpOptions,
  { changeSet, changes, parameters, isPaused }: Proposal,
): Promise<boolean> {
  const { account, name, terminal } = session
  const isPending = !changeSet.isEmpty
  try {
    refuseLoss(changes, name)
    const isPublic = parameters.Public === 'true'
    const reach = isPublic ? 'from the internet' : 'inside its VPC only (--public is for outside)'
    const lines = [
      `In ${account.region}, account ${account.id}, as ${account.caller}:`,
      ...(isPending ? [] : [`  = the stack ${name}: nothing to change`]),
      ...(changes.length > 0 ? [planText(changes)] : []),
      ...(isPending && changes.length === 0
        ? [`  ~ the stack ${name}: what it says of itself`]
        : []),
      ...(isPaused ? ['  ~ the cluster is paused, and is resumed'] : []),
      `It can be reached ${reach}, by ${rangesOf(parameters).join(', ')} on port ${parameters.Port ?? 5439}.`,
      costText(parameters),
    ]
    terminal.notice(lines.join('\n'))
    if (dryRun) {
      if (isPending) await dropChangeSet(session, changeSet)
      return false
    }
    if (!yes && (isPending || isPaused)) await confirm(session, 'Go ahead?', 'made')
    return true
  } catch (error) {
    if (error instanceof UsageError && isPending) await dropChangeSet(session, changeSet)
    throw error
  }
}

async function execute(session: Session, { id, stack }: ChangeSet): Promise<true> {
  const { aws, name } = session
  const ending = await carryOut(session, stack, 'made or changed', () =>
    aws.cloudformation.executeChangeSet({ ChangeSetName: id, StackName: stack }),
  )
  if (/^(CREATE|UPDATE)_COMPLETE$/.test(ending.status)) return true
  throw new Unreachable(
    `${failureText(ending, name)}\nWhat had been begun was taken back. \`sparkify cluster up\` again goes on from there.`,
  )
}

// For whoever else deploys to the stack: what holds the data is neither replaced nor removed by an update.
const stackPolicy = JSON.stringify({
  Statement: [
    { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' },
    {
      Effect: 'Deny',
      Action: ['Update:Replace', 'Update:Delete'],
      Principal: '*',
      Resource: ['LogicalResourceId/Cluster', 'LogicalResourceId/Namespace'],
    },
  ],
})

async function finish(session: Session, { envFile }: UpOptions): Promise<Record<string, string>> {
  const { aws, name, terminal, patience } = session
  const stack = await findStack(session)
  if (!stack) throw new Unreachable(`The stack ${name} is gone. Run \`up\` again.`)
  await aws.cloudformation.setStackPolicy({ StackName: stack.id, StackPolicyBody: stackPolicy })
  const settings = await connectionSettings(session, stack)
  const { REDSHIFT_HOST, REDSHIFT_PORT } = settings
  if (stack.parameters.Public === 'true')
    await waitForAnswer(patience, REDSHIFT_HOST, Number(REDSHIFT_PORT))
  else terminal.notice(privateText)
  await writeBlock(settings, envFile)
  return settings
}

const privateText =
  'The endpoint is private: it answers inside its VPC only, so whether it does is not tried from here. ' +
  'Work from a machine in the VPC, or through a bastion or a VPN into it.'

/** What `up` prints in the end; the plan and its cost were shown before. */
export function upText({ dryRun, settings }: UpReport): string {
  if (dryRun) return 'A dry run: nothing was made, and the change set is removed again.'
  const { REDSHIFT_HOST, REDSHIFT_PORT, REDSHIFT_DATABASE } = settings
  return [
    `The warehouse is at ${REDSHIFT_HOST}:${REDSHIFT_PORT}, database ${REDSHIFT_DATABASE}.`,
    `.env has the settings that lead there: ${Object.keys(settings).join(', ')}.`,
    'Next: `sparkify run --env production`; in the end `sparkify cluster down`.',
  ].join('\n')
}
