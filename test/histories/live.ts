import { join } from 'node:path'
import type { Knex } from 'knex'
import type { Client } from 'pg'
import { describe as said, exitCodeOf } from '../../lib/warehouse/errors'
import { fingerprintOf } from '../../lib/load/fingerprint'
import { undo } from '../../lib/load/undo'
import type { TestWarehouse } from '../warehouse'
import {
  type Bucket,
  type Memory,
  afterLoad,
  afterUndo,
  blank,
  differences,
  starOfMemory,
} from './expected'
import { type Edit, editModels, modelsWith } from './edits'
import type { Crash, Step } from './history'
import type { File } from './files'
import { etagOf, put, readLedger, readStar, reset, untilNoLoad } from './warehouse'

/** Where the warehouse was not what it had to be. */
interface Mismatch {
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
  let memory = blank
  let edits: Edit[] = []
  await reset(knex, folder)
  try {
    for (const [step, each] of steps.entries()) {
      for (const file of each.puts) bucket.set(file.name, put(folder, file))
      edits = each.edits ?? edits
      editModels(edits)
      const wanted = wantedOf(each, memory, bucket, step + 1, edits)
      const { next, faults } = await take(knex, each, memory, wanted)
      memory = next
      const found = [...faults, ...differences(await readStar(knex), starOfMemory(memory))]
      if (found.length > 0) return { step, differences: found }
    }
    return undefined
  } finally {
    editModels([])
  }
}

/** Takes one step. @returns what it has to have left, and what was wrong besides the star */
async function take(knex: Knex, step: Step, memory: Memory, wanted: Memory | undefined) {
  const { crashed, error } = await withCrash(knex, step.crash, () => perform(knex, step))
  await untilNoLoad(knex)
  const entered = await readLedger(knex)
  // Who died while committing does not know whether it was done.
  const next = crashed && !isEntered(wanted, entered) ? memory : (wanted ?? memory)
  const faults = isEntered(next, entered) ? [] : [`the ledger holds ${entered.join(', ')}`]
  if (!crashed) faults.push(...wrongEnd(error, wanted !== undefined))
  return { next, faults }
}

function treatmentOf(does: Step['does']) {
  return { reload: does.startsWith('reload'), quarantine: does.endsWith('quarantine') }
}

/** What a step leaves unless it crashes; undefined where it must be rejected. */
function wantedOf({ does }: Step, memory: Memory, bucket: Bucket, load: number, edits: Edit[]) {
  if (does === 'undo') return afterUndo(memory, edits)
  return afterLoad(memory, bucket, load, treatmentOf(does), edits)
}

async function perform(knex: Knex, { does }: Step): Promise<unknown> {
  if (does === 'undo') return undo(knex)
  knex.userParams.load = treatmentOf(does)
  return knex.seed.run()
}

function isEntered(memory: Memory | undefined, entered: string[]): boolean {
  return memory !== undefined && ledgerOf(memory).join() === entered.join()
}

/** As `readLedger` reads it. */
function ledgerOf({ ledger, quarantine, built }: Memory): string[] {
  const loads = [...new Set([...ledger.values()].map(({ load }) => load))].sort((a, b) => a - b)
  const staged = [...ledger.values()]
  const builtModels = built ? modelsWith(built) : []
  return [
    ...builtModels.map((each) => `${each.name} built by ${fingerprintOf(each).query}`),
    ...staged.map(({ file, load }) => `${loads.indexOf(load) + 1} ${file.name} ${etagOf(file)}`),
    ...[...quarantine.values()].map(({ file }) => `quarantined ${file.name} ${etagOf(file)}`),
    ...loads.map((load, index) => {
      const files = staged.filter((each) => each.load === load).map(({ file }) => file)
      const rows = files.reduce((sum, { records }) => sum + records.length, 0)
      return `${index + 1} has ${files.length} files and ${rows} rows`
    }),
  ].sort()
}

/** A load that can be done has to be; another has to be rejected for its data. */
function wrongEnd(error: unknown, canBeDone: boolean): string[] {
  if (canBeDone) return error === undefined ? [] : [`it failed: ${said(error)}`]
  if (error === undefined) return ['it was not rejected']
  return exitCodeOf(error) === 3 ? [] : [`it was not rejected as data: ${said(error)}`]
}

interface Pool {
  on(event: 'acquireSuccess', listener: (id: number, connection: Client) => void): void
  removeListener(event: string, listener: (id: number, connection: Client) => void): void
}

/** Whether the connection broke, and with what `work` failed. */
interface Outcome {
  crashed: boolean
  error?: unknown
}

/** Does `work`, and breaks its connection, as the death of the process would, where `crash` says. */
async function withCrash(
  knex: Knex,
  crash: Crash | undefined,
  work: () => Promise<unknown>,
): Promise<Outcome> {
  const { pool } = knex.client as { pool: Pool }
  const outcome: Outcome = { crashed: false }
  let connection: Client | undefined
  let statements = 0
  const note = (_: number, acquired: Client) => (connection = acquired)
  const count = () => {
    if (++statements !== crash?.statement) return
    outcome.crashed = true
    const stop = () => connection?.connection.stream.destroy()
    if (crash.during) setImmediate(stop)
    else stop()
  }
  pool.on('acquireSuccess', note)
  knex.on('query', count)
  try {
    await work()
  } catch (error) {
    outcome.error = error
  } finally {
    knex.removeListener('query', count)
    pool.removeListener('acquireSuccess', note)
  }
  return outcome
}
