import type { Knex } from 'knex'

/**
 * audit_rows: one row per row for which an audit did not hold, where these were to be kept. loads.warned: NULL for
 * a load that did not note it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table audit_rows (
      audited_at timestamp not null encode raw,        -- when the audit ran
      loaded_at  timestamp encode az64,                -- the load that was audited, also one that was refused
      table_name varchar(128) not null encode bytedict,
      audit      varchar(1024) not null encode zstd,
      severity   varchar(8) not null encode bytedict,  -- error, warn
      offender   varchar(65535) not null encode zstd   -- the row, as JSON
    )
    diststyle even        -- read by itself
    sortkey (audited_at)  -- pruned by age
  `)
  await knex.raw('alter table loads add column warned varchar(65535)')
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table loads drop column warned')
  await knex.raw('drop table audit_rows')
}
