import type { Knex } from 'knex'
import { UsageError } from '../lib/errors'
import { step } from '../lib/steps'
import { artists } from './artists'
import type { Model } from './model'
export { ofLoad } from './model'
import { audit, auditsOf, refuseFailures } from './run-audits'
import { songplays } from './songplays'
import { songs } from './songs'
import { time } from './time'
import { users } from './users'

/** The star, in the order that it is built: a model stands behind those that it reads. */
export const models: Model[] = [users, songs, artists, songplays, time]

/** The named models with all that depend on them, in the order of building; all for no name. */
export function withDependents(names: string[]): Model[] {
  return names.length > 0 ? dependentsOf(names) : [...models]
}

/** The models that depend on tables, staging tables or models, and those models themselves. */
export function dependentsOf(tables: string[]): Model[] {
  const wanted = new Set(tables)
  for (const { name, from } of models) {
    if (from.some((table) => wanted.has(table))) wanted.add(name)
  }
  return models.filter(({ name }) => wanted.has(name))
}

/**
 * Builds models (up), or takes them back (down), with all that depend on them, in one transaction.
 * @param names tables of the star; all for none
 * @returns the rows that each model wrote or lost, in the order that it happened
 * @throws UsageError for a name that is no model
 */
export async function buildModels(
  knex: Knex,
  direction: 'up' | 'down',
  names: string[],
): Promise<{ name: string; rows: number }[]> {
  const order = withDependents(known(names))
  if (direction === 'down') order.reverse()
  return knex.transaction(async (transaction) => {
    const built = []
    for (const model of order)
      built.push({ name: model.name, rows: await model[direction](transaction) })
    return built
  })
}

/** The named models, without what depends on them; all for no name. @throws UsageError for another name */
export function namedModels(names: string[]): Model[] {
  const wanted = known(names)
  return models.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
}

function known(names: string[]): string[] {
  const all = models.map(({ name }) => name)
  const unknown = names.filter((name) => !all.includes(name))
  if (unknown.length === 0) return names
  throw new UsageError(`There is no model ${unknown.join(', ')}: expected ${all.join(', ')}.`)
}

/**
 * Notes what the staged rows of a load touch: after they came, before they go, or both.
 * @param isOfLoad the condition that staged rows are of the load
 */
export async function touchStar(knex: Knex, isOfLoad: string): Promise<void> {
  for (const model of models) await model.touch(knex, isOfLoad)
}

export interface Refreshed {
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
  await step('audits', async () => {
    refuseFailures(await audit(knex, models, 'touched'))
    audits = models.flatMap(auditsOf).length
    return audits
  })
  for (const model of models) await model.settle(knex)
  return { changed, audits }
}
