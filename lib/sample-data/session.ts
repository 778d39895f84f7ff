import type { Level, Listener } from './listeners'
import type { Random } from './random'
import type { Tracks } from './tracks'
import { entrances, visitOf, visits, type Visit } from './visits'

/** One event of a session, in seconds from the start of the data. */
export interface Step {
  readonly second: number
  readonly visit: Visit
  readonly level: Level
  readonly track: number | null
}

/** What a session may be at most: events, and the second before which the last of them falls. */
export interface Limits {
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
export function planSession(
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
