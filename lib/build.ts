import type { Knex } from 'knex'
import { models, withDependents } from '../models'
import { UsageError } from './errors'

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
