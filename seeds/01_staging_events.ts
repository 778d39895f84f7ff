import type { Knex } from 'knex'
import { beginLoad } from '../lib/load/ledger'
import { eventSource } from '../sources/index'
import { stage } from '../lib/load/stage'
import { touchStar } from '../models/index'

/** Stages the event files that are new. */
export async function seed(knex: Knex): Promise<void> {
  await beginLoad(knex)
  await stage(knex, eventSource(knex), (isOfLoad) => touchStar(knex, isOfLoad))
}
