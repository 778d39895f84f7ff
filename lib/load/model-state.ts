import type { Knex } from 'knex'
import { models, tables } from '../../models/index'
import { buildTimes, type Fingerprint, rebuildsSince, storedFingerprints } from './fingerprint'
import { hasLedger, latestLoad } from './ledger'
import { countTables } from './state'

/** What a warehouse says of the models and of what they read. */
export interface ModelStates {
  /** When its latest load was, UTC; null where nothing is loaded. */
  latestLoad: string | null
  /** Rows by table; of none that the migrations have yet to make. */
  rows: Record<string, number>
  /** By model. */
  built: Record<string, BuiltState>
}

/** How the table of a model stands. */
export interface BuiltState {
  /** When it was built as a whole, UTC; null where it is not, or where that was not noted. */
  builtAt: string | null
  /** What the model was then; null where the table is not built. */
  fingerprint: Fingerprint | null
  /** What changed since, so that the next run builds it; nothing where it is as declared. */
  changed: string[]
}

/** Looks at the tables of the models, and at what they were built by; changes nothing. */
export async function readModelStates(knex: Knex): Promise<ModelStates> {
  const stored = await storedFingerprints(knex)
  const times = await buildTimes(knex)
  const rebuilds = rebuildsSince(stored)
  const built = models.map((model): [string, BuiltState] => {
    const { name } = model
    const changed = rebuilds.find((rebuild) => rebuild.model === model)?.why ?? []
    const [builtAt, fingerprint] = [times.get(name) ?? null, stored.get(name) ?? null]
    return [name, { builtAt, fingerprint, changed }]
  })
  const there = await existing(knex)
  const counted = await countTables(
    knex,
    tables.map(({ name }) => name).filter((name) => there.has(name)),
  )
  return {
    latestLoad: (await hasLedger(knex)) ? await latestLoad(knex) : null,
    rows: Object.fromEntries(counted.map(({ name, rows }) => [name, rows])),
    built: Object.fromEntries(built),
  }
}

async function existing(knex: Knex): Promise<Set<string>> {
  const { rows } = await knex.raw<{ rows: { name: string }[] }>(
    'select distinct tablename as name from pg_table_def where schemaname = current_schema()',
  )
  return new Set(rows.map(({ name }) => name))
}
