import { UsageError } from '../errors'

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
