import type { Knex } from 'knex'

/** staging_events: one row per logged event, as the JSON has it, in the order of the JSONPaths file. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table staging_events (
      artist          varchar(1024)    encode zstd,      -- names of 177 characters exist, up to 4 bytes each
      auth            varchar(32)      encode bytedict,
      first_name      varchar(256)     encode zstd,
      gender          varchar(8)       encode bytedict,
      item_in_session integer not null encode az64,
      last_name       varchar(256)     encode zstd,
      length          double precision encode zstd,      -- seconds; COPY reads JSON numbers as floats anyway
      level           varchar(16)      encode bytedict,
      location        varchar(1024)    encode zstd,
      method          varchar(16)      encode bytedict,
      page            varchar(64) not null encode bytedict,
      registration    double precision encode zstd,      -- milliseconds, written as 1540919166796.0
      session_id      integer not null encode az64,
      song            varchar(1024)    encode zstd,
      status          integer          encode az64,
      ts              bigint not null  encode az64,      -- milliseconds since 1970, UTC
      user_agent      varchar(1024)    encode zstd,
      user_id         integer          encode az64,      -- "" (logged out) is NULL to COPY
      loaded_at       timestamp not null default sysdate encode raw
    )
    diststyle even        -- no column spreads it: plays of one song, or events without one, would pile up
    sortkey (loaded_at)   -- the rows of one load are found without reading the others
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table staging_events')
}
