import { ascending } from '../order'
import type { Value } from '../records'
import type { Star } from '../star'

/** A row of songplays. */
export interface Play {
  songplay_id: string
  /** 2018-11-01 20:57:10.796 */
  start_time: string
  user_id: number | null
  level: string | null
  song_id: string | null
  artist_id: string | null
  session_id: number
  location: string | null
  user_agent: string | null
}

export function playsOf(star: Star): Play[] {
  return star.songplays as unknown as Play[]
}

/** Rows in groups, by a text, a number or several of them. */
export function groupBy<T>(rows: T[], keyOf: (row: T) => Value | Value[]): T[][] {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const key = JSON.stringify(keyOf(row))
    groups.set(key, [...(groups.get(key) ?? []), row])
  }
  return [...groups.values()]
}

/** How many different values there are; NULL is none. */
export function countDistinct<T>(rows: T[], valueOf: (row: T) => Value): number {
  return new Set(rows.map(valueOf).filter((value) => value !== null)).size
}

export const listenersOf = (plays: Play[]) => countDistinct(plays, ({ user_id }) => user_id)
export const sessionsOf = (plays: Play[]) => countDistinct(plays, ({ session_id }) => session_id)

export function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** A quotient of whole numbers to some decimals, halves away from zero; NULL where nothing divides. */
export function quotient(dividend: number, divisor: number, decimals = 1): number | null {
  if (divisor === 0) return null
  const scale = 10 ** decimals
  const twice = (2n * BigInt(dividend) * BigInt(scale)) / BigInt(divisor)
  return Number((twice + 1n) / 2n) / scale
}

export const percent = (part: number, whole: number) => quotient(100 * part, whole)

/** The plays of each user who is known, in the order that they were heard. */
export function historiesOf(plays: Play[]): Play[][] {
  const known = plays.filter(({ user_id }) => user_id !== null)
  return groupBy(known, ({ user_id }) => user_id).map((ofUser) =>
    ofUser
      .toSorted((left, right) => Number(BigInt(left.songplay_id) - BigInt(right.songplay_id)))
      .toSorted(ascending(({ start_time }) => start_time)),
  )
}
