import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import type { Knex } from 'knex'
import environments, { closeLocalRedshift, localRedshift, usesLocalRedshift } from '../../knexfile'
import { withConnection } from '../../lib/warehouse/connect'
import type { Environment, Settings } from '../../lib/warehouse/settings'

/**
 * Opens the warehouse of an environment, hands it to `work`, and closes it however that ends; with its
 * last user the local Redshift stops.
 */
export async function withWarehouse<T>(
  environment: Environment,
  work: (knex: Knex) => Promise<T>,
): Promise<T> {
  const config = environments[environment]
  // What a command adds to userParams is for its own instance.
  const connected = () => withConnection({ ...config, userParams: { ...config.userParams } }, work)
  // Whoever uses the local Redshift around this command lets go of it.
  if (environment === 'production' || usesLocalRedshift()) return connected()
  try {
    // PostgreSQL starts while all else is loaded. Whoever connects is told if it does not.
    void localRedshift().catch(() => {})
    await turn()
    return await connected()
  } finally {
    await closeLocalRedshift()
  }
}

/** The same for `what` needs the tables. @throws UsageError where they are not made yet */
export function withTables<T>(
  environment: Environment,
  what: string,
  work: (knex: Knex) => Promise<T>,
): Promise<T> {
  return withWarehouse(environment, async (knex) => {
    const { expectTables } = await import('../../lib/load/ledger.ts')
    await expectTables(knex, what)
    return work(knex)
  })
}

/** False where the local Redshift has no data yet: who only looks is not to make it. @throws UsageError */
export function isMade(environment: Environment): boolean {
  const { LOCAL_WAREHOUSE } = settingsIn(environment)
  return environment === 'production' || existsSync(join(LOCAL_WAREHOUSE, 'postgres'))
}

/** The settings of an environment, whose warehouse is left alone. @throws UsageError for bad ones */
export function settingsIn(environment: Environment): Settings {
  return environments[environment].userParams.settings()
}
