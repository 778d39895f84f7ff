import type { Knex } from 'knex'

/** Brings the tables up to the migrations, also where two commands do so at once. @returns how many were applied */
export async function migrate(knex: Knex): Promise<number> {
  await createLock(knex)
  const [, applied] = (await knex.migrate.latest()) as [number, string[]]
  return applied.length
}

// Knex creates the table first and its one row later: two runs at once on a new warehouse would leave two
// rows, which Knex takes for locked ever after.
async function createLock(knex: Knex): Promise<void> {
  const name = 'knex_migrations_lock'
  if (await knex.schema.hasTable(name)) return
  await knex.transaction(async (transaction) => {
    await transaction.schema.createTable(name, (table) => {
      table.increments('index').primary()
      table.integer('is_locked')
    })
    await transaction(name).insert({ is_locked: 0 })
  })
}
