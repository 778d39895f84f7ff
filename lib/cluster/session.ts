import { Interrupted, UsageError } from '../warehouse/errors'
import { readVariables, verificationFault } from '../warehouse/settings'
import { type Account, type Aws, openAws } from './aws'
import type { Terminal } from './terminal'
import type { Patience } from './wait'

export type Variables = Record<string, string | undefined>

/** What `up`, `status` and `down` have in common. */
export interface SessionOptions {
  name: string
  region: string | undefined
  /** The file of the settings. */
  envFile: string
  /** How often AWS is asked while something is waited for, in seconds, and for how long, in minutes. */
  poll: number
  timeout: number
}

/** Where a command works, and what it has done so far. */
export interface Session {
  aws: Aws
  account: Account
  /** The name of the stack, and of the warehouse in it. */
  name: string
  variables: Variables
  patience: Patience
  terminal: Terminal
  /** What the user is told at Ctrl-C. */
  story: string[]
}

/**
 * Opens AWS and hands it to `work`; Ctrl-C ends that at once.
 * @throws UsageError where the settings lead to the same name in another region or account
 */
export async function inSession<T>(
  options: SessionOptions,
  terminal: Terminal,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  // It would tell every user which Node the SDK's later versions need: that is for us who pin it.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const { name, envFile, poll, timeout } = options
  const variables = readVariables(envFile)
  const region = await resolveRegion(options.region, variables)
  const story: string[] = []
  return untilInterrupted(
    async (signal) => {
      const aws = await openAws(region, signal, terminal.notice)
      const account = await identify(aws, region)
      const elsewhere = otherPlace(variables, name, account)
      if (elsewhere) throw new UsageError(elsewhere)
      const limitMs = timeout * 60_000
      const patience = { everyMs: poll * 1000, limitMs, signal, show: terminal }
      return work({ aws, account, name, variables, patience, terminal, story })
    },
    () => storyText(story),
  )
}

/** All that is wrong with the settings that every command reads. */
export function faultsOfSettings({ envFile }: SessionOptions): string[] {
  const variables = readVariables(envFile)
  return [stackFault(variables), verificationFault(variables)].filter(
    (fault) => fault !== undefined,
  )
}

/** A stack, by its ARN. */
interface StackPlace {
  arn: string
  region: string
  account: string
  name: string
}

/** The stack that the settings lead to. */
export function stackOf({ REDSHIFT_STACK: arn = '' }: Variables): StackPlace | undefined {
  const [, region, account, name] =
    /^arn:[^:]+:cloudformation:([^:]+):(\d+):stack\/([^/]+)\//.exec(arn) ?? []
  return name === undefined ? undefined : { arn, region: region!, account: account!, name }
}

/** Says that the setting of the stack leads to none, where it does not. */
function stackFault(variables: Variables): string | undefined {
  const { REDSHIFT_STACK: given } = variables
  if (!given || stackOf(variables)) return undefined
  return (
    `REDSHIFT_STACK is ${JSON.stringify(given)}: the ARN of a stack is expected, ` +
    'arn:aws:cloudformation:us-west-2:123456789012:stack/sparkify/…, as `sparkify cluster up` writes it'
  )
}

/** Says that the settings lead to a stack of the name elsewhere, where they do. */
function otherPlace(
  variables: Variables,
  name: string,
  { id, region }: Account,
): string | undefined {
  const stack = stackOf(variables)
  if (stack?.name !== name || (stack.region === region && stack.account === id)) return undefined
  return (
    `REDSHIFT_STACK in .env leads to ${name} in ${stack.region}, account ${stack.account}, and this command ` +
    `would work in ${region}, account ${id}. Use that region (--region) and those credentials ` +
    '(AWS_PROFILE), another --name, or another folder with its own .env. Nothing was done.'
  )
}

/** Where a command works, as its report says it. */
export function placeOf({ name, account: { region, id: account } }: Session) {
  return { name, region, account }
}

/** Questions that nobody is there to answer; whether an address has to be asked for shows later. */
export function unanswerable(
  { yes, dryRun }: { yes: boolean; dryRun: boolean },
  { isInteractive }: Terminal,
): string[] {
  if (isInteractive || yes || dryRun) return []
  return ['--yes is not given, and there is no terminal to ask on: it is expected in scripts']
}

/** Asks whether to go on. @throws UsageError where that is not agreed to: nothing was `done` */
export async function confirm(
  { terminal, patience }: Session,
  question: string,
  done: string,
): Promise<void> {
  const answer = await terminal.ask(`${question} [y/N] `, patience.signal)
  if (!/^y(es)?$/i.test(answer)) throw new UsageError(`Not agreed to: nothing was ${done}.`)
}

const form = /^[a-z]{2}(-[a-z]+)+-\d$/

/** The region that is meant: of --region, AWS_REGION, the stack that `.env` names, or the AWS profile. */
async function resolveRegion(option: string | undefined, variables: Variables): Promise<string> {
  const set = option ?? (variables.AWS_REGION || variables.AWS_DEFAULT_REGION)
  const region = set ?? stackOf(variables)?.region ?? (await regionOfProfile())
  if (region !== undefined && form.test(region)) return region
  const found =
    region === undefined ? 'No region is set' : `The region is ${JSON.stringify(region)}`
  throw new UsageError(
    `${found}: an AWS region is expected, us-west-2. Give --region, or set AWS_REGION in .env.`,
  )
}

// The SDK reads the profile; it throws where there is no region in it.
async function regionOfProfile(): Promise<string | undefined> {
  const { STSClient } = await import('@aws-sdk/client-sts')
  return new STSClient({}).config.region().catch(() => undefined)
}

/** Who calls; that the credentials are there and good shows here, before anything else. */
async function identify(aws: Aws, region: string): Promise<Account> {
  const { Account: id = '', Arn: caller = '' } = await aws.sts.getCallerIdentity({})
  return { id, partition: caller.split(':')[1] ?? 'aws', region, caller }
}

/** Exit 130, with what has been begun and how to go on. */
class StoppedHalfway extends Interrupted {
  constructor(story: string) {
    super()
    this.message = story
  }
}

// Whatever holds the process after the message is left, in milliseconds.
const lingering = 1000

/** Runs `work` so that Ctrl-C ends it at once with the story; a second Ctrl-C ends the process. */
async function untilInterrupted<T>(
  work: (signal: AbortSignal) => Promise<T>,
  story: () => string,
): Promise<T> {
  const controller = new AbortController()
  const { signal } = controller
  const stop = () => {
    if (signal.aborted) process.exit(130)
    controller.abort(new StoppedHalfway(story()))
    setTimeout(() => process.exit(130), lingering).unref()
  }
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error))
  })
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, stop)
  try {
    return await Promise.race([work(signal), stopped])
  } finally {
    if (!signal.aborted) for (const name of ['SIGINT', 'SIGTERM'] as const) process.off(name, stop)
  }
}

function storyText(story: string[]): string {
  if (story.length === 0) return 'Stopped: nothing was changed.'
  return (
    `Stopped. ${story.join('; ')}. CloudFormation goes on with what was begun, and it may cost: ` +
    '`sparkify cluster status` shows it, `sparkify cluster up` goes on from here, `sparkify cluster down` ' +
    'removes all of it.'
  )
}
