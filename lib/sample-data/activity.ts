import { Calendar } from './calendar'
import { DAY } from './clock'
import { Listeners, type Identity } from './listeners'
import { Queue } from './queue'
import { Random } from './random'
import { planSession, type Step } from './session'
import { streams } from './streams'
import type { Tracks } from './tracks'

/** One event: the step, whose it is, and its place in its session. */
export interface Activity {
  readonly step: Step
  readonly identity: Identity
  readonly sessionId: number
  readonly itemInSession: number
}

interface Session {
  readonly id: number
  readonly identity: Identity
  readonly steps: readonly Step[]
  item: number
}

export interface Period {
  readonly events: number
  readonly days: number
  readonly seed: number
}

const SLOT = 5 * 60

/** All events in order of time, exactly as many as asked for; only sessions under way are held. */
export function* activity(period: Period, tracks: Tracks): Generator<Activity> {
  const sessions = new Queue<Session>(earlier)
  const planner = new Planner(period, tracks)
  for (let slot = 0; slot < period.days * DAY; slot += SLOT) {
    for (const session of planner.startingIn(slot)) sessions.add(session)
    yield* eventsBefore(slot + SLOT, sessions)
  }
}

class Planner {
  private readonly random: Random
  private readonly listeners: Listeners
  private readonly calendar: Calendar
  private readonly longest: number
  private planned = 0
  private lastId = 0

  constructor(
    private readonly period: Period,
    private readonly tracks: Tracks,
  ) {
    const { seed, events, days } = period
    this.random = new Random(seed, streams.activity)
    this.listeners = new Listeners(seed, events)
    this.calendar = new Calendar(seed, events, days)
    // A third of a day's events at most, so that one long session does not use up the next day's.
    this.longest = Math.max(1, Math.floor(events / days / 3))
  }

  *startingIn(slot: number): Generator<Session> {
    const due = this.calendar.eventsBefore(slot + SLOT)
    while (this.planned < due) {
      const session = this.session(slot + this.random.below(SLOT))
      this.planned += session.steps.length
      yield session
    }
  }

  private session(start: number): Session {
    const { events, days } = this.period
    const listener = this.listeners.idleAt(start)
    const limits = { events: Math.min(this.longest, events - this.planned), end: days * DAY }
    const steps = planSession(listener, start, limits, this.tracks, this.random)
    // The real ids have gaps too.
    this.lastId += this.random.chance(1, 6) ? 2 : 1
    return { id: this.lastId, identity: listener.identity, steps, item: 0 }
  }
}

function* eventsBefore(second: number, sessions: Queue<Session>): Generator<Activity> {
  for (let next = sessions.first; next && secondOf(next) < second; next = sessions.first) {
    const { id, identity, steps, item } = next
    yield { step: steps[item]!, identity, sessionId: id, itemInSession: item }
    if (++next.item < steps.length) sessions.changed()
    else sessions.take()
  }
}

const secondOf = (session: Session): number => session.steps[session.item]!.second

const earlier = (one: Session, other: Session): boolean =>
  secondOf(one) < secondOf(other) || (secondOf(one) === secondOf(other) && one.id < other.id)
