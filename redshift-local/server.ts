import { once } from 'node:events'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { Pool } from 'pg'
import { clientUser, databaseName, prepareDatabase, serverSignIn } from './catalog/install'
import { loadParser } from './dialect/parse'
import { openEngine } from './engine/engine'
import { LocalRedshiftError } from './errors'
import type { SessionKey } from './wire/backend'
import type { OpenObjectStore } from './wire/context'
import { ClientSession, type Services } from './wire/session'

export interface LocalRedshiftOptions {
  /** Where the data lies; made the first time. */
  folder: string
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
 * @param openObjectStore opens what COPY reads from
 * @throws LocalRedshiftError when port, folder or engine do not let it
 */
export async function startLocalRedshift(
  { folder, port = 0, keepsProcess = true }: LocalRedshiftOptions,
  openObjectStore: OpenObjectStore,
): Promise<LocalRedshift> {
  const [engine] = await Promise.all([openEngine(folder), loadParser()])
  try {
    await prepareDatabase(engine.socketFolder)
    const log = new Pool({ ...serverSignIn(engine.socketFolder), max: 2, allowExitOnIdle: true })
    log.on('error', () => {}) // the session that needs it next is told
    const sessions = new Sessions({ engine: engine.socketFolder, log, openObjectStore })
    const server = await listen(sessions, port)
    if (!keepsProcess) server.unref()
    let closed: Promise<void> | undefined
    return {
      host,
      port: (server.address() as AddressInfo).port,
      database: databaseName,
      user: clientUser,
      close: () => (closed ??= closeServer(server, sessions, log).finally(() => engine.release())),
    }
  } catch (error) {
    engine.release()
    throw error
  }
}

async function listen(sessions: Sessions, port: number): Promise<Server> {
  const server = createServer((socket) => sessions.serve(socket))
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

async function closeServer(server: Server, sessions: Sessions, log: Pool): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  await Promise.all([closed, sessions.end()])
  await log.end()
}

/** All clients that are connected, and when each is done with. */
class Sessions {
  readonly #sessions = new Map<ClientSession, Promise<void>>()

  constructor(private readonly services: Omit<Services, 'cancel'>) {}

  serve(socket: Socket): void {
    const session = new ClientSession(socket, {
      ...this.services,
      cancel: (key) => this.#cancel(key),
    })
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
