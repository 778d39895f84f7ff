import { type Call, isWrite } from './call'
import { Refusal } from './refusal'

/** What is to go wrong, with the next calls of a service (and an action). */
export interface Fault {
  service: string
  action?: string
  /** Amazon's code and words of a refusal, and its HTTP status. */
  code?: string
  message?: string
  status?: number
  /**
   * Instead of a refusal: never to answer; to close the connection; or to do as asked and close it, so
   * that the answer is lost.
   */
  instead?: 'hang' | 'drop' | 'lose'
  /** How many calls it befalls: 1. */
  times?: number
}

/** What befalls a call. */
export type Fate = 'answer' | 'hang' | 'drop' | 'lose'

/** Lets calls fail on command. */
export class Faults {
  #faults: Fault[] = []
  #held: { write: number; reached: (call: Call) => void } | undefined
  #writes = 0

  add(fault: Fault): void {
    this.#faults.push({ times: 1, ...fault })
  }

  /** The next calls are answered as they are. */
  clear(): void {
    this.#faults = []
    this.#held = undefined
  }

  /** Has the write number `write` (from 1) carried out and never answered; resolves when it is. */
  hold(write: number): Promise<Call> {
    this.#writes = 0
    return new Promise((reached) => (this.#held = { write, reached }))
  }

  /** Before a call is carried out. @throws Refusal */
  befall(call: Call): Fate {
    const fault = this.#faults.find(
      ({ service, action, times }) =>
        service === call.service && (action ?? call.action) === call.action && times! > 0,
    )
    if (!fault) return 'answer'
    fault.times! -= 1
    if (fault.instead) return fault.instead
    throw new Refusal(
      fault.code ?? 'InternalFailure',
      fault.message ?? 'Told to fail.',
      fault.status,
    )
  }

  /** After it was: true where it is not to be answered. */
  holds(call: Call): boolean {
    if (!this.#held || !isWrite(call)) return false
    this.#writes += 1
    if (this.#writes !== this.#held.write) return false
    this.#held.reached(call)
    return true
  }
}
