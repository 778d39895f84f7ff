import { waitFor } from '../wait'
import type { Found, Place } from './resource'
import { refuseHopeless } from './states'

/** Something that takes AWS a while. */
export interface Lengthy {
  /** As a sentence begins. */
  what: string
  usual: string
}

/**
 * Waits until what was made is available.
 * @param lacks what an available one is still without; undefined: nothing
 * @throws Unreachable where waiting does not help
 */
export function settled(
  { patience }: Place,
  lengthy: Lengthy,
  find: () => Promise<Found | undefined>,
  lacks: (found: Found) => string | undefined,
): Promise<Found> {
  const otherwise = 'It goes on being made: `up` waits on, `down` removes it.'
  return waitFor(patience, { ...lengthy, otherwise }, async () => {
    const found = await find()
    if (!found) return { state: 'not yet listed' }
    refuseHopeless(lengthy.what, found.state)
    if (!found.state.startsWith('available')) return found
    const lack = lacks(found)
    return lack === undefined ? { ...found, value: found } : { state: `available, ${lack}` }
  })
}

/** What an endpoint is still without. */
export function addressLacking({ endpoint }: Found): string | undefined {
  return endpoint?.host ? undefined : 'its address to come'
}
