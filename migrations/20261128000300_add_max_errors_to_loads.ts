import type { Knex } from 'knex'

/**
 * loads.max_errors: NULL for a load that did not note it. Besides, loads become what they are called: one
 * whose files were loaded again by a later one still counted these, and a run that only put files in
 * quarantine was a load.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table loads add column max_errors integer encode az64')
  await knex.raw("delete from loads where state = 'loaded' and files = 0")
  await knex.raw(`
    update loads set files = here.files, bytes = here.bytes, staged = here.staged
    from (
      select entered.loaded_at, files, bytes, nvl(staged, 0) as staged
      from (
        select loaded_at, count(*) as files, sum(size) as bytes
        from load_files
        where state = 'loaded'
        group by loaded_at
      ) as entered
      left join (
        select loaded_at, count(*) as staged
        from (
          select loaded_at from staging_events
          union all
          select loaded_at from staging_songs
        ) as staged_rows
        group by loaded_at
      ) as counted on counted.loaded_at = entered.loaded_at
    ) as here
    where here.loaded_at = loads.loaded_at and here.files <> loads.files
  `)
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table loads drop column max_errors')
}
