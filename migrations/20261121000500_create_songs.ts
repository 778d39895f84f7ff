import type { Knex } from 'knex'

/** songs: one row per song. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table songs (
      song_id   varchar(32) primary key encode raw,
      title     varchar(1024)    encode zstd,
      artist_id varchar(32)      encode zstd,
      year      integer          encode az64,
      duration  double precision encode zstd   -- seconds
    )
    diststyle all      -- joined to plays on every slice
    sortkey (song_id)  -- looked up by it
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table songs')
}
