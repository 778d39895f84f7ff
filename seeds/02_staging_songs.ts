import type { Knex } from 'knex'
import { beginLoad } from '../lib/load/ledger'
import { stage } from '../lib/load/stage'
import stagingSongs from '../sources/staging_songs'

/** Stages the song files that are new. */
export async function seed(knex: Knex): Promise<void> {
  await beginLoad(knex)
  await stage(knex, stagingSongs)
}
