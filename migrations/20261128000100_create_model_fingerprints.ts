import type { Knex } from 'knex'

/** model_fingerprints: one row per model that is built, as it was declared when its table was last built. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table model_fingerprints (
      model       varchar(128) primary key,
      query       varchar(64) not null,     -- hash of the tokens of its query
      own_query   varchar(64) not null,     -- hash of what its own file says of that query
      columns     varchar(65535) not null,  -- names and types, as JSON
      key_columns varchar(4096) not null    -- as JSON
    )
    diststyle all  -- small
    sortkey (model)
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table model_fingerprints')
}
