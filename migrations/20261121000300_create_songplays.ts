import type { Knex } from 'knex'

/** songplays: one row per song play, its song known or not. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table songplays (
      songplay_id bigint primary key,
      start_time  timestamp not null encode raw,   -- the sort key is what filters read: no decoding
      user_id     integer        encode az64,
      level       varchar(16)    encode bytedict,
      song_id     varchar(32)    encode zstd,
      artist_id   varchar(32)    encode zstd,
      session_id  integer not null encode az64,
      location    varchar(1024)  encode zstd,
      user_agent  varchar(1024)  encode zstd
    )
    distkey (start_time)  -- joins time, the only other table that grows with the plays, on the same slice
    sortkey (start_time)  -- questions are asked of a period
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table songplays')
}
