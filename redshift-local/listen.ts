import { once } from 'node:events'
import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { LocalRedshiftError } from './errors'

/** Where clients connect, as libpq and pg call it; the host may be the folder of a Unix-domain socket. */
export interface Address {
  host: string
  port: number
}

export interface Listener extends Address {
  server: Server
}

type Serve = (socket: Socket) => void

const loopback = '127.0.0.1'

/**
 * Listens on this machine: to all of its accounts.
 * @param port 0 takes a free one
 * @throws LocalRedshiftError where it is taken, or not to be had
 */
export async function listenOnLoopback(port: number, serve: Serve): Promise<Listener> {
  const server = createServer(serve)
  try {
    server.listen(port, loopback)
    await once(server, 'listening')
  } catch (cause) {
    const reason =
      (cause as NodeJS.ErrnoException).code === 'EADDRINUSE'
        ? `port ${port} is taken by another program`
        : (cause as Error).message
    throw new LocalRedshiftError(
      `The local Redshift cannot listen on ${loopback}:${port}: ${reason}. Choose another with --port.`,
      { cause },
    )
  }
  if (!isUp(loopback)) {
    server.close()
    throw new LocalRedshiftError(
      `The local Redshift cannot be reached at ${loopback}: the loopback interface is down. ` +
        'Bring it up (`ip link set lo up`).',
    )
  }
  server.on('error', ignored)
  return { server, host: loopback, port: (server.address() as AddressInfo).port }
}

// The kernel lets a server listen where nobody can connect.
function isUp(address: string): boolean {
  const interfaces = Object.values(networkInterfaces())
  return interfaces.some((one) => one?.some((known) => known.address === address))
}

/** Listens on a Unix-domain socket in a folder that only one account can enter. */
export async function listenInFolder(folder: string, serve: Serve): Promise<Listener> {
  await removeDeadSockets(folder)
  for (;;) {
    const server = createServer(serve)
    const port = 10_000 + Math.floor(Math.random() * 50_000)
    try {
      server.listen(socketPath({ host: folder, port }))
      await once(server, 'listening')
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EADDRINUSE') continue
      const reason = (cause as Error).message
      throw new LocalRedshiftError(`The local Redshift cannot listen in ${folder}: ${reason}.`, {
        cause,
      })
    }
    chmodSync(socketPath({ host: folder, port }), 0o600)
    server.on('error', ignored)
    return { server, host: folder, port }
  }
}

/** Where libpq and pg look for the socket of this number. */
export function socketPath({ host, port }: Address): string {
  return join(host, `.s.PGSQL.${port}`)
}

// A connection that could not be accepted: its client is told.
function ignored(): void {}

/** How long a socket may take from being made to being listened on, in milliseconds. */
const youth = 60_000

/** Removes what servers left that were killed. */
async function removeDeadSockets(folder: string): Promise<void> {
  const names = readdirSync(folder).filter((name) => /^\.s\.PGSQL\.\d{5}$/.test(name))
  const paths = names.map((name) => join(folder, name))
  await Promise.all(
    paths.map(async (path) => {
      const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
      if (Date.now() - made > youth && !(await isListenedOn(path))) rmSync(path, { force: true })
    }),
  )
}

function isListenedOn(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.once('connect', () => {
      resolve(true)
      socket.destroy()
    })
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code !== 'ECONNREFUSED'))
  })
}
