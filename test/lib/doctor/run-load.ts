import type { Knex } from 'knex'
import type { LoadOptions } from '../../../lib/load/load'
import { steps } from '../../../lib/warehouse/steps'

/** Runs a load. @returns the notices that the user got meanwhile */
export async function load(knex: Knex, options: Partial<LoadOptions> = {}): Promise<string> {
  const params = knex.userParams as { load?: Partial<LoadOptions> }
  const notices: string[] = []
  const note = (text: string) => notices.push(text)
  params.load = options
  steps.on('notice', note)
  try {
    await knex.seed.run()
    return notices.join('\n')
  } catch (error) {
    throw Object.assign(error as Error, { notices: notices.join('\n') })
  } finally {
    steps.off('notice', note)
    delete params.load
  }
}

/** The error of a load that fails, and the notices that the user got. */
export async function failureOf(
  knex: Knex,
  options: Partial<LoadOptions> = {},
): Promise<Error & { notices: string }> {
  const outcome = await load(knex, options).catch((error: unknown) => error)
  if (outcome instanceof Error) return outcome as Error & { notices: string }
  throw new Error(`The load was expected to fail, and said: ${outcome as string}`)
}
