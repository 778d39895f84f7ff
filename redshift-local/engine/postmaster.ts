import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { serialize } from 'pg-protocol'
import type { Home } from './home'

/** The engine's one superuser: a sign-in to it needs no password, the socket's folder is private. */
export const engineUser = 'awsuser'

/** The process that serves this cluster; a number left by a dead one may belong to anybody by now. */
export function postmasterPid(home: Home): number | undefined {
  const pid = Number(postmasterLines(home)[0])
  return pid > 0 && isPostgres(pid) ? pid : undefined
}

/** `starting`, `ready`, `stopping`, as PostgreSQL says in its lock. */
export function postmasterState(home: Home): string | undefined {
  return postmasterLines(home)[7]?.trim()
}

function postmasterLines(home: Home): string[] {
  try {
    return readFileSync(join(home.cluster, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0]!.endsWith('postgres')
  } catch {
    return process.platform !== 'linux'
  }
}

/**
 * True where a sign-in is answered. A connection alone proves nothing: the kernel accepts it for a process
 * that has just been killed, and PostgreSQL to say that it is starting up or shutting down.
 */
export function takesConnections(home: Home): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(join(home.socketFolder, '.s.PGSQL.5432'))
    const signIn = serialize.startup({ user: engineUser, database: 'postgres' })
    socket.once('connect', () => socket.write(signIn))
    socket.once('data', (answer) => {
      resolve(answer[0] === 'R'.charCodeAt(0))
      socket.end(serialize.end())
    })
    socket.once('close', () => resolve(false)).once('error', () => resolve(false))
  })
}
