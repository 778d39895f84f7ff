import type { Knex } from 'knex'

/** loads.rejected: NULL for a load that did not note it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table loads add column rejected bigint encode az64')
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table loads drop column rejected')
}
