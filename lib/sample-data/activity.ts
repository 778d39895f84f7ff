import { Heap } from 'heap-js'
import { Calendar, DAY } from './calendar'
import { type Identity, type LoggedEvent, silence } from './formats'
import { type Listener, Listeners } from './listeners'
import { entrances, type Level, type Page, pageOf, pages } from './pages'
import { Random, streams } from './random'
import type { Tracks } from './tracks'

interface Period {
  readonly events: number
  readonly days: number
  readonly seed: number
}

const SLOT = 5 * 60

/** All events in order of time, exactly as many as asked for; only sessions under way are held. */
export function* activity(period: Period, tracks: Tracks): Generator<LoggedEvent> {
  const sessions = new Heap<ListeningSession>(byTime)
  const planner = new Planner(period, tracks)
  for (let slot = 0; slot < period.days * DAY; slot += SLOT) {
    for (const session of planner.startingIn(slot)) sessions.add(session)
    yield* eventsBefore(slot + SLOT, sessions, tracks)
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

  *startingIn(slot: number): Generator<ListeningSession> {
    const due = this.calendar.eventsBefore(slot + SLOT)
    while (this.planned < due) {
      const session = this.session(slot + this.random.below(SLOT))
      this.planned += session.steps.length
      yield session
    }
  }

  private session(start: number): ListeningSession {
    const { events, days } = this.period
    const listener = this.listeners.idleAt(start)
    const limits = { events: Math.min(this.longest, events - this.planned), end: days * DAY }
    const steps = planSession(listener, start, limits, this.tracks, this.random)
    // The real ids have gaps too.
    this.lastId += this.random.chance(1, 6) ? 2 : 1
    return { id: this.lastId, identity: listener.identity, steps, item: 0 }
  }
}

function* eventsBefore(
  end: number,
  sessions: Heap<ListeningSession>,
  tracks: Tracks,
): Generator<LoggedEvent> {
  for (let next = sessions.peek(); next && secondOf(next) < end; next = sessions.peek()) {
    const { id, identity, steps, item } = next
    const step = steps[item]!
    const track = step.track === null ? silence : tracks.track(step.track)
    const { second, page, level } = step // one by one: spreading them would double the time
    yield { second, page, level, track, identity, sessionId: id, itemInSession: item }
    if (++next.item < steps.length) sessions.replace(next)
    else sessions.pop()
  }
}

const secondOf = (session: ListeningSession): number => session.steps[session.item]!.second

const byTime = (one: ListeningSession, other: ListeningSession): number =>
  secondOf(one) - secondOf(other) || one.id - other.id

/** A session under way; `item` is its next step. */
interface ListeningSession {
  readonly id: number
  readonly identity: Identity
  readonly steps: readonly Step[]
  item: number
}

/** One event of a session, in seconds from the start of the data; the track is its number. */
interface Step {
  readonly second: number
  readonly page: Page
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
  let page = pageOf(random.weighted(entrances), listener.level)
  let songEnd = start
  for (let second = start; steps.length < events && second < limits.end;) {
    const track = page === pages.NextSong ? tracks.next(random) : null
    steps.push({ second, page, level: listener.level, track })
    listener.level = page.makes ?? listener.level
    if (track !== null) songEnd = second + Math.floor(tracks.duration(track) / 100000)
    listener.busyUntil = Math.max(second, songEnd)
    page = pageOf(random.weighted(page.next), listener.level)
    second += secondsUntil(page, songEnd - second, random)
  }
  return steps
}

function sessionLength(level: Level, random: Random): number {
  const percentile = random.below(20)
  const [least, most] = lengths[level].slice(percentile, percentile + 2) as [number, number]
  return least + random.skewed(most - least + 1)
}

/** A song starts when the one before it ends, if nobody skips; a page is opened after a pause. */
function secondsUntil(page: Page, leftOfSong: number, random: Random): number {
  if (page.atOnce) return 1
  if (page !== pages.NextSong || leftOfSong <= 0) {
    return random.skewed(1 + random.skewed(LONGEST_PAUSE))
  }
  return random.chance(1, 25) ? 1 + random.below(leftOfSong) : leftOfSong
}
