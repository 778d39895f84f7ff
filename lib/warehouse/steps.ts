import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Knex } from 'knex'
import { describe, Interrupted, isConflict, isLostConnection } from './errors'
import { cancelStatement } from './rows'

/** A finished step of a load. */
export interface StepReport {
  name: string
  /** What the step wrote or went through: so many of `unit`. */
  count: number
  /** What it removed before. */
  removed?: number
  unit: string
  seconds: number
  /** What audits warned of. */
  warnings?: Warning[]
}

/** An audit that does not hold, and stops nothing. */
export interface Warning {
  table: string
  audit: string
  /** Rows for which it does not hold. */
  count: number
  /** One of them. */
  example: Record<string, unknown>
}

interface StepEvents {
  begin: [name: string]
  end: [report: StepReport]
  /** Something that the user should know, and that stops nothing. */
  notice: [text: string]
}

/** Tells whoever listens what a load is doing. */
export const steps = new EventEmitter<StepEvents>()

/**
 * Runs one step of a load and tells of it.
 * @param work returns how many of `unit` it wrote or went through
 */
export async function step(
  name: string,
  work: () => Promise<number | Pick<StepReport, 'count' | 'removed' | 'warnings'>>,
  unit = 'rows',
): Promise<void> {
  const start = performance.now()
  steps.emit('begin', name)
  const done = await work()
  const counted = typeof done === 'number' ? { count: done } : done
  steps.emit('end', { name, ...counted, unit, seconds: (performance.now() - start) / 1000 })
}

// Ctrl-C is answered within five seconds: who cannot be stopped politely by then is left.
const stopsWithin = 4500

/**
 * Runs `work` so that Ctrl-C ends it: the running statements are cancelled on the server, and what they
 * belong to is rolled back. A second Ctrl-C ends the process at once. Work that was done by then counts.
 * @param said tells, once work has stopped, what is committed and what is not done; undefined: nothing is
 * @throws Interrupted
 */
export async function interruptible<T>(
  knex: Knex,
  work: () => Promise<T>,
  said: () => string | undefined = () => undefined,
): Promise<T> {
  const sessions = openSessions(knex)
  let isStopped = false
  let leaving: NodeJS.Timeout | undefined
  const stop = () => {
    if (isStopped) process.exit(130)
    isStopped = true
    process.stderr.write('Stopping: what is not committed is rolled back …\n')
    leaving = setTimeout(() => process.exit(130), stopsWithin).unref()
    void cancel(knex, sessions)
  }
  const refuseMore = ({ sql }: { sql: string }) => {
    if (isStopped && !/^(rollback|select pg_cancel_backend)/i.test(sql)) throw new Interrupted()
  }
  process.on('SIGINT', stop)
  knex.on('query', refuseMore)
  try {
    const done = await work()
    clearTimeout(leaving)
    return done
  } catch (error) {
    throw isStopped ? new Interrupted(said(), { cause: error }) : error
  } finally {
    process.off('SIGINT', stop)
    knex.removeListener('query', refuseMore)
  }
}

interface Session {
  processID: number
}

interface Pool {
  on(event: 'createSuccess' | 'destroySuccess', tell: (id: number, session: Session) => void): void
}

/** The server's process numbers of the connections that are open at any moment. */
function openSessions(knex: Knex): Set<number> {
  const open = new Set<number>()
  const { pool } = knex.client as { pool: Pool }
  pool.on('createSuccess', (_, { processID }) => open.add(processID))
  pool.on('destroySuccess', (_, { processID }) => open.delete(processID))
  return open
}

async function cancel(knex: Knex, sessions: Set<number>): Promise<void> {
  // Cancelling takes a connection, which is not itself cancelled.
  for (const session of [...sessions]) await cancelStatement(knex, session)
}

/** How long is waited before each further attempt, in seconds. */
const pauses = [1, 2, 4]

/** True for an error after which the whole transaction may well succeed. */
export function isRetryable(error: unknown): boolean {
  return isConflict(error) || isLostConnection(error)
}

/**
 * Runs a whole transaction, and again where another one or the network was in the way: after 1, 2 and 4
 * seconds, with a word on it. Any other error is thrown at once.
 */
export async function retrying<T>(transaction: () => Promise<T>, waits = pauses): Promise<T> {
  const [seconds, ...later] = waits
  try {
    return await transaction()
  } catch (error) {
    if (seconds === undefined || !isRetryable(error)) throw error
    steps.emit('notice', `${describe(error)}\nIt is tried again in ${seconds} s.`)
    await sleep(seconds * 1000)
    return retrying(transaction, later)
  }
}
