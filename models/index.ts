import type { Knex } from 'knex'
import { UsageError } from '../lib/errors'
import { artists } from './artists'
import type { Model } from './model'
import { songplays } from './songplays'
import { songs } from './songs'
import { time } from './time'
import { users } from './users'

/** The star, in the order that it is built: a model stands behind those that it reads. */
export const models: Model[] = [users, songs, artists, songplays, time]

/** The named models with all that depend on them, in the order of building; all for no name. */
export function withDependents(names: string[]): Model[] {
  const wanted = new Set(names.length > 0 ? names : models.map(({ name }) => name))
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

function known(names: string[]): string[] {
  const all = models.map(({ name }) => name)
  const unknown = names.filter((name) => !all.includes(name))
  if (unknown.length === 0) return names
  throw new UsageError(`There is no model ${unknown.join(', ')}: expected ${all.join(', ')}.`)
}
