import type { Tracks } from './catalogue'
import { Calendar, type Identity, type Level, type Listener, Listeners } from './listeners'
import { entrances, type Visit, visitOf, visits } from './pages'
import { DAY, Queue, Random, streams } from './random'

/** One event of a session, in seconds from the start of the data. */
interface Step {
  readonly second: number
  readonly visit: Visit
  readonly level: Level
  readonly track: number | null
}

/** What a session may be at most: events, and the second before which the last of them falls. */
interface Limits {
  readonly events: number
  readonly end: number
}

/** The lengths of real sessions, in events: every 5th percentile, and the longest. */
const lengths: Readonly<Record<Level, readonly number[]>> = {
  free: [1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 4, 4, 5, 7, 66],
  paid: [1, 1, 1, 2, 3, 5, 7, 9, 12, 14, 18, 20, 24, 29, 36, 41, 49, 56, 64, 82, 128],
}

const LONGEST_PAUSE = 1200

/** What somebody does from `start` on: one event or more, and the listener's level and time follow them. */
function planSession(
  listener: Listener,
  start: number,
  limits: Limits,
  tracks: Tracks,
  random: Random,
): Step[] {
  const events = Math.min(limits.events, sessionLength(listener.level, random))
  const steps: Step[] = []
  let visit = visitOf(random.weighted(entrances), listener.level)
  let songEnd = start
  for (let second = start; steps.length < events && second < limits.end;) {
    const track = visit === visits.NextSong ? tracks.next(random) : null
    steps.push({ second, visit, level: listener.level, track })
    listener.level = visit.makes ?? listener.level
    if (track !== null) songEnd = second + Math.floor(tracks.duration(track) / 100000)
    listener.busyUntil = Math.max(second, songEnd)
    visit = visitOf(random.weighted(visit.next), listener.level)
    second += secondsUntil(visit, songEnd - second, random)
  }
  return steps
}

function sessionLength(level: Level, random: Random): number {
  const percentile = random.below(20)
  const [least, most] = lengths[level].slice(percentile, percentile + 2) as [number, number]
  return least + random.skewed(most - least + 1)
}

/** A song starts when the one before it ends, if nobody skips; a page is opened after a pause. */
function secondsUntil(visit: Visit, leftOfSong: number, random: Random): number {
  if (visit.atOnce) return 1
  if (visit !== visits.NextSong || leftOfSong <= 0) {
    return random.skewed(1 + random.skewed(LONGEST_PAUSE))
  }
  return random.chance(1, 25) ? 1 + random.below(leftOfSong) : leftOfSong
}

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

interface Period {
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
