import type { Knex } from 'knex'
import { beginLoad } from '../lib/load/ledger'
import { stage } from '../lib/load/stage'
import stagingEvents from '../sources/staging_events'

/** Stages the event files that are new. */
export async function seed(knex: Knex): Promise<void> {
  await beginLoad(knex)
  await stage(knex, stagingEvents)
}
