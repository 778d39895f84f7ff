import { expect } from 'chai'
import { describeHistory, randomHistory, shrink, type Step } from './histories/history'
import { live } from './histories/live'
import { useQuiet } from './histories/warehouse'
import { firstSeed, isLong } from './long'
import { useWarehouse } from './warehouse'

const count = Number(process.env.HISTORIES ?? (isLong ? 300 : 15))

describe('random histories of a warehouse', () => {
  const warehouse = useWarehouse()
  useQuiet(warehouse)

  it(`leave the star that the oracle gives after each step (HISTORIES=${count} SEED=${firstSeed})`, async function () {
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
      `HISTORIES=1 SEED=${seed} npx mocha test/histories.test.ts repeats it.`,
      ...describeHistory(shortest),
      `After step ${(mismatch?.step ?? 0) + 1}:`,
      ...(mismatch?.differences ?? ['(not again)']),
    ].join('\n')
  }
})
