import type { Knex } from 'knex'
import { beginLoad, publishLoad, stagedTables, thisLoad } from '../lib/load/ledger'
import { loadOptionsOf } from '../lib/load/load'
import { captureAffected, compareStar, refreshStar } from '../lib/load/refresh'
import { documentedTables } from '../lib/load/tables'
import { writeComments } from '../lib/warehouse/tables'

/** Brings the star up to what was staged, audits it, enters the load, and says what the tables mean. */
export async function seed(knex: Knex): Promise<void> {
  await beginLoad(knex)
  const staged = await stagedTables(knex)
  await captureAffected(knex, { loadPredicate: thisLoad, came: true })
  const refreshed = await refreshStar(knex, staged)
  if (loadOptionsOf(knex).fullAudit) await compareStar(knex)
  if (staged.length > 0) await publishLoad(knex, refreshed)
  await writeComments(knex, documentedTables)
}
