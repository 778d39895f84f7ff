import { setTimeout as sleep } from 'node:timers/promises'
import { describe, isConflict, isLostConnection } from './errors'
import { steps } from './steps'

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
