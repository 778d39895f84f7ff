import { expect } from 'chai'
import { randomHistory, type Step } from './histories/history'
import { live } from './histories/live'
import { shrink } from './histories/shrink'
import { textOf } from './histories/files'
import { useQuiet } from './histories/quiet'
import { useWarehouse } from './warehouse'

const count = Number(process.env.HISTORIES ?? 200)
const firstSeed = Number(process.env.HISTORIES_SEED ?? Date.now() % 1_000_000_000)

describe('random histories of a warehouse', () => {
  const warehouse = useWarehouse()
  useQuiet(warehouse)

  it(`leave the star that the oracle gives after each step (HISTORIES=${count} HISTORIES_SEED=${firstSeed})`, async function () {
    this.timeout(0)
    for (let seed = firstSeed; seed < firstSeed + count; seed++) {
      const steps = randomHistory(seed)
      if (await live(warehouse, steps)) expect.fail(await report(seed, steps))
    }
  })

  /** The seed that repeats it, the shortest history that was found, and what differs. */
  async function report(seed: number, steps: Step[]): Promise<string> {
    const fails = async (shorter: Step[]) => (await live(warehouse, shorter)) !== undefined
    const shortest = await shrink(steps, fails)
    const mismatch = await live(warehouse, shortest)
    return [
      `HISTORIES=1 HISTORIES_SEED=${seed} repeats it.`,
      ...shortest.map(describeStep),
      `After step ${(mismatch?.step ?? 0) + 1}:`,
      ...(mismatch?.differences ?? ['(not again)']),
    ].join('\n')
  }
})

function describeStep({ does, puts, crash }: Step, index: number): string {
  const files = puts.map((file) => `   ${file.name}\n${textOf(file)}`)
  return [`${index + 1}. ${does} ${crash ? JSON.stringify(crash) : ''}`, ...files].join('\n')
}
