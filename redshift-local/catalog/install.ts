import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type ClientBase } from 'pg'

/** Any number that nothing else locks by. */
const lock = 5439_0001

/**
 * Makes the relations and functions of Redshift in a client's database: once for each version of the
 * `.sql` files beside this one, in one transaction, however many processes do so at once.
 */
export async function installCatalog(client: ClientBase): Promise<void> {
  const files = readdirSync(__dirname)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => readFileSync(join(__dirname, name), 'utf8'))
  const version = createHash('sha256').update(files.join('\0')).digest('hex').slice(0, 16)
  if ((await installedVersion(client)) === version) return
  await client.query('begin isolation level read committed')
  try {
    await client.query(`select pg_advisory_xact_lock(${lock})`)
    if ((await installedVersion(client)) !== version) {
      for (const file of files) await client.query(file)
      await client.query(`comment on schema redshift_catalog is '${version}'`)
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function installedVersion(client: ClientBase): Promise<string | undefined> {
  const { rows } = await client.query<{ version: string | null }>(
    `select obj_description(oid, 'pg_namespace') as version from pg_namespace where nspname = 'redshift_catalog'`,
  )
  return rows[0]?.version ?? undefined
}
