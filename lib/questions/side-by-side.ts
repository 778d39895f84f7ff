import type { Knex } from 'knex'
import { modelsToBuild } from '../load/fingerprint'
import { hasLedger } from '../load/ledger'
import { type Ask, asking } from './answer'

/** So many questions are asked at once: a small warehouse has two cores, and each question scans the plays. */
const atOnce = 2

/**
 * Runs `work` in read-only transactions that see the same state of the warehouse, so that what is asked side
 * by side agrees; in one alone where loads keep coming in between.
 */
export async function inSameState<T>(
  knex: Knex,
  work: (transactions: Knex.Transaction[]) => Promise<T>,
): Promise<T> {
  const open: Knex.Transaction[] = []
  let state: string | undefined
  try {
    for (let tries = 0; open.length < atOnce && tries < 2 * atOnce; tries++) {
      const transaction = await knex.transaction(undefined, { readOnly: true })
      open.push(transaction)
      const found = await stateOf(transaction)
      state ??= found
      if (found !== state) await open.pop()!.rollback()
    }
    const result = await work(open)
    for (const transaction of open) await transaction.commit()
    return result
  } catch (error) {
    for (const transaction of open) if (!transaction.isCompleted()) await transaction.rollback()
    throw error
  }
}

/** What differs once a load, an undo, or the building or taking back of a model was published. */
async function stateOf(transaction: Knex): Promise<string> {
  if (!(await hasLedger(transaction))) return ''
  const { rows } = await transaction.raw<{ rows: unknown[] }>(`
    select state, count(*), max(loaded_at), max(finished_at), sum(files)
    from loads
    group by state
    order by state`)
  const rebuilds = await modelsToBuild(transaction)
  return JSON.stringify([rows, rebuilds.map(({ model: { name }, why }) => [name, why])])
}

/** Asks in whichever of the transactions is free. */
export function askingIn(transactions: Knex[]): Ask {
  const free = transactions.map(asking)
  const waiting: ((ask: Ask) => void)[] = []
  return async (question, most) => {
    const ask = free.pop() ?? (await new Promise<Ask>((resolve) => waiting.push(resolve)))
    try {
      return await ask(question, most)
    } finally {
      const next = waiting.shift()
      if (next) next(ask)
      else free.push(ask)
    }
  }
}

/**
 * What becomes of each item, all at once; it waits for all of them.
 * @throws what the first of those threw that failed
 */
export async function mapAtOnce<Item, Result>(
  items: Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const ended = await Promise.allSettled(items.map(work))
  return ended.map((each) => {
    if (each.status === 'rejected') throw each.reason
    return each.value
  })
}
