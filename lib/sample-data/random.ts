const TWO_32 = 4294967296
const WARM_UP_ROUNDS = 15

/**
 * Numbers that look random and are the same on every machine: sfc32 by Chris Doty-Humphrey
 * (PractRand 0.93), seeded as there with three 32-bit words. Word two names a stream and word three
 * an entry of it, so that entry 7,000 of a catalogue can be had without the 6,999 before it.
 */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  constructor(seed: number, stream: number, entry = 0) {
    this.a = seed | 0
    this.b = stream | 0
    this.c = entry | 0
    for (let round = 0; round < WARM_UP_ROUNDS; round++) this.next()
  }

  /** An integer from 0 to 2^32 - 1. */
  next(): number {
    const result = (this.a + this.b + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + result) | 0
    return result >>> 0
  }

  /** An integer from 0 to `limit` - 1, all alike. */
  below(limit: number): number {
    return Math.floor((this.next() / TWO_32) * limit)
  }

  /** An integer from 0 to `limit` - 1, small ones far more often: the first has a share of about 1 / √limit. */
  skewed(limit: number): number {
    const fraction = this.next() / TWO_32
    return Math.floor(fraction * fraction * limit)
  }

  /** True in `part` of `whole` cases. */
  chance(part: number, whole: number): boolean {
    return this.below(whole) < part
  }

  /** One entry of a list, all alike. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!
  }

  /** One key of a table of weights, each as often as its weight says. */
  weighted<K>(weights: ReadonlyMap<K, number>): K {
    let total = 0
    for (const weight of weights.values()) total += weight
    let left = this.below(total)
    for (const [key, weight] of weights) if ((left -= weight) < 0) return key
    throw new RangeError('a table of weights needs an entry above 0')
  }
}

/** One stream of random numbers per thing that is made up, so that none disturbs another. */
export const streams = {
  songs: 1,
  durations: 2,
  years: 10,
  artists: 3,
  identifiers: 4,
  strangers: 5,
  strangerArtists: 6,
  listeners: 7,
  days: 8,
  activity: 9,
} as const
