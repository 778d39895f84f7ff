import type { Knex } from 'knex'
import { writeComments } from '../lib/warehouse/tables'
import { beginLoad, hasStaged, publishLoad } from '../lib/load/ledger'
import { refreshStar, touchStar } from '../models/index'
import { documentedTables } from '../lib/load/tables'

/** Brings the star up to what was staged, audits it, enters the load, and says what the tables mean. */
export async function seed(knex: Knex): Promise<void> {
  await beginLoad(knex)
  const isNew = await hasStaged(knex)
  await touchStar(knex, 'loaded_at = sysdate')
  const refreshed = await refreshStar(knex)
  if (isNew) await publishLoad(knex, refreshed)
  await writeComments(knex, documentedTables)
}
