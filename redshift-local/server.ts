import { once } from 'node:events'
import { readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { Client, Pool } from 'pg'
import { installCatalog } from './catalog/install'
import { loadParser } from './dialect/parse'
import { engineUser } from './engine/data-folder'
import { openEngine } from './engine/engine'
import { LocalRedshiftError } from './errors'
import type { EngineAddress } from './wire/backend'
import { Session } from './wire/session'
import { databaseName } from './wire/startup'

/** What all sessions of a server share. */
export interface Services {
  engine: EngineAddress
  /** Writes the system tables, outside of any client's transaction. */
  log: Pool
  /** The folders whose subfolders are buckets. */
  folders: string[]
  /** All clients that are connected, and when each is done with. */
  sessions: Map<Session, Promise<void>>
}

interface LocalRedshiftOptions {
  /** Where the data lies; made the first time. */
  folder: string
  /** A folder whose subfolders are S3 buckets; what is not there is sought in S3 itself. */
  buckets: string
  /** A second such folder, for what is no data of the user's: manifests. */
  workBuckets?: string
  /** 0, the default, takes a free one. */
  port?: number
  /** False lets the process end while the server still listens. */
  keepsProcess?: boolean
}

/** A server that listens: any PostgreSQL client may connect, with any user name and password. */
export interface LocalRedshift {
  host: string
  port: number
  database: string
  user: string
  close(): Promise<void>
}

// Nobody but this machine: there is no password.
const host = '127.0.0.1'

/**
 * Starts a local Redshift, or one more server of the one that runs already.
 * @throws LocalRedshiftError when port, folder or engine do not let it
 */
export async function startLocalRedshift(options: LocalRedshiftOptions): Promise<LocalRedshift> {
  const { folder, buckets, workBuckets, port = 0, keepsProcess = true } = options
  const [engine] = await Promise.all([openEngine(folder), loadParser()])
  try {
    await prepareDatabase(engine.socketFolder)
    const log = new Pool({ ...signIn(engine.socketFolder), max: 2, allowExitOnIdle: true })
    log.on('error', () => {}) // the session that needs it next is told
    const folders = [buckets, ...(workBuckets === undefined ? [] : [workBuckets])]
    const services = { engine: engine.socketFolder, log, folders, sessions: new Map() }
    const server = await listen(services, port)
    if (!keepsProcess) server.unref()
    const address = server.address() as AddressInfo
    let closed: Promise<void> | undefined
    const close = () => (closed ??= closeServer(server, services).finally(() => engine.release()))
    return { host, port: address.port, database: databaseName, user: engineUser, close }
  } catch (error) {
    engine.release()
    throw error
  }
}

async function listen(services: Services, port: number): Promise<Server> {
  const server = createServer((socket) => {
    const session = new Session(socket, services)
    const ended = session.run().finally(() => services.sessions.delete(session))
    services.sessions.set(session, ended)
  })
  try {
    server.listen(port, host)
    await once(server, 'listening')
  } catch (cause) {
    const reason =
      (cause as NodeJS.ErrnoException).code === 'EADDRINUSE'
        ? `port ${port} is taken by another program`
        : (cause as Error).message
    throw new LocalRedshiftError(
      `The local Redshift cannot listen on ${host}:${port}: ${reason}. Choose another with --port.`,
      { cause },
    )
  }
  server.on('error', () => {}) // a connection that could not be accepted: its client is told
  return server
}

async function closeServer(server: Server, { sessions, log }: Services): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  for (const session of sessions.keys()) session.dismiss()
  await Promise.all([closed, ...sessions.values()])
  await log.end()
}

async function prepareDatabase(socketFolder: string): Promise<void> {
  const client = (await connectTo(socketFolder)) ?? (await createDatabase(socketFolder))
  try {
    await installCatalog(client)
  } finally {
    await client.end()
  }
}

async function connectTo(socketFolder: string): Promise<Client | undefined> {
  const client = new Client(signIn(socketFolder))
  try {
    await client.connect()
    return client
  } catch (error) {
    if ((error as { code?: string }).code === '3D000') return undefined // no such database yet
    throw error
  }
}

async function createDatabase(socketFolder: string): Promise<Client> {
  const client = new Client({ ...signIn(socketFolder), database: 'postgres' })
  await client.connect()
  try {
    await client.query(`create database ${databaseName}`)
  } catch (error) {
    // 42P04, or 23505 in a tie: another process was faster.
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error
  } finally {
    await client.end()
  }
  const made = await connectTo(socketFolder)
  if (made === undefined)
    throw new LocalRedshiftError(`Database ${databaseName} could not be made.`)
  return made
}

function signIn(socketFolder: string) {
  return { host: socketFolder, port: 5432, user: engineUser, database: databaseName }
}

/** Where a server of a data folder can be reached, as it leaves word of it there. */
interface Announcement {
  host: string
  port: number
  database: string
  user: string
  buckets: string
}

/** Starts a server and leaves word of it in the data folder, for `findServed`, until it is closed. */
export async function serve(options: LocalRedshiftOptions): Promise<LocalRedshift> {
  const server = await startLocalRedshift(options)
  const { host, port, database, user } = server
  const word: Announcement = { host, port, database, user, buckets: options.buckets }
  writeFileSync(announcementIn(options.folder), JSON.stringify(word))
  return {
    ...server,
    async close() {
      // By now it may be the word of another server of this folder.
      if (readAnnouncement(options.folder)?.port === server.port) {
        rmSync(announcementIn(options.folder), { force: true })
      }
      await server.close()
    },
  }
}

/** The server of this data folder and these buckets that another process serves, if it answers. */
export async function findServed(
  options: Pick<LocalRedshiftOptions, 'folder' | 'buckets'>,
): Promise<LocalRedshift | undefined> {
  const word = readAnnouncement(options.folder)
  if (word?.buckets !== options.buckets) return undefined
  return (await serves(word, options.folder)) ? { ...word, close: async () => {} } : undefined
}

function announcementIn(folder: string): string {
  return join(folder, 'served.json')
}

// Left behind by a server that was killed, it may be old, or cut in the middle.
function readAnnouncement(folder: string): Announcement | undefined {
  try {
    return JSON.parse(readFileSync(announcementIn(folder), 'utf8')) as Announcement
  } catch {
    return undefined
  }
}

/** Whoever listens there is asked whose data it serves: the port may be another server's by now. */
async function serves(
  { host, port, database, user }: Announcement,
  folder: string,
): Promise<boolean> {
  const client = new Client({ host, port, database, user, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ data_directory: string }>(
      "select current_setting('data_directory') as data_directory",
    )
    return rows[0]?.data_directory === realpathSync(join(folder, 'postgres'))
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
