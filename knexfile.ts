import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Knex } from 'knex'
import { Unreachable, UsageError, describe } from './lib/warehouse/errors'
import { SeedsInOneTransaction } from './lib/load/seed-source'
import {
  type Environment,
  projectFolder,
  readSettings,
  type Settings,
} from './lib/warehouse/settings'
import type { WarehouseConfig } from './lib/warehouse/connect'
import { exactNumber } from './lib/warehouse/rows'
import { sourceSettings } from './sources/index'
import { ForeignFolder } from './redshift-local/errors'
import type { ObjectStore } from './object-store/store'
import type { LocalRedshift } from './redshift-local/server'
import type { OpenObjectStore } from './redshift-local/wire/context'

/**
 * Where the warehouse is. Both environments are Redshift to Knex and to everything else in the
 * project: only the connection differs.
 */
const environments: Record<Environment, WarehouseConfig> = {
  development: warehouse('development', async () => {
    const { host, port, database, user } = await localRedshift()
    return { host, port, database, user, ssl: false }
  }),
  production: warehouse('production', async () => {
    const { guardOutput } = await import('./lib/warehouse/redact.ts')
    const { renewed } = await import('./lib/warehouse/sign-in.ts')
    const { signIn } = await import('./lib/warehouse/sign-in.ts')
    guardOutput()
    const settings = settingsOf('production')
    const signedIn = renewed(() => signIn(settings))
    return {
      host: settings.REDSHIFT_HOST,
      port: settings.REDSHIFT_PORT,
      database: settings.REDSHIFT_DATABASE,
      user: (await signedIn()).user,
      // Each new connection asks. Knex's expirationChecker would end the idle sessions as well, which
      // outlive what they signed in with, and would ask without end for what has expired on arrival.
      password: async () => (await signedIn()).password,
      // Whoever has no certificate of its own name, signed by whom Node trusts, gets no password.
      ssl: { rejectUnauthorized: true },
      // Sooner than the pool gives up, which could not tell why.
      connectionTimeoutMillis: 20_000,
      // A long COPY says nothing for minutes; without this a NAT gateway forgets the connection.
      keepAlive: true,
      keepAliveInitialDelayMillis: 30_000,
    }
  }),
}

export default environments

function warehouse(
  environment: Environment,
  connect: () => Knex.PgConnectionConfig | Promise<Knex.PgConnectionConfig>,
): WarehouseConfig {
  return {
    client: 'redshift',
    compileSqlOnError: false,
    connection: async (): Promise<Knex.PgConnectionConfig> => ({
      ...(await connect()),
      types: await typeParsers(),
    }),
    pool: { min: 0, max: 4 },
    migrations: {
      directory: resolve(projectFolder, 'migrations'),
      extension: 'ts',
      // Knex's own is no Redshift's.
      stub: resolve(projectFolder, 'lib/scaffold/migration.stub'),
    },
    seeds: {
      seedSource: new SeedsInOneTransaction(resolve(projectFolder, 'seeds')),
      extension: 'ts',
      // Knex's own deletes all rows of a table.
      stub: resolve(projectFolder, 'lib/scaffold/seed.stub'),
    },
    // Knex would write to stdout, which is for results.
    log: { debug: toStderr, warn: toStderr, error: toStderr, enableColors: false },
    userParams: {
      environment,
      settings: () => settingsOf(environment),
      openObjectStore: () => openBuckets(environment),
      async connect() {
        const { default: createKnex } = await import('knex')
        return createKnex(environments[environment])
      },
    },
  }
}

function toStderr(message: unknown): void {
  console.error(message)
}

/** Those of the project, and those that its sources declare. */
function settingsOf(environment: Environment): Settings {
  return readSettings(environment, sourceSettings)
}

/** A local Redshift that this process uses, its own or another's. */
type UsedRedshift = Omit<LocalRedshift, 'socket' | 'certificate'>

/** Those that it uses, by their folders. */
const started = new Map<string, Promise<UsedRedshift>>()
const startedKey = () => JSON.stringify(localFolders())

/** The local Redshift: the one that `sparkify local` serves, else one in this process, started once. */
export function localRedshift(): Promise<UsedRedshift> {
  const local = started.get(startedKey()) ?? startOnDemand()
  started.set(startedKey(), local)
  return local
}

