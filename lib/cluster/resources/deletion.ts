import { isFault, unlessAbsent } from '../aws/faults'
import { waitFor } from '../wait'
import type { Found, Place } from './resource'
import type { Lengthy } from './settle'

/** How a service deletes something. */
interface Deletion {
  request: () => Promise<unknown>
  look: () => Promise<Found | undefined>
  /** The fault of a request that comes while it is busy, and of one that comes too late. */
  busy: string
  absent: string
}

/** Has something deleted as soon as it is not busy, unless that was begun, and waits until it is gone. */
export async function deleted(
  { patience }: Place,
  lengthy: Lengthy,
  { state }: Found,
  { request, look, busy, absent }: Deletion,
): Promise<void> {
  let isBegun = ['deleting', 'final-snapshot'].includes(state)
  const otherwise = 'Look at it in the Redshift console, and run `down` again.'
  await waitFor(patience, { ...lengthy, otherwise }, async () => {
    try {
      if (!isBegun) await unlessAbsent(request(), absent)
      isBegun = true
    } catch (error) {
      if (!isFault(error, busy)) throw error
    }
    return (await look()) ?? { state: 'gone', value: true }
  })
}
