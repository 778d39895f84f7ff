import type { Knex } from 'knex'
import { modelsToBuild } from './fingerprint'
import { staleText } from './freshness'
import { diffFiles, type FileDiff } from './file-diff'
import { type Drift, lookAhead } from './look-ahead'
import { migrationsOf } from './migrations'
import { dependentsOf } from './refresh'
import type { TableDifference } from './table-difference'
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
  /** Sources whose latest event or file is too old, in words. */
  stale: string[]
  /** With `diff`: what these builds would change, of the rows that are staged now. */
  differences?: TableDifference[]
}

/** True where a run would change something. */
export function hasWork({ migrations, models, rebuilds }: Plan): boolean {
  return migrations.length + models.length + rebuilds.length > 0
}

/**
 * Looks at migrations, files, models and tables; changes nothing.
 * @throws UsageError for a model that a run could not build
 */
export async function plan(knex: Knex, { diff = false } = {}): Promise<Plan> {
  const migrations = await migrationsOf(knex)
  const compared = []
  for (const source of sources(knex)) {
    compared.push({ table: source.table, ...(await diffFiles(knex, source)) })
  }
  const staged = compared.filter((source) => source.new.length > 0).map(({ table }) => table)
  const rebuilds = await modelsToBuild(knex)
  const { drift, differences } = await lookAhead(
    knex,
    migrations,
    rebuilds.map(({ model }) => model),
    diff,
  )
  return {
    migrations: migrations.pending,
    sources: compared,
    models: dependentsOf(staged).map(({ name }) => name),
    rebuilds: rebuilds.map(({ model: { name }, why }) => ({ model: name, why })),
    drift,
    stale: await staleText(knex),
    ...(diff && { differences }),
  }
}
