import type { Knex } from 'knex'
import { ofLoad, refreshStar, touchStar } from '../../models/index'
import { beginLoad, latestLoad, removeStaged } from './ledger'

/** Takes back the latest load, in one transaction. @returns undefined where there is none */
export function undoLatest(
  knex: Knex,
): Promise<{ loaded_at: string; removed: number } | undefined> {
  return knex.transaction(async (transaction) => {
    await beginLoad(transaction)
    const loadedAt = await latestLoad(transaction)
    if (loadedAt === undefined) return undefined
    await touchStar(transaction, ofLoad(loadedAt))
    const removed = await removeStaged(transaction, ofLoad(loadedAt))
    await refreshStar(transaction)
    return { loaded_at: loadedAt, removed }
  })
}
