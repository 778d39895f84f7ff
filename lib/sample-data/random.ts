import { UsageError } from '../warehouse/errors'

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

/** A binary heap: what comes first by `before` is taken first. */
export class Queue<T> {
  private readonly heap: T[] = []

  constructor(private readonly before: (one: T, other: T) => boolean) {}

  get first(): T | undefined {
    return this.heap[0]
  }

  add(item: T): void {
    let at = this.heap.length
    this.heap.push(item)
    while (at > 0) {
      const parent = (at - 1) >> 1
      if (!this.before(item, this.heap[parent]!)) break
      this.heap[at] = this.heap[parent]!
      at = parent
    }
    this.heap[at] = item
  }

  /** Takes the first out. */
  take(): void {
    const last = this.heap.pop()
    if (last !== undefined && this.heap.length > 0) this.settle(last)
  }

  /** Puts the first where it belongs after it has changed. */
  changed(): void {
    if (this.first !== undefined) this.settle(this.first)
  }

  private settle(item: T): void {
    let at = 0
    for (;;) {
      const child = this.earlierChild(at)
      if (child >= this.heap.length || !this.before(this.heap[child]!, item)) break
      this.heap[at] = this.heap[child]!
      at = child
    }
    this.heap[at] = item
  }

  private earlierChild(at: number): number {
    const left = 2 * at + 1
    const right = left + 1
    if (right >= this.heap.length) return left
    return this.before(this.heap[right]!, this.heap[left]!) ? right : left
  }
}

/** What to write: how many events over how many days, how many songs, of which seed, into which folder. */
export interface SampleOptions {
  events: number
  songs: number
  days: number
  seed: number
  out: string
  /** Replaces sample data that is there already. */
  force?: boolean
}

const ranges = {
  events: [0, 1_000_000_000],
  songs: [0, 10_000_000],
  days: [1, 3650],
  seed: [0, 4_294_967_295],
} as const

/** What is wrong with the options, one sentence for each; nothing if all is well. */
export function faultsOf(options: SampleOptions): string[] {
  const names = Object.keys(ranges) as (keyof typeof ranges)[]
  const faults = names
    .filter((name) => !inRange(options[name], ranges[name]))
    .map((name) => {
      const [least, most] = ranges[name]
      return `${name} is ${options[name]}: an integer from ${least} to ${most} is expected`
    })
  if (options.out.trim() === '') faults.push('out is empty: the path of a folder is expected')
  return faults
}

/** Throws one Error that tells all faults of the options. */
export function checkOptions(options: SampleOptions): void {
  const faults = faultsOf(options)
  if (faults.length > 0) throw new UsageError(faults.join('\n'))
}

const inRange = (value: number, [least, most]: readonly [number, number]): boolean =>
  Number.isInteger(value) && value >= least && value <= most
