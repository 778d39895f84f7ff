import { DAY, Random, SAME_MILLISECONDS, START, streams } from './random'
import { agents, families, men, metros, women } from './vocabulary'
import { logJson } from './json-text'

export type Level = 'free' | 'paid'

/** The fields of a log line that say who it was, as JSON text. */
export interface Identity {
  readonly firstName: string
  readonly lastName: string
  readonly gender: string
  readonly location: string
  readonly registration: string
  readonly userAgent: string
  readonly userId: string
}

/** Somebody with an account: who it is, what is paid, and until when (seconds) a session goes on. */
export interface Listener {
  readonly identity: Identity
  level: Level
  busyUntil: number
}

/** Who a logged-out event is from. */
export const nobody: Identity = {
  firstName: 'null',
  lastName: 'null',
  gender: 'null',
  location: 'null',
  registration: 'null',
  userAgent: 'null',
  userId: '""',
}

const EVENTS_PER_LISTENER = 83
const MOST_AT_FIRST = 100000
const FIRST_USER_ID = 2
const FORTNIGHT = 14 * 24 * 60 * 60
const TRIES = 8

/** Those who listen, the busiest first; whoever is needed beyond them signs up. */
export class Listeners {
  private readonly all: Listener[] = []
  private readonly random: Random

  constructor(seed: number, events: number) {
    this.random = new Random(seed, streams.listeners)
    const count = Math.min(MOST_AT_FIRST, Math.ceil(events / EVENTS_PER_LISTENER))
    for (const userId of this.shuffledIds(count)) this.add(userId, this.random.below(FORTNIGHT))
  }

  /** Somebody without a session at that time, in seconds from the start of the data. */
  idleAt(time: number): Listener {
    for (let tries = 0; tries < TRIES && this.all.length > 0; tries++) {
      const listener = this.all[this.random.skewed(this.all.length)]!
      if (listener.busyUntil < time) return listener
    }
    return this.add(FIRST_USER_ID + this.all.length, -time + 60 + this.random.below(3600))
  }

  private shuffledIds(count: number): number[] {
    const ids = Array.from({ length: count }, (_, index) => FIRST_USER_ID + index)
    for (let last = count - 1; last > 0; last--) {
      const other = this.random.below(last + 1)
      ;[ids[last], ids[other]] = [ids[other]!, ids[last]!]
    }
    return ids
  }

  private add(userId: number, secondsBeforeStart: number): Listener {
    const rank = this.all.length
    // 22 % pay; by rank and not by chance, since a few paying listeners make most of the plays.
    const level = rank % 9 === 2 || rank % 9 === 6 ? 'paid' : 'free'
    const listener = {
      identity: this.identity(userId, secondsBeforeStart),
      level,
      busyUntil: -1,
    } as const
    this.all.push(listener)
    return listener
  }

  private identity(userId: number, secondsBeforeStart: number): Identity {
    const female = this.random.chance(57, 100)
    const registered = START - secondsBeforeStart * 1000 + SAME_MILLISECONDS
    return {
      firstName: this.random.pick(female ? firstNames.women : firstNames.men),
      lastName: this.random.pick(lastNames),
      gender: female ? '"F"' : '"M"',
      location: locations[this.random.skewed(locations.length)]!,
      registration: `${registered}.0`,
      userAgent: this.random.pick(userAgents),
      userId: `"${userId}"`,
    }
  }
}

// Escaped once: the listeners share these texts, and so do their lines.
const firstNames = { women: women.map(logJson), men: men.map(logJson) }
const lastNames = families.map(logJson)
const locations = metros.map(logJson)
const userAgents = agents.map(logJson)

// Sessions that start in each hour (UTC); the listening itself peaks one to two hours later.
const hours = [
  23, 22, 22, 22, 25, 29, 30, 29, 30, 35, 37, 40, 50, 66, 80, 90, 74, 52, 46, 36, 31, 29, 25, 24,
]
// Events of each weekday from Thursday on, that of 2018-11-01.
const weekdays = [100, 114, 66, 47, 113, 117, 140]
const HOUR = 60 * 60
const hoursTotal = hours.reduce((sum, weight) => sum + weight, 0)

/** How many events sessions make that start before a given second: the rhythm of weekdays and hours. */
export class Calendar {
  private readonly before: readonly number[]

  constructor(seed: number, events: number, days: number) {
    this.before = startOfDays(dayWeights(seed, days), events)
  }

  eventsBefore(second: number): number {
    const day = Math.floor(second / DAY)
    const events = this.before[day]!
    const next = this.before[day + 1] ?? events
    return events + Math.floor((next - events) * shareOfDay(second % DAY))
  }
}

function shareOfDay(second: number): number {
  const hour = Math.floor(second / HOUR)
  const past = hours.slice(0, hour).reduce((sum, weight) => sum + weight, 0)
  return (past * HOUR + (hours[hour] ?? 0) * (second % HOUR)) / (hoursTotal * HOUR)
}

function dayWeights(seed: number, days: number): number[] {
  const random = new Random(seed, streams.days)
  return Array.from({ length: days }, (_, day) => weekdays[day % 7]! * (80 + random.below(41)))
}

/** Events before each day and after the last, each day with one at least where there are enough. */
function startOfDays(weights: readonly number[], events: number): number[] {
  const one = events >= weights.length ? 1 : 0
  const spread = events - one * weights.length
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  let past = 0
  const before = weights.map((weight, day) => {
    past += weight
    // past / total is 1 after the last day, so that no rounding loses an event.
    return one * (day + 1) + Math.floor(spread * (past / total))
  })
  return [0, ...before]
}
