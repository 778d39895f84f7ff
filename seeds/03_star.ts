import type { Knex } from 'knex'
import { beginLoad, hasStaged, publishLoad } from '../lib/loads'
import { refreshStar, touchStar } from '../models'

/** Brings the star up to what was staged, audits it, and enters the load. */
export async function seed(knex: Knex): Promise<void> {
  await beginLoad(knex)
  const isNew = await hasStaged(knex)
  await touchStar(knex, 'loaded_at = sysdate')
  const refreshed = await refreshStar(knex)
  if (isNew) await publishLoad(knex, refreshed)
}
