import type { Knex } from 'knex'
import { step } from '../lib/steps'
import { models } from '../models'

/** Builds the star from what is staged. */
export async function seed(knex: Knex): Promise<void> {
  for (const model of models) await step(model.name, () => model.up(knex))
}
