import type { Knex } from 'knex'

/** artists: one row per artist. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table artists (
      artist_id varchar(32) primary key encode raw,
      name      varchar(1024)    encode zstd,
      location  varchar(1024)    encode zstd,
      latitude  double precision encode zstd,
      longitude double precision encode zstd
    )
    diststyle all        -- joined to plays and songs on every slice
    sortkey (artist_id)  -- looked up by it
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table artists')
}
