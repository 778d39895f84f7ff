import type { Knex } from 'knex'
import { beginLoad } from '../lib/load/ledger'
import { songSource } from '../sources/index'
import { stage } from '../lib/load/stage'
import { touchStar } from '../models/index'

/** Stages the song files that are new. */
export async function seed(knex: Knex): Promise<void> {
  await beginLoad(knex)
  await stage(knex, songSource(knex), (isOfLoad) => touchStar(knex, isOfLoad))
}
