import type { Knex } from 'knex'
import { audit, auditsOf, refuseFailures } from '../lib/load/audit'
import { select, withDependents } from '../lib/warehouse/select'
import { step } from '../lib/warehouse/steps'
import type { Table } from '../lib/warehouse/tables'
import { stagingTables } from '../sources/index'
import { artists } from './artists'
import type { Model } from './model'
import { songplays } from './songplays'
import { songs } from './songs'
import { time } from './time'
import { users } from './users'

export { ofLoad } from './model'

/** The star, in the order that it is built: a model stands behind those that it reads. */
export const models: Model[] = [users, songs, artists, songplays, time]

/** The tables of staging and star, each behind those that it is made from. */
export const tables: Table[] = [...stagingTables, ...models]

/** The models that depend on tables, staging tables or models, and those models themselves. */
export function dependentsOf(tables: string[]): Model[] {
  const dependents = withDependents(tables, models)
  return models.filter(({ name }) => dependents.has(name))
}

/**
 * Builds models (up), or takes them back (down), with all that depend on them, in one transaction.
 * @param patterns see `select` in lib/selection/select.ts; all models for none
 * @returns the rows that each model wrote or lost, in the order that it happened
 * @throws UsageError for a pattern that selects no model
 */
export async function buildModels(
  knex: Knex,
  direction: 'up' | 'down',
  patterns: string[],
): Promise<{ name: string; rows: number }[]> {
  const order = dependentsOf(selectModels(patterns).map(({ name }) => name))
  if (direction === 'down') order.reverse()
  return knex.transaction(async (transaction) => {
    const built = []
    for (const model of order)
      built.push({ name: model.name, rows: await model[direction](transaction) })
    return built
  })
}

/** The models that patterns select, in the order of building. @throws UsageError for one that selects none */
export function selectModels(patterns: string[]): Model[] {
  const all = models.map(({ name }) => name)
  const selected = select(patterns, 'model', tables, all)
  return models.filter(({ name }) => selected.includes(name))
}

/**
 * Notes what the staged rows of a load touch: after they came, before they go, or both.
 * @param isOfLoad the condition that staged rows are of the load
 */
export async function touchStar(knex: Knex, isOfLoad: string): Promise<void> {
  for (const model of models) await model.touch(knex, isOfLoad)
}

interface Refreshed {
  changed: Record<string, number>
  audits: number
}

/**
 * Brings what was touched up to what is staged, and audits it. Rows that came and rows that went are
 * one to it, so a load and its undoing are the same routine.
 * @returns the rows written per table, and the audits that passed
 * @throws DataRefused for audits that failed
 */
export async function refreshStar(knex: Knex): Promise<Refreshed> {
  const changed: Record<string, number> = {}
  for (const model of models) {
    await step(model.name, async () => (changed[model.name] = await model.refresh(knex)))
  }
  let audits = 0
  const check = async () => {
    refuseFailures(await audit(knex, models, 'touched'))
    audits = models.flatMap(auditsOf).length
    return audits
  }
  await step('audits', check, 'audits')
  for (const model of models) await model.settle(knex)
  return { changed, audits }
}
