import type { Knex } from 'knex'

/** load_lock: no rows. Who loads or undoes locks it first, so that one does at a time; nobody reads it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('create table load_lock (held boolean) diststyle all')
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table load_lock')
}
