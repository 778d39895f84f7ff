import type { Knex } from 'knex'
import type { Client } from 'pg'
import type { ObjectStore } from '../../object-store/store'
import { exitCodeOf, isLostConnection, Unreachable } from './errors'
import type { Environment, Settings } from './settings'

/** What knexfile hands to whoever has its Knex instance, through Knex's `userParams`. */
export interface WarehouseParams {
  environment: Environment
  /** @throws UsageError that names all that are wrong */
  settings(): Settings
  /** Opens what s3:// URLs lead to, as the warehouse sees them. */
  openObjectStore(): Promise<ObjectStore>
  /** Opens one more Knex instance of the same warehouse. */
  connect(): Promise<Knex>
}

/** The configuration of a warehouse's Knex instance. */
export type WarehouseConfig = Knex.Config & { userParams: WarehouseParams }

/**
 * Opens the warehouse of a configuration, hands it to `work`, and closes it however that ends.
 * @throws UsageError for settings that are wrong, before anything is done
 * @throws Unreachable where the connection is lost
 */
export async function withConnection<T>(
  config: WarehouseConfig,
  work: (knex: Knex) => Promise<T>,
): Promise<T> {
  config.userParams.settings()
  const { default: createKnex } = await import('knex')
  let lost: Error | undefined
  const knex = createKnex({
    ...config,
    // What Knex warns of it throws as well, and who catches that says it without the stack.
    log: { warn() {} },
    pool: {
      ...config.pool,
      afterCreate(connection: Client, done: (error: undefined, connection: Client) => void) {
        connection.on('error', (error) => (lost ??= error))
        done(undefined, connection)
      },
    },
  })
  // Knex puts the whole statement before the server's words.
  knex.on('query-error', (error: Error, { sql }: { sql: string }) => {
    error.message = error.message.slice(`${sql} - `.length)
  })
  try {
    return await work(knex)
  } catch (error) {
    throw lost && (exitCodeOf(error) === 1 || isLostConnection(error))
      ? connectionLost(lost)
      : error
  } finally {
    await knex.destroy()
  }
}

/** Runs `work` on a connection of its own, beside the one that `knex` may keep busy. */
export async function withOwnConnection<T>(
  knex: Knex,
  work: (other: Knex) => Promise<T>,
): Promise<T> {
  const other = await paramsOf(knex).connect()
  try {
    return await work(other)
  } finally {
    await other.destroy()
  }
}

/** The environment that `knex` connects to. */
export function environmentOf(knex: Knex): Environment {
  return paramsOf(knex).environment
}

/** Where s3:// URLs lead, as the warehouse that `knex` connects to sees them. */
export function objectStoreOf(knex: Knex): Promise<ObjectStore> {
  return paramsOf(knex).openObjectStore()
}

function paramsOf(knex: Knex): WarehouseParams {
  return knex.userParams as WarehouseParams
}

// pg says so without a code that would tell it from an internal error.
function connectionLost(cause: Error): Unreachable {
  return new Unreachable(
    `The connection to the warehouse was lost (${cause.message}). Run the command again: ` +
      'what it had not finished has been rolled back.',
    { cause },
  )
}

/** The settings of the environment that `knex` connects to. */
export function settingsOf(knex: Knex): Settings {
  return paramsOf(knex).settings()
}

/** How many rows there are. @param from what stands behind FROM: a table, with a WHERE or without */
export async function countRows(knex: Knex, from: string): Promise<number> {
  const query = `select count(*) as count from ${from}`
  const { rows } = await knex.raw<{ rows: { count: number }[] }>(query)
  return rows[0]!.count
}
