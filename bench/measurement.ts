import type { Bench } from './bench'
import type { Turn } from './programs'

/** One of those that do the same work, in turns. */
export interface Contestant {
  name: string
  /** Rows that it works through, where there is a point in telling them by the second. */
  rows?: number
  /** Why it cannot take part here. */
  skipped?: string | undefined
  run: () => Promise<Turn>
}

/** What has to be reached, as a number that is at most another. */
export interface Target {
  text: string
  /** NaN where a part of it was not measured. */
  value: (results: Results) => number
  /** Undefined where the number is only to be told. */
  most?: number
  aim?: number
  unit: 's' | 'ms' | '×' | 'MB'
  /** Holds of the full sizes only, and not of a quick run. */
  absolute?: boolean
}

/** Something to measure: it hands its contestants to `inTurns`, between what it prepares and checks. */
export interface Measurement {
  name: string
  title: string
  /** The measurements whose results its targets read. */
  needs?: string[]
  /** Of another size than the usual, to be compared with that: left out of a quick run. */
  ofScale?: boolean
  /** Only measured where it is named. */
  optional?: boolean
  measure: (bench: Bench, inTurns: InTurns) => Promise<void>
  targets: Target[]
}

export type InTurns = (contestants: Contestant[]) => Promise<void>

/** How a contestant did. */
export interface Result {
  name: string
  rows?: number
  turns: Turn[]
  skipped?: string | undefined
  failed?: string | undefined
}

/** The results of all measurements, by name. */
export class Results {
  readonly #of = new Map<string, Result[]>()

  add(measurement: string, results: Result[]): void {
    this.#of.set(measurement, [...this.of(measurement), ...results])
  }

  of(measurement: string): Result[] {
    return this.#of.get(measurement) ?? []
  }

  /** The median of a contestant, in seconds, or of one of its parts; NaN where it was not measured. */
  seconds(measurement: string, contestant: string, part?: string): number {
    const turns = this.#turns(measurement, contestant)
    return median(turns.map(({ seconds, parts }) => (part ? (parts?.[part] ?? NaN) : seconds)))
  }

  /** The most memory that any turn took, in MB; NaN where it is not known. */
  peak(measurement: string, contestant: string): number {
    const peaks = this.#turns(measurement, contestant).map(({ peakMemory = NaN }) => peakMemory)
    return peaks.length > 0 ? Math.max(...peaks) / 1e6 : NaN
  }

  #turns(measurement: string, contestant: string): Turn[] {
    return this.of(measurement).find(({ name }) => name === contestant)?.turns ?? []
  }
}

/** Runs the contestants in turns; one that fails is out, and the others go on. */
export async function inTurns(
  contestants: Contestant[],
  rounds: number,
  { signal, tell }: Pick<Bench, 'signal' | 'tell'>,
): Promise<Result[]> {
  const results: Result[] = contestants.map(({ name, rows, skipped }) => ({
    name,
    ...(rows === undefined ? {} : { rows }),
    ...(skipped === undefined ? {} : { skipped }),
    turns: [],
  }))
  for (let round = 1; round <= rounds; round++) {
    for (const [index, { name, run }] of contestants.entries()) {
      const result = results[index]!
      if (result.skipped !== undefined || result.failed !== undefined) continue
      try {
        const turn = await run()
        result.turns.push(turn)
        tell(`  ${round}/${rounds} ${name}: ${turn.seconds.toFixed(2)} s`)
      } catch (error) {
        signal.throwIfAborted()
        result.failed = error instanceof Error ? error.message : String(error)
        tell(`  ${name} failed: ${result.failed}`)
      }
    }
  }
  return results
}

/** The middle one; of an even number, the mean of the two in the middle; NaN of none. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  return (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2
}
