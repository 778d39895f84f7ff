import type { Knex } from 'knex'

/** users: one row per user seen in the logs, as of the latest event. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table users (
      user_id    integer primary key encode raw,
      first_name varchar(256) encode zstd,
      last_name  varchar(256) encode zstd,
      gender     varchar(8)   encode bytedict,
      level      varchar(16)  encode bytedict
    )
    diststyle all      -- small, and joined to plays on every slice
    sortkey (user_id)  -- merge join with the plays
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table users')
}
