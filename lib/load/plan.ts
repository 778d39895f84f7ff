import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Knex } from 'knex'
import { modelsToBuild } from './fingerprint'
import { type FileDiff, diffFiles } from './ledger'
import { dependentsOf } from './refresh'
import { projectFolder } from '../warehouse/settings'
import { sources } from '../../sources/index'

/** What a run would find to do. */
export interface Plan {
  /** Migrations that are not applied. */
  migrations: string[]
  sources: (FileDiff & { table: string })[]
  /** Models that new files affect. */
  models: string[]
  /** Models that changed since they were built, and those that read them: built as a whole. */
  rebuilds: { model: string; why: string[] }[]
  /** Columns whose table differs from what the applied migrations make. */
  drift: Drift[]
}

/** A column that is not as the migrations make it; `declared` or `live` is missing where it is not there. */
interface Drift {
  table: string
  column: string
  declared?: string
  live?: string
}

/** True where a run would change something. */
export function hasWork({ migrations, models, rebuilds }: Plan): boolean {
  return migrations.length + models.length + rebuilds.length > 0
}

/** Looks at migrations, files, models and tables; changes nothing. */
export async function plan(knex: Knex): Promise<Plan> {
  const { applied, pending } = await migrationsOf(knex)
  const compared = []
  for (const source of sources(knex)) {
    compared.push({ table: source.table, ...(await diffFiles(knex, source)) })
  }
  const staged = compared.filter((source) => source.new.length > 0).map(({ table }) => table)
  const rebuilds = await modelsToBuild(knex)
  return {
    migrations: pending,
    sources: compared,
    models: dependentsOf(staged).map(({ name }) => name),
    rebuilds: rebuilds.map(({ model: { name }, why }) => ({ model: name, why })),
    drift: await driftOf(knex, applied),
  }
}

// Knex's own list would create its tables where there are none yet.
async function migrationsOf(knex: Knex): Promise<{ applied: string[]; pending: string[] }> {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort()
  const isNew = !(await knex.schema.hasTable('knex_migrations'))
  const rows = isNew ? [] : await knex<{ name: string }>('knex_migrations').select('name')
  const applied = new Set(rows.map(({ name }) => name))
  return {
    applied: files.filter((name) => applied.has(name)),
    pending: files.filter((name) => !applied.has(name)),
  }
}

const folder = join(projectFolder, 'migrations')
const scratch = 'sparkify_plan'

/**
 * Holds the live tables against those that the applied migrations make: these are run in a schema of
 * their own, in a transaction that is rolled back.
 */
async function driftOf(knex: Knex, applied: string[]): Promise<Drift[]> {
  const transaction = await knex.transaction()
  try {
    const live = await columnsIn(transaction, 'public')
    await transaction.raw(`create schema ${scratch}`)
    await transaction.raw(`set search_path to ${scratch}`)
    for (const name of applied) {
      const { up } = (await import(join(folder, name))) as { up: (knex: Knex) => Promise<void> }
      await up(transaction)
    }
    return compare(await columnsIn(transaction, scratch), live)
  } finally {
    await transaction.rollback()
  }
}

/** What pg_table_def says of each column of a schema that is on the search path. */
async function columnsIn(knex: Knex, schema: string): Promise<Map<string, string>> {
  const { rows } = await knex.raw<{ rows: Record<string, string>[] }>(
    `select tablename, "column", type, encoding, distkey, sortkey, "notnull"
    from pg_table_def
    where schemaname = ?`,
    [schema],
  )
  return new Map(
    rows.map(({ tablename, column, type, encoding, ...key }) => [
      `${tablename}.${column}`,
      [
        type,
        `encode ${encoding?.trim()}`,
        ...(key.distkey ? ['distkey'] : []),
        ...(Number(key.sortkey) === 0 ? [] : [`sortkey ${key.sortkey}`]),
        ...(key.notnull ? ['not null'] : []),
      ].join(' '),
    ]),
  )
}

function compare(declared: Map<string, string>, live: Map<string, string>): Drift[] {
  const tables = new Set([...declared.keys()].map((name) => name.split('.')[0]!))
  const names = new Set([...declared.keys(), ...live.keys()])
  return [...names]
    .filter((name) => tables.has(name.split('.')[0]!) && declared.get(name) !== live.get(name))
    .map((name) => {
      const [table = '', column = ''] = name.split('.')
      const [was, is] = [declared.get(name), live.get(name)]
      return { table, column, ...(was && { declared: was }), ...(is && { live: is }) }
    })
}
