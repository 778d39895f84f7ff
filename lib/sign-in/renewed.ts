import type { SignedIn } from './sign-in'

// What expires sooner than this is asked for anew: a connection takes a while. In milliseconds.
const margin = 60_000

/** `ask`, asked once for all who want to know, and again where the answer expires or failed. */
export function renewed(ask: () => Promise<SignedIn>): () => Promise<SignedIn> {
  let answer: Promise<SignedIn> | undefined
  let goodUntil = Infinity
  const forget = () => (answer = undefined)
  return () => {
    if (Date.now() > goodUntil) forget()
    if (answer) return answer
    goodUntil = Infinity
    answer = ask()
    answer.then(({ expires }) => {
      if (expires) goodUntil = expires.getTime() - margin
    }, forget)
    return answer
  }
}
