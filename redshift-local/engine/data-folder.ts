import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { outlastsPowerCut, syncName } from '../../object-store/sync'
import { ForeignFolder, LocalRedshiftError } from '../errors'
import { type Account, engineAccount } from './account'
import { makeAside } from './aside'
import { type Binaries, findBinaries, originalProgram } from './binaries'
import { refuseForeign } from './foreign'
import { refusePlatform } from './platform'

/** The engine's superuser, by the name that Redshift's has. No client's session is its. */
export const engineUser = 'rdsdb'

/** How many sessions the engine has for clients. */
export const sessionLimit = 197

/** The data folder of a local Redshift, and what lies where in it. */
export interface DataFolder {
  folder: string
  /** PGDATA */
  cluster: string
  fifo: string
  log: string
  /** Where PostgreSQL's socket lies: in the folder itself, if the path is short enough. */
  socketFolder: string
}

export function dataFolderAt(given: string): DataFolder {
  const folder = resolve(given) // PostgreSQL works in another folder than ours
  return {
    folder,
    cluster: join(folder, 'postgres'),
    fifo: join(folder, 'leases'),
    log: join(folder, 'postgres.log'),
    socketFolder: socketFolderOf(folder),
  }
}

// The path of a Unix-domain socket has room for 103 bytes on macOS, 107 on Linux.
function socketFolderOf(folder: string): string {
  if (Buffer.byteLength(join(folder, '.s.PGSQL.5432.lock')) <= 100) return folder
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16)
  return join(tmpdir(), `redshift-local-${name}`)
}

/** How the PostgreSQL of a data folder is started: as whom, and from where. */
export interface Programs extends Binaries {
  account: Account
}

/**
 * Makes all that PostgreSQL needs in order to start: the folder and a cluster in it, the first time.
 * @throws LocalRedshiftError where the folder cannot be written or is not ours, or PostgreSQL not be run
 */
export async function prepare(data: DataFolder): Promise<Programs> {
  const { folder, cluster, socketFolder, log } = data
  refuseForeign(data)
  refusePlatform(originalProgram)
  makeFolder(folder)
  // Both are the account's own. Which way leads there, it does not choose.
  const account = engineAccount(folder, [dirname(folder), dirname(socketFolder)])
  const programs = { account, ...(await findBinaries(account.owner)) }
  refuseOtherVersion(data, programs)
  if (account.owner) fs.chownSync(folder, account.owner.uid, account.owner.gid)
  fs.closeSync(fs.openSync(log, 'a', 0o600)) // from now on the folder is known as ours
  closeToOthers(folder)
  if (!fs.existsSync(cluster)) await initialise(data, programs)
  if (socketFolder !== folder) makeSocketFolder(socketFolder, account)
  emptyLongLog(log)
  return programs
}

function makeFolder(folder: string): void {
  try {
    const made = fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (made !== undefined) syncName(folder, made)
    fs.accessSync(folder, fs.constants.R_OK | fs.constants.W_OK | fs.constants.X_OK)
  } catch (cause) {
    throw new LocalRedshiftError(
      `The data folder of the local Redshift, ${folder}, cannot be written (${(cause as Error).message}). ` +
        'Give yourself the right to write there, or set LOCAL_WAREHOUSE to another folder.',
      { cause },
    )
  }
}

function refuseOtherVersion({ folder, cluster }: DataFolder, { version }: Binaries): void {
  const file = join(cluster, 'PG_VERSION')
  const found = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').trim() : version
  if (found === version) return
  throw new ForeignFolder(
    `LOCAL_WAREHOUSE, ${folder}, holds data of PostgreSQL ${found}, and this is PostgreSQL ${version}. ` +
      'Set it to another folder, and load again; or use it with the release that made it.',
  )
}

/**
 * The setting of where parallel workers share memory. In a container /dev/shm has 64 MB by default, which a
 * single hash join exceeds: then they share files of the data folder.
 */
export function sharedMemory(): Record<string, string> {
  if (process.platform !== 'linux') return {}
  return { dynamic_shared_memory_type: roomIn('/dev/shm') < 2 ** 30 ? 'mmap' : 'posix' }
}

/** In bytes. */
function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = fs.statfsSync(folder)
    return bavail * bsize
  } catch {
    return 0
  }
}

async function initialise({ folder, cluster }: DataFolder, programs: Programs): Promise<void> {
  const settings = ['-U', engineUser, '--auth=trust', '--encoding=UTF8', '--locale=C']
  for (const [name, value] of Object.entries(sharedMemory()))
    settings.push('-c', `${name}=${value}`)
  const words = [...settings, '--no-instructions', ...(outlastsPowerCut() ? [] : ['--no-sync'])]
  const [command, ...prefix] = [...programs.account.prefix, programs.initdb]
  try {
    await makeAside(cluster, (aside) =>
      promisify(execFile)(command, [...prefix, '-D', aside, ...words], { cwd: '/' }),
    )
  } catch (cause) {
    if (/^E[MN]FILE$/.test((cause as NodeJS.ErrnoException).code ?? '')) throw cause
    const said = (cause as { stderr?: string }).stderr?.trim() ?? ''
    throw new LocalRedshiftError(
      `The data folder ${folder} could not be made: ${said || (cause as Error).message}`,
      { cause },
    )
  }
}

/**
 * Makes the folder of the socket where the data's own has too long a path; its guard removes it. Whoever
 * made it: in the temporary folder anybody may have been first, and with a link to elsewhere.
 */
export function makeSocketFolder(folder: string, { owner }: Account): void {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
  const found = fs.lstatSync(folder)
  if (!found.isDirectory() || ![process.getuid?.(), owner?.uid].includes(found.uid)) {
    throw new LocalRedshiftError(
      `${folder} belongs to somebody else. Set TMPDIR to a folder of your own.`,
    )
  }
  if (owner && found.uid !== owner.uid) fs.lchownSync(folder, owner.uid, owner.gid)
  closeToOthers(folder)
}

/** Who can enter the folder of the sockets can sign in. */
function closeToOthers(folder: string): void {
  if ((fs.statSync(folder).mode & 0o077) === 0) return
  try {
    fs.chmodSync(folder, 0o700)
  } catch (cause) {
    throw new LocalRedshiftError(
      `Other accounts can enter ${folder}, which is not yours to close to them ` +
        `(${(cause as Error).message}). Set LOCAL_WAREHOUSE to a folder of your own.`,
      { cause },
    )
  }
}

function emptyLongLog(log: string): void {
  const size = fs.statSync(log, { throwIfNoEntry: false })?.size ?? 0
  if (size > 1_000_000) fs.truncateSync(log)
}

/** The end of PostgreSQL's log, as part of a message. */
export function endOfLog({ log }: DataFolder): string {
  const said = fs.existsSync(log) ? fs.readFileSync(log, 'utf8').trim() : ''
  const lines = said.split('\n').slice(-4).join('\n  ')
  return `The end of PostgreSQL's log, ${log}:\n  ${lines || '(empty)'}`
}
