import type { Knex } from 'knex'

/** model_fingerprints.built_at: NULL for a table that is not built since. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table model_fingerprints add column built_at timestamp')
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table model_fingerprints drop column built_at')
}
