import { once } from 'node:events'
import type { Server, Socket } from 'node:net'
import { Pool } from 'pg'
import { clientUser, databaseName, prepareDatabase, serverSignIn } from './catalog/install'
import { loadParser } from './dialect/parse'
import { openEngine } from './engine/engine'
import { type Address, listenInFolder, type Listener, listenOnLoopback } from './listen'
import type { SessionKey } from './wire/backend'
import type { OpenObjectStore } from './wire/context'
import { ClientSession, type Services } from './wire/session'

export interface LocalRedshiftOptions {
  /** Where the data lies; made the first time. */
  folder: string
  /** A port of 127.0.0.1 to listen on as well, to all accounts of the machine; 0 takes a free one. */
  port?: number
  /** What a client on that port has to know; undefined: nothing. */
  password?: string | undefined
  /** False lets the process end while the server still listens. */
  keepsProcess?: boolean
}

/**
 * A server that listens: with any user name a PostgreSQL client may connect. Host and port are those of
 * 127.0.0.1 where it was asked to listen there, else the socket's.
 */
export interface LocalRedshift extends Address {
  /** The Unix-domain socket, for the account of this process alone. */
  socket: Address
  database: string
  user: string
  close(): Promise<void>
}

/**
 * Starts a local Redshift, or one more server of the one that runs already.
 * @param openObjectStore opens what COPY reads from
 * @throws LocalRedshiftError when port, folder or engine do not let it
 */
export async function startLocalRedshift(
  { folder, port, password, keepsProcess = true }: LocalRedshiftOptions,
  openObjectStore: OpenObjectStore,
): Promise<LocalRedshift> {
  const [engine] = await Promise.all([openEngine(folder), loadParser()])
  const listeners: Listener[] = []
  try {
    await prepareDatabase(engine.socketFolder)
    const log = new Pool({ ...serverSignIn(engine.socketFolder), max: 2, allowExitOnIdle: true })
    log.on('error', () => {}) // the session that needs it next is told
    const sessions = new Sessions({ engine: engine.socketFolder, log, openObjectStore })
    listeners.push(await listenInFolder(engine.socketFolder, (client) => sessions.serve(client)))
    if (port !== undefined) {
      const serve = (client: Socket) => sessions.serve(client, password)
      listeners.push(await listenOnLoopback(port, serve))
    }
    const servers = listeners.map(({ server }) => server)
    if (!keepsProcess) for (const server of servers) server.unref()
    let closed: Promise<void> | undefined
    return {
      ...addressOf(listeners.at(-1)!),
      socket: addressOf(listeners[0]!),
      database: databaseName,
      user: clientUser,
      close: () => (closed ??= closeAll(servers, sessions, log).finally(() => engine.release())),
    }
  } catch (error) {
    for (const { server } of listeners) server.close()
    engine.release()
    throw error
  }
}

function addressOf({ host, port }: Listener): Address {
  return { host, port }
}

async function closeAll(servers: Server[], sessions: Sessions, log: Pool): Promise<void> {
  const closed = servers.map((server) => once(server, 'close'))
  for (const server of servers) server.close()
  await Promise.all([...closed, sessions.end()])
  await log.end()
}

/** All clients that are connected, and when each is done with. */
class Sessions {
  readonly #sessions = new Map<ClientSession, Promise<void>>()

  constructor(private readonly services: Omit<Services, 'cancel'>) {}

  serve(socket: Socket, password?: string): void {
    const services = { ...this.services, cancel: (key: SessionKey) => this.#cancel(key) }
    const session = new ClientSession(socket, services, password)
    const ended = session.run().finally(() => this.#sessions.delete(session))
    this.#sessions.set(session, ended)
  }

  async end(): Promise<void> {
    for (const session of this.#sessions.keys()) session.dismiss()
    await Promise.all(this.#sessions.values())
  }

  async #cancel(key: SessionKey): Promise<void> {
    for (const session of this.#sessions.keys()) if (session.has(key)) await session.cancel()
  }
}
