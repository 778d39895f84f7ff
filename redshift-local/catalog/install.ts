import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Client, type ClientBase, type ClientConfig } from 'pg'
import { engineUser } from '../engine/data-folder'

/** The one database of the local Redshift. */
export const databaseName = 'dev'

/** How the server itself signs in to the engine. */
export function serverSignIn(socketFolder: string, database = databaseName): ClientConfig {
  return { host: socketFolder, port: 5432, user: engineUser, database }
}

/** Makes the database, where the engine has none yet, and its catalog. */
export async function prepareDatabase(socketFolder: string): Promise<void> {
  let client = new Client(serverSignIn(socketFolder))
  try {
    await client.connect()
  } catch (error) {
    if (codeOf(error) !== '3D000') throw error // no such database
    await createDatabase(socketFolder)
    client = new Client(serverSignIn(socketFolder))
    await client.connect()
  }
  try {
    await installCatalog(client)
  } finally {
    await client.end()
  }
}

async function createDatabase(socketFolder: string): Promise<void> {
  const client = new Client(serverSignIn(socketFolder, 'postgres'))
  await client.connect()
  try {
    await client.query(`create database ${databaseName}`)
  } catch (error) {
    // 42P04, or 23505 in a tie: another process was faster.
    if (!['42P04', '23505'].includes(codeOf(error) ?? '')) throw error
  } finally {
    await client.end()
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string }).code
}

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
