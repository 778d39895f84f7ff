import type { Pulse } from '../../../lib/report/pulse'

/** A pulse of which a test says what it is about. */
export function pulseOf(given: Partial<Pulse>): Pulse {
  return {
    ...{ known: 0, first: null, last: null, paidPlays: 0, paidUsers: 0, daysWithout: 0, days: [] },
    ...given,
  }
}
