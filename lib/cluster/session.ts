import { UsageError } from '../warehouse/errors'
import { readVariables, verificationFault } from '../warehouse/settings'
import type { Account, Aws, Call } from './aws/aws'
import { identify, resolveRegion } from './aws/identity'
import { liveAws } from './aws/live-aws'
import { Rehearsal } from './aws/rehearsal'
import { untilInterrupted } from './interrupt'
import type { Place } from './resources/resource'
import type { Terminal } from './terminal'
import type { Patience } from './wait'

/** What `up`, `status` and `down` have in common. */
export interface SessionOptions {
  name: string
  region: string | undefined
  dryRun: boolean
  /** The file of the settings. */
  envFile: string
  /** How often AWS is asked while something is waited for, in seconds, and for how long, in minutes. */
  poll: number
  timeout: number
}

/** Where a command works, and what it has done so far. */
export interface Session {
  place: Place
  terminal: Terminal
  /** What the user is told at Ctrl-C. */
  story: string[]
  /** A dry run: nothing is made, said, asked or written. */
  isRehearsed: boolean
}

/** What a dry run gives: every call, in order; none was made. */
export interface Rehearsed {
  dryRun: true
  calls: Call[]
}

/**
 * Opens AWS, or in a dry run what stands for it, and hands it to `work`; Ctrl-C ends that at once.
 * @param prepare makes the account of a dry run as `work` is to find it
 */
export async function inSession<T>(
  options: SessionOptions,
  terminal: Terminal,
  work: (session: Session) => Promise<T>,
  prepare: (place: Place) => Promise<void> = () => Promise.resolve(),
): Promise<T | Rehearsed> {
  // It would tell every user which Node the SDK's later versions need: that is for us who pin it.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const variables = readVariables(options.envFile)
  const unverified = verificationFault(variables)
  if (unverified) throw new UsageError(unverified)
  const region = await resolveRegion(options.region, variables)
  const story: string[] = []
  return untilInterrupted(
    async (signal) => {
      const patience = patienceOf(options, terminal, signal)
      if (!options.dryRun) {
        const place = await placeIn(liveAws(region, signal), region, options.name, patience)
        return work({ place, terminal, story, isRehearsed: false })
      }
      const aws = new Rehearsal(region)
      const silent = { ...patience, show: { begin() {}, state() {}, end() {} } }
      await prepare(await placeIn(aws, region, options.name, silent))
      aws.calls.length = 0
      const place = await placeIn(aws, region, options.name, silent)
      await work({ place, terminal, story, isRehearsed: true })
      return { dryRun: true, calls: aws.calls }
    },
    () => storyText(story),
  )
}

async function placeIn(aws: Aws, region: string, name: string, patience: Patience): Promise<Place> {
  const account: Account = await identify(aws, region)
  return { aws, account, name, patience }
}

function patienceOf(
  { poll, timeout }: SessionOptions,
  show: Terminal,
  signal: AbortSignal,
): Patience {
  return { everyMs: poll * 1000, limitMs: timeout * 60_000, signal, show }
}

function storyText(story: string[]): string {
  if (story.length === 0) return 'Stopped: nothing was changed.'
  return (
    `Stopped. ${story.join('; ')}. What was begun in AWS goes on there and may cost: ` +
    '`sparkify cluster up` goes on from here, `sparkify cluster down` removes all of it.'
  )
}
