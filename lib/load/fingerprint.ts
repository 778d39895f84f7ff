import { createHash } from 'node:crypto'
import type { Knex } from 'knex'
import { models } from '../../models/index'
import type { Declaration, Model } from '../../models/model'
import { allRows } from '../../models/scope'
import { exactTime } from '../warehouse/times'
import { sqlTokens } from './sql-tokens'

/** What a model was when its table was built, or is now; blanks, comments and descriptions do not count. */
export interface Fingerprint {
  /** Of the query that `up` sends: what its helpers give is in it. */
  query: string
  /** Of what the model itself says of that query: its helpers are in it by their names. */
  ownQuery: string
  /** Names and types, in the order of the table. */
  columns: [name: string, type: string][]
  key: string[]
}

/** A model whose table is to be built as a whole. */
export interface Rebuild {
  model: Model
  /** What changed since it was built. */
  why: string[]
}

/** Why a model is built that never was, or was taken back. */
export const notBuilt = 'not built'

/**
 * The models that are not as they were when their tables were built, and those that read one of them, in
 * the order of building.
 */
export async function modelsToBuild(knex: Knex): Promise<Rebuild[]> {
  return rebuildsSince(await storedFingerprints(knex))
}

/** The models to build where `built` is what they were when their tables were built. See `modelsToBuild`. */
export function rebuildsSince(built: Map<string, Fingerprint>): Rebuild[] {
  const rebuilds: Rebuild[] = []
  const reads = ({ from }: Model) =>
    rebuilds.flatMap(({ model: { name } }) => (from.includes(name) ? [`reads ${name}`] : []))
  for (const model of models) {
    const former = built.get(model.name)
    const why = former ? [...changes(former, fingerprintOf(model)), ...reads(model)] : [notBuilt]
    if (why.length > 0) rebuilds.push({ model, why })
  }
  return rebuilds
}

/** The fingerprint of a model as it is declared now. */
export function fingerprintOf({ rows, columns, key }: Declaration): Fingerprint {
  return {
    query: hash(rows(allRows)),
    ownQuery: hash(rows.toString()),
    columns: Object.entries(columns).map(([name, [type]]) => [name, type]),
    key,
  }
}

function hash(sql: string): string {
  return createHash('sha256')
    .update(JSON.stringify(sqlTokens(sql)))
    .digest('hex')
}

/** What differs between the fingerprints of a model; nothing where its table would be the same. */
export function changes(former: Fingerprint, now: Fingerprint): string[] {
  const ofQuery = former.ownQuery === now.ownQuery ? 'a helper of its query' : 'its own query'
  return [
    ...(former.query === now.query ? [] : [ofQuery]),
    ...columnChanges(new Map(former.columns), new Map(now.columns)),
    ...(former.key.join() === now.key.join() ? [] : ['its key']),
  ]
}

function columnChanges(former: Map<string, string>, now: Map<string, string>): string[] {
  const found = [
    ...[...now.keys()].filter((name) => !former.has(name)).map((name) => `column ${name} is new`),
    ...[...former.keys()].filter((name) => !now.has(name)).map((name) => `column ${name} is gone`),
    ...[...now]
      .filter(([name, type]) => former.has(name) && hash(former.get(name)!) !== hash(type))
      .map(([name, type]) => `column ${name} is ${type}, was ${former.get(name)!}`),
  ]
  const isReordered = [...former.keys()].join() !== [...now.keys()].join()
  return found.length === 0 && isReordered ? ['the order of its columns'] : found
}

interface Row {
  model: string
  query: string
  own_query: string
  columns: string
  key_columns: string
}

/** What models were when their tables were built, by name: none where a migration has yet to make their table. */
export async function storedFingerprints(knex: Knex): Promise<Map<string, Fingerprint>> {
  if (!(await hasFingerprints(knex))) return new Map()
  const rows = await knex<Row>('model_fingerprints').select()
  return new Map(
    rows.map(({ model, query, own_query, columns, key_columns }) => [
      model,
      {
        query,
        ownQuery: own_query,
        columns: JSON.parse(columns) as Fingerprint['columns'],
        key: JSON.parse(key_columns) as string[],
      },
    ]),
  )
}

/** When the tables of models were built as a whole, UTC, by model; null where that was not noted. */
export async function buildTimes(knex: Knex): Promise<Map<string, string | null>> {
  if (!(await isDated(knex))) return new Map()
  const { rows } = await knex.raw<{ rows: { model: string; built: string | null }[] }>(
    `select model, ${exactTime('built_at')} as built from model_fingerprints`,
  )
  return new Map(rows.map(({ model, built }) => [model, built]))
}

// The warehouse of a former version has no such column until its next run.
function isDated(knex: Knex): Promise<boolean> {
  return knex.schema.hasColumn('model_fingerprints', 'built_at')
}

/** Notes that tables were built, in the transaction that did so. */
export async function enterFingerprints(knex: Knex, built: Model[]): Promise<void> {
  await removeFingerprints(knex, built)
  if (built.length === 0 || !(await hasFingerprints(knex))) return
  const values = built.flatMap((model) => {
    const { query, ownQuery, columns, key } = fingerprintOf(model)
    return [model.name, query, ownQuery, JSON.stringify(columns), JSON.stringify(key)]
  })
  const [time, value] = (await isDated(knex)) ? [', built_at', ', sysdate'] : ['', '']
  await knex.raw(
    `insert into model_fingerprints (model, query, own_query, columns, key_columns${time})
    values ${built.map(() => `(?, ?, ?, ?, ?${value})`).join(', ')}`,
    values,
  )
}

/** Notes that tables were emptied; models that no longer exist are forgotten as well. */
export async function removeFingerprints(knex: Knex, emptied: Model[]): Promise<void> {
  if (!(await hasFingerprints(knex))) return
  const kept = models.filter((model) => !emptied.includes(model))
  const condition = kept.length > 0 ? `model not in (${kept.map(() => '?').join(', ')})` : '1 = 1'
  await knex.raw(
    `delete from model_fingerprints where ${condition}`,
    kept.map(({ name }) => name),
  )
}

function hasFingerprints(knex: Knex): Promise<boolean> {
  return knex.schema.hasTable('model_fingerprints')
}
