import type { Knex } from 'knex'
import { writeComments } from '../lib/tables/comments'
import { beginLoad, hasStaged, publishLoad } from '../lib/load/loads'
import { refreshStar, touchStar } from '../models'
import { documentedTables } from '../models/documentation'

/** Brings the star up to what was staged, audits it, enters the load, and says what the tables mean. */
export async function seed(knex: Knex): Promise<void> {
  await beginLoad(knex)
  const isNew = await hasStaged(knex)
  await touchStar(knex, 'loaded_at = sysdate')
  const refreshed = await refreshStar(knex)
  if (isNew) await publishLoad(knex, refreshed)
  await writeComments(knex, documentedTables)
}
