import type { Knex } from 'knex'

/**
 * load_files_replaced: one row per file of load_files that a load replaced by a newer one of its name,
 * until that load is undone.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table load_files_replaced (
      url         varchar(2048) not null,
      etag        varchar(256) not null,
      size        bigint not null,
      table_name  varchar(128) not null,
      loaded_at   timestamp not null,  -- the load that it was of
      replaced_by timestamp not null   -- the load that replaced it
    )
    diststyle all  -- small
    sortkey (replaced_by)  -- an undo asks what its load replaced
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table load_files_replaced')
  // A reload makes these, and without the above nobody knows what they are.
  await knex.raw('drop table if exists staging_events_replaced')
  await knex.raw('drop table if exists staging_songs_replaced')
}
