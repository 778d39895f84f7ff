import { ascending, by, descending, firstOfEach } from './order'
import type { EventRecord, Row } from './records'

// Of events at the same moment the one furthest on in its session counts, then the smallest by value.
const latest = by<EventRecord>(
  descending(({ ts }) => ts),
  descending(({ sessionId }) => sessionId),
  descending(({ itemInSession }) => itemInSession),
  ascending(({ level }) => level),
  ascending(({ firstName }) => firstName),
  ascending(({ lastName }) => lastName),
  ascending(({ gender }) => gender),
)

/** One row per user seen in the logs, as of the latest event. */
export function usersOf(events: EventRecord[]): Row[] {
  const ofSomebody = events.filter(({ userId }) => userId !== '')
  return firstOfEach(ofSomebody, ({ userId }) => userId, latest).map((event) => ({
    user_id: Number(event.userId),
    first_name: event.firstName,
    last_name: event.lastName,
    gender: event.gender,
    level: event.level,
  }))
}
