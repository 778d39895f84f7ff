/** Midnight UTC of the first day, 2018-11-01, in milliseconds. */
export const START = 1541030400000

/** Every real timestamp ends in these milliseconds, and so does every one here. */
export const SAME_MILLISECONDS = 796

/** Seconds of a day. */
export const DAY = 24 * 60 * 60

/** The timestamp of a second from the start of the data, in milliseconds since 1970. */
export const timestamp = (second: number): number => START + second * 1000 + SAME_MILLISECONDS

/** Day 0 is `2018-11-01`. */
export const dateOf = (day: number): string =>
  new Date(START + day * DAY * 1000).toISOString().slice(0, 10)
