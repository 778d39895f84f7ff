import type { Knex } from 'knex'
import { beginLoad } from '../lib/load/loads'
import { songSource } from '../lib/load/sources'
import { stage } from '../lib/load/staging'
import { touchStar } from '../models'

/** Stages the song files that are new. */
export async function seed(knex: Knex): Promise<void> {
  await beginLoad(knex)
  await stage(knex, songSource(knex), (isOfLoad) => touchStar(knex, isOfLoad))
}
