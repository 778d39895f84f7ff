import { DAY, timestamp } from './calendar'
import { type Identity, logJson } from './formats'
import type { Level } from './pages'
import { Random, streams } from './random'
import { agents, families, men, metros, women } from './vocabulary'

/** Somebody with an account: who it is, what is paid, and until when (seconds) a session goes on. */
export interface Listener {
  readonly identity: Identity
  level: Level
  busyUntil: number
}

const EVENTS_PER_LISTENER = 83
const MOST_AT_FIRST = 100000
const FIRST_USER_ID = 2
const FORTNIGHT = 14 * DAY
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
    return {
      firstName: this.random.pick(female ? firstNames.women : firstNames.men),
      lastName: this.random.pick(lastNames),
      gender: female ? '"F"' : '"M"',
      location: locations[this.random.skewed(locations.length)]!,
      registration: `${timestamp(-secondsBeforeStart)}.0`,
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
