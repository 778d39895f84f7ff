import { randomBytes } from 'node:crypto'
import type { Knex } from 'knex'
import { models } from '../../models/index'
import type { Model } from '../../models/model'
import { withSources } from '../warehouse/select'
import { inModel } from './model-faults'
import { compareTables, type TableDifference } from './table-difference'

/**
 * Compares tables with what a build from scratch over the rows now staged gives: each is built again
 * beside the real one, with the models that it reads. In the transaction of `knex`, and nothing stays.
 * @returns the tables that differ
 */
export async function compareWithRebuild(knex: Knex, chosen: Model[]): Promise<TableDifference[]> {
  const needed = withSources(
    chosen.map(({ name }) => name),
    models,
  )
  return withScratchSchema(knex, async (schema) => {
    for (const model of models.filter(({ name }) => needed.has(name))) {
      await knex.raw(`create table ${schema}.${model.name} (like public.${model.name})`)
      await inModel(knex, model, () => model.up(knex))
    }
    const compared = []
    for (const model of chosen) compared.push(await compareTables(knex, model, schema))
    return compared.filter(({ added, removed, changed }) => added + removed + changed > 0)
  })
}

/** A search path as SET takes it: SHOW gives `$user, public`, which SET takes in quotes only. */
function asGiven(shown: string): string {
  return shown
    .split(',')
    .map((name) => `'${name.trim().replace(/^"(.*)"$/, '$1')}'`)
    .join(', ')
}

/**
 * Makes a schema whose tables stand before those of public while `work` runs, and drops it. Where `work`
 * fails, it goes with the transaction that is rolled back.
 */
export async function withScratchSchema<T>(
  transaction: Knex,
  work: (schema: string) => Promise<T>,
): Promise<T> {
  const schema = `scratch_${randomBytes(6).toString('hex')}`
  const { rows } = await transaction.raw<{ rows: { search_path: string }[] }>('show search_path')
  await transaction.raw(`create schema ${schema}`)
  await transaction.raw(`set search_path to ${schema}, public`)
  const result = await work(schema)
  await transaction.raw(`set search_path to ${asGiven(rows[0]!.search_path)}`)
  await transaction.raw(`drop schema ${schema} cascade`)
  return result
}
