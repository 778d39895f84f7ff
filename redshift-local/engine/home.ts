import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { LocalRedshiftError } from '../errors'
import type { Account } from './account'

/** The data folder of a local Redshift, and what lies where in it. */
export interface Home {
  folder: string
  /** PGDATA */
  cluster: string
  fifo: string
  log: string
  socketFolder: string
}

/** The home in `folder`, which is made where it is not. @throws LocalRedshiftError where it cannot be written */
export function prepareHome(given: string): Home {
  const folder = resolve(given) // PostgreSQL works in another folder than ours
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
    fs.accessSync(folder, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK)
  } catch (cause) {
    throw new LocalRedshiftError(
      `The data folder of the local Redshift, ${folder}, cannot be written (${(cause as Error).message}). ` +
        'Give yourself the right to write there, or set LOCAL_WAREHOUSE to another folder.',
      { cause },
    )
  }
  return {
    folder,
    cluster: join(folder, 'postgres'),
    fifo: join(folder, 'leases'),
    log: join(folder, 'postgres.log'),
    socketFolder: socketFolder(folder),
  }
}

// The path of a Unix-domain socket has room for 103 bytes on macOS, 107 on Linux.
function socketFolder(folder: string): string {
  if (Buffer.byteLength(join(folder, '.s.PGSQL.5432.lock')) <= 100) return folder
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  return join(tmpdir(), `redshift-local-${name}`)
}

/** Makes the folder of the socket where that is not the home itself. */
export function makeSocketFolder(home: Home, account: Account): void {
  if (home.socketFolder === home.folder) return
  fs.mkdirSync(home.socketFolder, { recursive: true, mode: 0o700 })
  const owner = fs.statSync(home.socketFolder).uid
  if (![process.getuid?.(), account.owner?.uid].includes(owner)) {
    throw new LocalRedshiftError(
      `${home.socketFolder} belongs to somebody else. Set TMPDIR to a folder of your own.`,
    )
  }
  if (account.owner) fs.chownSync(home.socketFolder, account.owner.uid, account.owner.gid)
}

/** Empties a log that has grown past a megabyte. */
export function keepLogShort({ log }: Home): void {
  const size = fs.statSync(log, { throwIfNoEntry: false })?.size ?? 0
  if (size > 1_000_000) fs.truncateSync(log)
}

/** The end of PostgreSQL's log, as part of a message. */
export function lastWords({ log }: Home): string {
  const said = fs.existsSync(log) ? fs.readFileSync(log, 'utf8').trim() : ''
  const lines = said.split('\n').slice(-4).join('\n  ')
  return `PostgreSQL's last words, from ${log}:\n  ${lines || '(none)'}`
}
