import createKnex, { type Knex } from 'knex'
import environments, { closeLocalRedshift } from '../knexfile'
import { type Environment, type Settings, readSettings } from './settings'

/** Opens the warehouse of an environment, hands it to `work`, and closes it however that ends. */
export async function withWarehouse<T>(
  environment: Environment,
  work: (knex: Knex) => Promise<T>,
): Promise<T> {
  readSettings(environment) // all faults at once, before anything is done
  const knex = createKnex(environments[environment])
  // Knex puts the whole statement before the server's words.
  knex.on('query-error', (error: Error, { sql }: { sql: string }) => {
    error.message = error.message.slice(`${sql} - `.length)
  })
  try {
    return await work(knex)
  } finally {
    await knex.destroy()
    await closeLocalRedshift()
  }
}

/** The settings of the environment that `knex` connects to. */
export function settingsOf(knex: Knex): Settings {
  return readSettings((knex.userParams as { environment: Environment }).environment)
}
