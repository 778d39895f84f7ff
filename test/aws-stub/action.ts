import type { Account } from './account'
import type { Input } from './form'
import { Refusal } from './refusal'
import type { Answer } from './xml'

/** What a service can be asked to do. */
export interface Action {
  /** The parameters without which it is refused. */
  needs: string[]
  does: (input: Input, account: Account) => Answer
}

/** An action whose parameters, once they are there, have the types that it says. */
export function action<Parameters>(
  needs: (keyof Parameters & string)[],
  does: (parameters: Parameters, account: Account) => Answer,
): Action {
  return { needs, does: (input, account) => does(input as Parameters, account) }
}

/** Refuses what does not hold. */
export function demand(
  holds: unknown,
  code: string,
  message: string,
  status?: number,
): asserts holds {
  if (!holds) throw new Refusal(code, message, status)
}

/** What a map has under a name, or the refusal of a service that knows no such thing. */
export function known<Thing>(things: Map<string, Thing>, name: string, refusal: Refusal): Thing {
  const thing = things.get(name)
  if (!thing) throw refusal
  return thing
}
