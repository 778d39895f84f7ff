import type { Knex } from 'knex'
import { beginLoad, hasStaged, publishLoad, thisLoad } from '../lib/load/ledger'
import { loadOptionsOf } from '../lib/load/load'
import { captureAffected, compareStar, refreshStar } from '../lib/load/refresh'
import { documentedTables } from '../lib/load/tables'
import { writeComments } from '../lib/warehouse/tables'

/** Brings the star up to what was staged, audits it, enters the load, and says what the tables mean. */
export async function seed(knex: Knex): Promise<void> {
  await beginLoad(knex)
  const isNew = await hasStaged(knex)
  await captureAffected(knex, { loadPredicate: thisLoad, came: true })
  const refreshed = await refreshStar(knex)
  if (loadOptionsOf(knex).fullAudit) await compareStar(knex)
  if (isNew) await publishLoad(knex, refreshed)
  await writeComments(knex, documentedTables)
}
