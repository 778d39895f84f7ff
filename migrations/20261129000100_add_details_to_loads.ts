import type { Knex } from 'knex'

/** loads.removed and loads.audited: NULL for a load that did not note them. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table loads add column removed varchar(4096)')
  await knex.raw('alter table loads add column audited varchar(65535)')
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table loads drop column audited')
  await knex.raw('alter table loads drop column removed')
}
