import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { counted } from '../warehouse/counts'
import { UsageError } from '../warehouse/errors'
import { projectFolder } from '../warehouse/settings'

/** Where the migrations lie. */
export const migrationsFolder = join(projectFolder, 'migrations')

/** The names of the migrations' files, in their order. */
export async function migrationFiles(): Promise<string[]> {
  return (await readdir(migrationsFolder)).filter((name) => name.endsWith('.ts')).sort()
}

/**
 * The migrations by their files' names, in their order. Knex's own list would create its tables where there are none yet.
 * @throws UsageError where one is applied that this version of the project does not have
 */
export async function migrationsOf(knex: Knex): Promise<{ applied: string[]; pending: string[] }> {
  const files = await migrationFiles()
  const isNew = !(await knex.schema.hasTable('knex_migrations'))
  const rows = isNew ? [] : await knex<{ name: string }>('knex_migrations').select('name')
  const applied = new Set(rows.map(({ name }) => name))
  const unknown = [...applied].filter((name) => !files.includes(name)).sort()
  if (unknown.length > 0) throw new UsageError(laterText(unknown))
  return {
    applied: files.filter((name) => applied.has(name)),
    pending: files.filter((name) => !applied.has(name)),
  }
}

function laterText(unknown: string[]): string {
  return (
    `The warehouse has ${counted(unknown.length, 'migration')} not in migrations/, such as ${unknown[0]}: a later ` +
    'version of the project made its tables. Use that version; or, with it, take back what this one does ' +
    'not know: `npx knex migrate:down`, once for each.'
  )
}

/**
 * Brings the tables up to the migrations, also where two commands do so at once.
 * @returns how many were applied
 * @throws UsageError where one is applied that this version of the project does not have
 */
export async function migrate(knex: Knex): Promise<number> {
  await migrationsOf(knex)
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
