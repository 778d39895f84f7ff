import type { Knex } from 'knex'
import { beginLoad, latestLoad, ofLoad, removeStaged } from './ledger'
import { captureAffected, refreshStar } from './refresh'

/** Takes back the latest load, in one transaction. @returns undefined where there is none */
export function undo(knex: Knex): Promise<{ loaded_at: string; removed: number } | undefined> {
  return knex.transaction(async (transaction) => {
    await beginLoad(transaction)
    const loadedAt = await latestLoad(transaction)
    if (loadedAt === undefined) return undefined
    await captureAffected(transaction, ofLoad(loadedAt))
    const removed = await removeStaged(transaction, ofLoad(loadedAt))
    await refreshStar(transaction)
    return { loaded_at: loadedAt, removed }
  })
}
