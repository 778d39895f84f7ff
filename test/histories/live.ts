import { join } from 'node:path'
import type { Knex } from 'knex'
import { describe as said, exitCodeOf } from '../../lib/warehouse/errors'
import { undo } from '../../lib/load/undo'
import type { TestWarehouse } from '../warehouse'
import { withCrash } from './crash'
import { differences } from './differences'
import type { Step } from './history'
import { type Bucket, type Ledger, afterLoad, afterUndo, starOfLedger } from './ledger'
import { enteredFiles, put, readStar, reset, settled } from './warehouse'
import type { File } from './files'

/** Where the warehouse was not what it had to be. */
export interface Mismatch {
  step: number
  differences: string[]
}

/** Lets a warehouse live through a history, and compares it with the oracle after each step. */
export async function live(
  { knex, buckets }: TestWarehouse,
  steps: Step[],
): Promise<Mismatch | undefined> {
  const folder = join(buckets, 'sparkify')
  const bucket = new Map<string, File>()
  let ledger: Ledger = new Map()
  await reset(knex, folder)
  for (const [step, each] of steps.entries()) {
    for (const file of each.puts) {
      put(folder, file)
      bucket.set(file.name, file)
    }
    const { next, faults } = await take(knex, each, ledger, bucket, step + 1)
    ledger = next
    const found = [...faults, ...differences(await readStar(knex), starOfLedger(ledger))]
    if (found.length > 0) return { step, differences: found }
  }
  return undefined
}

/** Takes one step. @returns the ledger that it has to have left, and what was wrong besides the star */
async function take(knex: Knex, step: Step, ledger: Ledger, bucket: Bucket, load: number) {
  const wanted = step.does === 'undo' ? afterUndo(ledger) : loaded(step, ledger, bucket, load)
  const { crashed, error } = await withCrash(knex, step.crash, () => perform(knex, step))
  await settled(knex)
  const entered = await enteredFiles(knex)
  // Who died while committing does not know whether it was done.
  const next = crashed && !isEntered(wanted, entered) ? ledger : (wanted ?? ledger)
  const faults = isEntered(next, entered) ? [] : [`the ledger holds ${entered.join(', ')}`]
  if (!crashed) faults.push(...wrongEnd(error, wanted !== undefined))
  return { next, faults }
}

function loaded({ does }: Step, ledger: Ledger, bucket: Bucket, load: number) {
  return afterLoad(ledger, bucket, load, does === 'reload')
}

async function perform(knex: Knex, { does }: Step): Promise<unknown> {
  if (does === 'undo') return undo(knex)
  knex.userParams.load = { reload: does === 'reload' }
  return knex.seed.run()
}

function isEntered(ledger: Ledger | undefined, entered: string[]): boolean {
  if (ledger === undefined) return false
  const loads = [...new Set([...ledger.values()].map(({ load }) => load))].sort((a, b) => a - b)
  const names = [...ledger].map(([name, { load }]) => `${loads.indexOf(load) + 1} ${name}`)
  return names.sort().join() === entered.join()
}

/** A load that can be done has to be; another has to be refused as data are. */
function wrongEnd(error: unknown, canBeDone: boolean): string[] {
  if (canBeDone) return error === undefined ? [] : [`it failed: ${said(error)}`]
  if (error === undefined) return ['it was not refused']
  return exitCodeOf(error) === 3 ? [] : [`it was not refused as data: ${said(error)}`]
}
