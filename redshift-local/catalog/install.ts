import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Client, type ClientBase, type ClientConfig } from 'pg'
import { engineUser } from '../engine/data-folder'
import { databaseName } from '../dialect/names'
import { LocalRedshiftError } from '../errors'
import { blockOfNumbers } from './statement-log'

/**
 * The superuser of the local Redshift: the engine's role that clients' sessions sign in as, those of users that
 * were made aside. It has no rights beyond the database.
 */
export const clientUser = 'awsuser'

/** How the server itself signs in to the engine: as its superuser, to whom no name of a client's leads. */
export function serverSignIn(socketFolder: string, database = databaseName): ClientConfig {
  const options = '-c search_path=pg_catalog,pg_temp'
  return { host: socketFolder, port: 5432, user: engineUser, database, options }
}

/**
 * Makes the database, where the engine has none yet, and its catalog.
 * @returns the first of the numbers that queries may have
 */
export async function prepareDatabase(socketFolder: string): Promise<number> {
  const client = await connected(socketFolder)
  try {
    await installCatalog(client)
    return await blockOfNumbers(client)
  } finally {
    await client.end()
  }
}

async function connected(socketFolder: string, mendsLeft = 2): Promise<Client> {
  const client = new Client(serverSignIn(socketFolder))
  try {
    await client.connect()
    return client
  } catch (error) {
    if (codeOf(error) === '53300') {
      const message =
        'All connections of the local Redshift are taken: close one of its clients, and try again.'
      throw new LocalRedshiftError(message, { cause: error })
    }
    const mend = mends.get(codeOf(error) ?? '')
    if (!mend || mendsLeft === 0) throw error
    await mend(socketFolder)
    return connected(socketFolder, mendsLeft - 1)
  }
}

/** What lacks where the server cannot sign in, by SQLSTATE, and how it is made. */
const mends = new Map([
  ['3D000', nameDatabase], // no such database
  ['28000', renameSuperuser], // no such role
])

/** The database that initdb makes becomes the clients': to make one more would take longer. */
async function nameDatabase(socketFolder: string): Promise<void> {
  const client = new Client(serverSignIn(socketFolder, 'template1'))
  await client.connect()
  try {
    await client.query(
      `alter database postgres rename to ${databaseName}; comment on database ${databaseName} is null`,
    )
  } catch (error) {
    // 3D000, or 42P04 where a former version made one: another process was faster.
    if (!['3D000', '42P04'].includes(codeOf(error) ?? '')) throw error
  } finally {
    await client.end()
  }
}

/**
 * Former versions had one role, the superuser, under the name that is the clients' now. No ALTER ROLE
 * renames the role of its own session, and there is no other that could.
 */
async function renameSuperuser(socketFolder: string): Promise<void> {
  const client = new Client({ ...serverSignIn(socketFolder, 'template1'), user: clientUser })
  try {
    await client.connect()
    await client.query('begin isolation level read committed')
    await client.query(
      `update pg_authid set rolname = '${engineUser}' where oid = 10 and rolname = '${clientUser}'`,
    )
    await client.query('commit')
  } catch (error) {
    // 28000, or 42501: another process was faster.
    if (!['28000', '42501'].includes(codeOf(error) ?? '')) throw error
  } finally {
    await client.end()
  }
}

function codeOf(error: unknown): string | undefined {
  return (error as { code?: string }).code
}

/** How long it waits behind the transactions of other sessions, in milliseconds. */
const patience = 5000

/** Any number that nothing else locks by. */
const lock = 5439_0001

/**
 * Makes the relations and functions of Redshift in a client's database: once for each version of the
 * `.sql` files beside this one, in one transaction, however many processes do so at once.
 */
export async function installCatalog(client: ClientBase, longest = patience): Promise<void> {
  const files = readdirSync(__dirname)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => readFileSync(join(__dirname, name), 'utf8'))
  const version = createHash('sha256').update(files.join('\0')).digest('hex').slice(0, 16)
  if ((await installedVersion(client)) === version) return
  await client.query('begin isolation level read committed')
  try {
    await client.query(`select pg_advisory_xact_lock(${lock})`)
    await client.query(`set local lock_timeout = ${longest}`)
    await client.query('set local search_path = pg_catalog, pg_temp')
    await client.query('set local allow_system_table_mods = on')
    if ((await installedVersion(client)) !== version) {
      for (const file of files) await client.query(file)
      await client.query(`comment on schema redshift_catalog is '${version}'`)
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw codeOf(error) === '55P03' ? await waitedFor(client, error) : error
  }
}

/** Who was in the way: the open transactions that have read of the catalog. */
async function waitedFor(client: ClientBase, cause: unknown): Promise<LocalRedshiftError> {
  const { rows } = await client.query<{ said: string }>(
    `select format('session %s%s, in a transaction since %s UTC: %s', pid,
      ' (' || nullif(application_name, '') || ')', to_char(xact_start, 'HH24:MI:SS'),
      left(regexp_replace(query, '\\s+', ' ', 'g'), 100)) as said
    from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and pid in (
      select pid from pg_locks join pg_class as c on c.oid = relation
      where granted and c.oid >= 16384
        and relnamespace in ('pg_catalog'::regnamespace, 'redshift_catalog'::regnamespace))`,
  )
  const who = rows.map(({ said }) => `\n  ${said}`).join('')
  return new LocalRedshiftError(
    'The local Redshift is of another version than its data, and its catalog cannot be made again: ' +
      `others use it.${who}\nEnd what they do, or wait for it, and try again.`,
    { cause },
  )
}

// A copy of a database comes without the rights on it, and one of a cluster without the role.
async function installedVersion(client: ClientBase): Promise<string | undefined> {
  const { rows } = await client.query<{ version: string | null }>(
    `select obj_description(n.oid, 'pg_namespace') as version
    from pg_namespace as n join pg_roles as r on r.rolname = '${clientUser}'
    where n.nspname = 'redshift_catalog' and has_database_privilege(r.oid, current_database(), 'create')`,
  )
  return rows[0]?.version ?? undefined
}
