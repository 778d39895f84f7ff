import type { Knex } from 'knex'

/** loads: one row per load that was published, also when it was undone later. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table loads (
      loaded_at   timestamp primary key,       -- names the load: its rows in staging bear it
      finished_at timestamp not null,
      state       varchar(16) not null,        -- loaded, undone
      files       integer not null,
      bytes       bigint not null,
      staged      bigint not null,             -- rows that COPY wrote
      changed     varchar(4096) not null,      -- rows written per table, as JSON
      audits      integer not null,            -- that passed
      user_name   varchar(256) not null,
      host_name   varchar(256) not null
    )
    diststyle all  -- small
    sortkey (loaded_at)
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table loads')
}
