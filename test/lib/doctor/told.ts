import type { Knex } from 'knex'
import type { LoadOptions } from '../../../lib/load/stage'
import { steps } from '../../../lib/warehouse/steps'

/** Runs a load, and tells what the user was told meanwhile. */
export async function load(knex: Knex, options: Partial<LoadOptions> = {}): Promise<string> {
  const params = knex.userParams as { load?: Partial<LoadOptions> }
  const told: string[] = []
  const note = (text: string) => told.push(text)
  params.load = options
  steps.on('notice', note)
  try {
    await knex.seed.run()
    return told.join('\n')
  } catch (error) {
    throw Object.assign(error as Error, { told: told.join('\n') })
  } finally {
    steps.off('notice', note)
    delete params.load
  }
}

/** The error of a load that fails, and what the user was told. */
export async function failureOf(
  knex: Knex,
  options: Partial<LoadOptions> = {},
): Promise<Error & { told: string }> {
  const outcome = await load(knex, options).catch((error: unknown) => error)
  if (outcome instanceof Error) return outcome as Error & { told: string }
  throw new Error(`The load was expected to fail, and said: ${outcome as string}`)
}
