import { setTimeout as sleep } from 'node:timers/promises'
import { Unreachable } from '../warehouse/errors'

/** How long, and how often, it is asked whether something has come about; and who is told meanwhile. */
export interface Patience {
  everyMs: number
  limitMs: number
  signal: AbortSignal
  show: Watch
}

/** Sees what is waited for. */
export interface Watch {
  /** @param line says how things stand, and for how long it has been waited by now */
  state: (state: string, line: () => string) => void
  end: () => void
}

/** What is waited for. */
interface Expected {
  /** As a sentence begins: The cluster "sparkify". */
  what: string
  /** How long it takes as a rule. */
  usual: string
  /** What to do where it takes longer than the limit. */
  otherwise: string
}

/** How things stand; a `value` ends the waiting. */
interface Standing<T> {
  state: string
  value?: T
}

/**
 * Looks again and again until there is a value. Whatever `look` throws ends the waiting at once: the SDK
 * has already repeated what is worth repeating.
 * @throws Unreachable after the limit
 */
export async function waitFor<T>(
  { everyMs, limitMs, signal, show }: Patience,
  { what, usual, otherwise }: Expected,
  look: () => Promise<Standing<T>>,
): Promise<T> {
  const began = performance.now()
  try {
    for (;;) {
      const standing = await look()
      if (standing.value !== undefined) return standing.value
      const soFar = () => `${elapsed(performance.now() - began)} so far, ${usual} is usual …`
      show.state(standing.state, () => `${what}: ${standing.state}, ${soFar()}`)
      const waited = performance.now() - began
      if (waited >= limitMs) {
        const minutes = Math.round(waited / 60_000)
        throw new Unreachable(
          `${what}: still ${standing.state} after ${minutes} minutes; ${usual} is usual. ${otherwise}`,
        )
      }
      await sleep(everyMs, undefined, { signal })
    }
  } finally {
    show.end()
  }
}

function elapsed(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}
