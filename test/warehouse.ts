import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import createKnex, { type Knex } from 'knex'
import { Client } from 'pg'
import environments, { closeLocalRedshift } from '../knexfile'
import { engineUser } from '../redshift-local/engine/data-folder'
import { type Engine, openEngine } from '../redshift-local/engine/engine'
import { prepareWarehouse } from './prepared-warehouse'
import { afterAllFiles } from './suite'

export interface TestWarehouse {
  knex: Knex
  /** A folder of the file's own: its subfolders are buckets. */
  buckets: string
}

const folder = mkdtempSync(join(tmpdir(), 'warehouse-'))
const data = join(folder, 'data')

/**
 * A warehouse for the tests of a file, on the local Redshift: empty, or with the tables of the
 * migrations. Everything else is as in development.
 */
export function useWarehouse({ migrated = true } = {}): TestWarehouse {
  const former = { ...process.env }
  const warehouse = {} as TestWarehouse

  before(async () => {
    warehouse.buckets = join(folder, 'buckets')
    process.env.LOCAL_WAREHOUSE = data
    process.env.LOCAL_BUCKETS = warehouse.buckets
    await renewDatabase(migrated ? 'migrated' : 'empty')
    warehouse.knex = createKnex(environments.development)
  })

  after(async () => {
    await warehouse.knex.destroy()
    await closeLocalRedshift()
    process.env = former
    rmSync(warehouse.buckets, { recursive: true, force: true })
  })

  return warehouse
}

let engine: Engine | undefined

/** Makes `dev` again as it was: one engine serves all files of a process. */
async function renewDatabase(template: 'empty' | 'migrated'): Promise<void> {
  if (engine) {
    const former = engine
    engine = await openEngine(data) // some tests kill it
    former.release()
  } else {
    await prepareWarehouse(data)
    engine = await openEngine(data)
    afterAllFiles(() => engine?.release())
    await copyDatabase('dev', 'empty')
    const knex = createKnex(environments.development)
    await knex.migrate.latest()
    await knex.destroy()
    await closeLocalRedshift()
    await copyDatabase('dev', 'migrated')
  }
  await copyDatabase(template, 'dev')
}

async function copyDatabase(from: string, to: string): Promise<void> {
  const client = new Client({ host: engine!.socketFolder, user: engineUser, database: 'template1' })
  await client.connect()
  try {
    await client.query(`drop database if exists ${to} with (force)`)
    await client.query(`create database ${to} template ${from}`)
  } finally {
    await client.end()
  }
}

/** The rows that a statement gives. */
export async function rowsOf(knex: Knex, sql: string): Promise<Record<string, unknown>[]> {
  return (await knex.raw<{ rows: Record<string, unknown>[] }>(sql)).rows
}
