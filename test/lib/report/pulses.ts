import type { Summary } from '../../../lib/report/content'
import type { Pulse } from '../../../lib/report/pulse'

/** A pulse of which a test says what it is about. */
export function pulseOf(given: Partial<Pulse>): Pulse {
  return {
    ...{ known: 0, first: null, last: null, paidPlays: 0, paidUsers: 0, daysWithout: 0, days: [] },
    ...given,
  }
}

/** The summary of one play, without a load. */
export function summaryOf(pulse: Pulse): Summary {
  return {
    ...{ plays: 1, users: 1, songs: 0, artists: 0, pulse },
    ...{ latestEvent: null, stale: [], latestLoad: undefined, loads: [], allLoads: 0 },
  }
}
