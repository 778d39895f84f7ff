import { createHash } from 'node:crypto'
import { hostname } from 'node:os'
import type { Knex } from 'knex'
import { listAll } from '../../object-store/index'
import { environmentOf, objectStoreOf, settingsOf } from '../warehouse/connect'
import { asPrefix } from '../warehouse/settings'

/**
 * Writes what a COPY of this load is to read under WORK_DATA, in place of what the warehouse's load before
 * wrote by that name: loads run one at a time, so nothing has to be removed, also after a kill.
 * @returns its URL
 */
export async function writeWork(
  knex: Knex,
  workData: string,
  name: string,
  text: string,
): Promise<string> {
  const url = `${await workPrefix(knex, workData)}${name}`
  const buckets = await objectStoreOf(knex)
  await buckets.put(url, text)
  return url
}

/** What the loads of this warehouse have written so, and no load under way reads, where one holds the lock of loads. */
export async function listWork(knex: Knex): Promise<string[]> {
  const { WORK_DATA } = settingsOf(knex)
  if (!WORK_DATA) return []
  const store = await objectStoreOf(knex)
  return (await listAll(store, await workPrefix(knex, WORK_DATA))).map(({ url }) => url)
}

async function workPrefix(knex: Knex, workData: string): Promise<string> {
  return `${asPrefix(workData)}${await warehouseName(knex)}-`
}

/** A name that no other warehouse has, also one that was restored from this one's snapshot. */
async function warehouseName(knex: Knex): Promise<string> {
  const { rows } = await knex.raw<{ rows: { made: string }[] }>(
    'select min(migration_time)::varchar as made from knex_migrations',
  )
  const { LOCAL_WAREHOUSE, REDSHIFT_HOST, REDSHIFT_DATABASE } = settingsOf(knex)
  const isLocal = environmentOf(knex) === 'development'
  const place = isLocal ? [hostname(), LOCAL_WAREHOUSE] : [REDSHIFT_HOST, REDSHIFT_DATABASE]
  const facts = JSON.stringify([rows[0]!.made, ...place])
  return createHash('sha256').update(facts).digest('hex').slice(0, 16)
}
