import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import createKnex, { type Knex } from 'knex'
import environments, { closeLocalRedshift } from '../knexfile'

export interface TestWarehouse {
  knex: Knex
  /** A folder of the file's own: its subfolders are buckets. */
  buckets: string
}

const folder = mkdtempSync(join(tmpdir(), 'warehouse-'))

/**
 * A warehouse for the tests of a file, on the local Redshift: empty, or with the tables of the
 * migrations. Everything else is as in development.
 */
export function useWarehouse({ migrated = true } = {}): TestWarehouse {
  const former = { ...process.env }
  const warehouse = {} as TestWarehouse

  before(async () => {
    warehouse.buckets = join(folder, 'buckets')
    process.env.LOCAL_WAREHOUSE = join(folder, 'data')
    process.env.LOCAL_BUCKETS = warehouse.buckets
    warehouse.knex = createKnex(environments.development)
    await warehouse.knex.migrate.rollback(undefined, true)
    if (migrated) await warehouse.knex.migrate.latest()
  })

  after(async () => {
    await warehouse.knex.destroy()
    await closeLocalRedshift()
    process.env = former
    rmSync(warehouse.buckets, { recursive: true, force: true })
  })

  return warehouse
}

/** The rows that a statement gives. */
export async function rowsOf(knex: Knex, sql: string): Promise<Record<string, unknown>[]> {
  return (await knex.raw<{ rows: Record<string, unknown>[] }>(sql)).rows
}
