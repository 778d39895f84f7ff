import { once } from 'node:events'
import { setImmediate as turn } from 'node:timers/promises'
import type { Server, Socket } from 'node:net'
import type { Pool } from 'pg'
import { dataFolderAt } from './engine/data-folder'
import { databaseName } from './dialect/names'
import { openEngine } from './engine/engine'
import { type Address, listenInFolder, type Listener, listenOnLoopback } from './listen'
import type { Sessions } from './sessions'
import type { OpenObjectStore } from './wire/context'
import { certificatePath, tlsOf } from './wire/tls'

export interface LocalRedshiftOptions {
  /** Where the data lies; made the first time. */
  folder: string
  /** A port of 127.0.0.1 to listen on as well, to all accounts of the machine; 0 takes a free one. */
  port?: number
  /** What a client on that port has to know; undefined: nothing. */
  password?: string | undefined
  /** How long a client may take to sign in, in milliseconds: a minute, as on PostgreSQL. */
  signInTimeout?: number
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
  /** The certificate that a client on the port sees where it asks for TLS; made for the first who does. */
  certificate: string
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
  { folder, port, password, signInTimeout = 60_000, keepsProcess = true }: LocalRedshiftOptions,
  openObjectStore: OpenObjectStore,
): Promise<LocalRedshift> {
  // PostgreSQL starts, and the first time makes its data, while the rest of the server is loaded.
  const { folder: home } = dataFolderAt(folder)
  const opening = openEngine(folder)
  opening.catch(() => {}) // told below
  await turn()
  const [
    engine,
    { Sessions },
    { LateBinding },
    { clientUser, prepareDatabase, serverSignIn },
    { StatementLog },
    { Pool },
  ] = await Promise.all([
    opening,
    import('./sessions.ts'),
    import('./wire/late-binding.ts'),
    import('./catalog/install.ts'),
    import('./catalog/statement-log.ts'),
    import('pg'),
    import('./dialect/parse.ts').then(({ loadParser }) => loadParser()),
  ])
  const listeners: Listener[] = []
  try {
    const firstNumber = await prepareDatabase(engine.socketFolder)
    const log = new Pool({ ...serverSignIn(engine.socketFolder), max: 2, allowExitOnIdle: true })
    log.on('error', () => {}) // the session that needs it next is told
    const sessions = new Sessions({
      engine: engine.socketFolder,
      log,
      statements: new StatementLog(firstNumber, log),
      openObjectStore,
      lateBinding: new LateBinding(home),
      signInTimeout,
    })
    listeners.push(await listenInFolder(engine.socketFolder, (client) => sessions.serve(client)))
    if (port !== undefined) {
      const door = { password, openTls: await tlsOf(home) }
      const serve = (client: Socket) => sessions.serve(client, door)
      listeners.push(await listenOnLoopback(port, serve))
    }
    const servers = listeners.map(({ server }) => server)
    if (!keepsProcess) for (const server of servers) server.unref()
    let closed: Promise<void> | undefined
    return {
      ...addressOf(listeners.at(-1)!),
      socket: addressOf(listeners[0]!),
      certificate: certificatePath(home),
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