/** True where this process uses the local Redshift already. */
export function usesLocalRedshift(): boolean {
  return started.has(startedKey())
}

/** Lets go of the local Redshift, where this process uses one; with its last user it stops. */
export async function closeLocalRedshift(): Promise<void> {
  const local = started.get(startedKey())
  started.delete(startedKey())
  await (await local?.catch(() => undefined))?.close()
}

/** True where clients of `serveLocalRedshift` have to know a password. */
export function asksForPassword(): boolean {
  return settingsOf('development').LOCAL_PASSWORD !== undefined
}

/** Serves the local Redshift on `port` until it is closed, also to other commands. */
export async function serveLocalRedshift(port: number): Promise<LocalRedshift> {
  const { startSharedServer } = await import('./redshift-local/shared-server.ts')
  const { LOCAL_PASSWORD: password } = settingsOf('development')
  const options = { ...localFolders(), port, password }
  return orUnreachable(startSharedServer(options, await copySources()))
}

/**
 * The buckets of an environment, as its Redshift sees them: Amazon S3, or folders (and S3 for a bucket
 * that has none).
 */
export async function openBuckets(environment: Environment): Promise<ObjectStore> {
  const { objectStore } = await import('./object-store/index.ts')
  const { S3_REGION, AWS_REGION } = settingsOf(environment)
  const region = S3_REGION ?? AWS_REGION
  const s3 = region === undefined ? {} : { region }
  if (environment === 'production') return objectStore(s3)
  const { folder, buckets, workBuckets } = localFolders()
  const { refuseForeign } = await import('./redshift-local/engine/foreign.ts')
  const { dataFolderAt } = await import('./redshift-local/engine/data-folder.ts')
  await orUnreachable(Promise.resolve(dataFolderAt(folder)).then(refuseForeign))
  mkdirSync(join(workBuckets, 'sparkify-work'), { recursive: true })
  return objectStore({ folders: [buckets, workBuckets], ...s3 })
}

function localFolders() {
  const { LOCAL_WAREHOUSE: folder, LOCAL_BUCKETS: buckets } = settingsOf('development')
  return { folder, buckets, workBuckets: join(folder, 'buckets') }
}

async function startOnDemand(): Promise<UsedRedshift> {
  const folders = localFolders()
  const { findSharedServer } = await import('./redshift-local/shared-server.ts')
  const shared = await findSharedServer(folders)
  if (shared) return { ...shared, close: async () => {} }
  const { startLocalRedshift } = await import('./redshift-local/server.ts')
  const options = { ...folders, keepsProcess: false }
  return orUnreachable(startLocalRedshift(options, await copySources()))
}

/** Where the local Redshift's COPY reads: the folders, else S3 as the statement says. */
async function copySources(): Promise<OpenObjectStore> {
  const { objectStore } = await import('./object-store/index.ts')
  const { buckets, workBuckets } = localFolders()
  return (access) => objectStore({ folders: [buckets, workBuckets], ...access })
}

function orUnreachable<T>(started: Promise<T>): Promise<T> {
  return started.catch((cause: unknown) => {
    const Fault = cause instanceof ForeignFolder ? UsageError : Unreachable
    throw new Fault(describe(cause), { cause })
  })
}

/** The type numbers of PostgreSQL and Redshift whose values pg would change in passing. */
const oids = { int8: 20, numeric: 1700, date: 1082, timestamp: 1114, timestamptz: 1184 }

const parsers = new Map<number, (text: string) => unknown>([
  [oids.int8, exactNumber],
  [oids.numeric, exactNumber],
  // As the server writes them: a Date has no timezone-less timestamps.
  [oids.date, String],
  [oids.timestamp, String],
  [oids.timestamptz, String],
])

type Parse = (value: string) => unknown

/** How values of results become JavaScript's: exact, or left as the server wrote them. */
async function typeParsers() {
  const { types } = await import('pg')
  const parserOfPg = types.getTypeParser as (oid: number, format: 'text') => Parse
  return {
    getTypeParser: (oid: number, format: string): Parse =>
      (format !== 'binary' && parsers.get(oid)) || parserOfPg(oid, format as 'text'),
  }
}
