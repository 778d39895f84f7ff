import type { Knex } from 'knex'

/** time: one row per start_time of a songplay; UTC. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table time (
      start_time timestamp primary key encode raw,
      hour       smallint encode az64,
      day        smallint encode az64,
      week       smallint encode az64,   -- ISO 8601
      month      smallint encode az64,
      year       smallint encode az64,
      weekday    smallint encode az64    -- 0 is Sunday
    )
    distkey (start_time)  -- with its plays on the same slice
    sortkey (start_time)  -- a filter on time prunes the plays as well
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table time')
}
