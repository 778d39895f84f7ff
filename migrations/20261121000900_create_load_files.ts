import type { Knex } from 'knex'

/** load_files: one row per file that a load staged, or put in quarantine. A file is loaded once. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table load_files (
      url        varchar(2048) not null,
      etag       varchar(256) not null,   -- of the content, as S3 gives it
      size       bigint not null,         -- bytes
      table_name varchar(128) not null,   -- the staging table
      loaded_at  timestamp not null,      -- the load: loads.loaded_at
      state      varchar(16) not null default 'loaded',  -- loaded, quarantined
      reason     varchar(1024)            -- why it is quarantined
    )
    diststyle all  -- small
    sortkey (table_name, url)  -- a load asks which of its files are here
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table load_files')
}
