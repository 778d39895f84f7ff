import { Random, streams } from './random'

/** Seconds of a day. */
export const DAY = 24 * 60 * 60

const HOUR = 60 * 60

/** Midnight UTC of the first day, 2018-11-01, in milliseconds. */
const START = 1541030400000

/** Every real timestamp ends in these milliseconds, and so does every one here. */
const SAME_MILLISECONDS = 796

/** The timestamp of a second from the start of the data, in milliseconds since 1970. */
export const timestamp = (second: number): number => START + second * 1000 + SAME_MILLISECONDS

/** Day 0 is `2018-11-01`. */
export const dateOf = (day: number): string =>
  new Date(START + day * DAY * 1000).toISOString().slice(0, 10)

// Sessions that start in each hour (UTC); the listening itself peaks one to two hours later.
const hours = [
  23, 22, 22, 22, 25, 29, 30, 29, 30, 35, 37, 40, 50, 66, 80, 90, 74, 52, 46, 36, 31, 29, 25, 24,
]
const hoursTotal = hours.reduce((sum, weight) => sum + weight, 0)
// Events of each weekday from Thursday on, that of 2018-11-01.
const weekdays = [100, 114, 66, 47, 113, 117, 140]

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

function shareOfDay(second: number): number {
  const hour = Math.floor(second / HOUR)
  const past = hours.slice(0, hour).reduce((sum, weight) => sum + weight, 0)
  return (past * HOUR + (hours[hour] ?? 0) * (second % HOUR)) / (hoursTotal * HOUR)
}
