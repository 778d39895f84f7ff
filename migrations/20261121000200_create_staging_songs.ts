import type { Knex } from 'knex'

/** staging_songs: one row per song record, as the JSON has it. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table staging_songs (
      num_songs        integer          encode az64,
      artist_id        varchar(32)      encode zstd,
      artist_latitude  double precision encode zstd,
      artist_longitude double precision encode zstd,
      artist_location  varchar(1024)    encode zstd,     -- texts of 177 characters exist, up to 4 bytes each
      artist_name      varchar(1024)    encode zstd,
      song_id          varchar(32) not null encode zstd,
      title            varchar(1024)    encode zstd,
      duration         double precision encode zstd,     -- seconds
      year             integer          encode az64,     -- 0: unknown
      loaded_at        timestamp not null default sysdate encode raw
    )
    diststyle even        -- read as a whole, or by load
    sortkey (loaded_at)   -- the rows of one load are found without reading the others
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table staging_songs')
}
