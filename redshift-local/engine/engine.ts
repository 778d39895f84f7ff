import { execFile } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import * as fs from 'node:fs'
import { chownSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { serialize } from 'pg-protocol'
import { LocalRedshiftError } from '../errors'
import { type Account, type Binaries, findBinaries, ordinaryAccount } from './binaries'
import { isGuarded, joinGuard, type Lease, startGuard } from './lease'

/** The engine's one superuser: a sign-in to it needs no password, the socket's folder is private. */
export const engineUser = 'awsuser'

/** The process that serves this cluster; a number left by a dead one may belong to anybody by now. */
function postmasterPid(home: Home): number | undefined {
  const pid = Number(postmasterLines(home)[0])
  return pid > 0 && isPostgres(pid) ? pid : undefined
}

/** `starting`, `ready`, `stopping`, as PostgreSQL says in its lock. */
function postmasterState(home: Home): string | undefined {
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
function takesConnections(home: Home): Promise<boolean> {
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

/** Makes the cluster aside and moves it into place, so that a half-made one is never found there. */
async function initialise(home: Home, binaries: Binaries, account: Account): Promise<void> {
  removeHalfMade(home)
  const aside = `${home.cluster}.new-${process.pid}-${randomUUID()}`
  const words = ['-D', aside, '-U', engineUser, '--auth=trust', '--encoding=UTF8', '--locale=C']
  const [command, ...rest] = [
    ...account.prefix,
    binaries.initdb,
    ...words,
    '--no-sync',
    '--no-instructions',
  ]
  try {
    await promisify(execFile)(command, rest)
    fs.renameSync(aside, home.cluster)
  } catch (cause) {
    fs.rmSync(aside, { recursive: true, force: true })
    if (fs.existsSync(home.cluster)) return // another command was faster
    const said = (cause as { stderr?: string }).stderr?.trim() ?? ''
    throw new LocalRedshiftError(
      `The data folder ${home.folder} could not be made: ${said || (cause as Error).message}`,
      { cause },
    )
  }
}

function removeHalfMade(home: Home): void {
  const prefix = `${basename(home.cluster)}.new-`
  for (const name of fs.readdirSync(dirname(home.cluster))) {
    if (!name.startsWith(prefix) || isAlive(parseInt(name.slice(prefix.length)))) continue
    fs.rmSync(join(home.folder, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The data folder of a local Redshift, and what lies where in it. */
interface Home {
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
function makeSocketFolder(home: Home, account: Account): void {
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
function keepLogShort({ log }: Home): void {
  const size = fs.statSync(log, { throwIfNoEntry: false })?.size ?? 0
  if (size > 1_000_000) fs.truncateSync(log)
}

/** The end of PostgreSQL's log, as part of a message. */
function lastWords({ log }: Home): string {
  const said = fs.existsSync(log) ? fs.readFileSync(log, 'utf8').trim() : ''
  const lines = said.split('\n').slice(-4).join('\n  ')
  return `PostgreSQL's last words, from ${log}:\n  ${lines || '(none)'}`
}

/** A running PostgreSQL, and our lease on it. */
export interface Engine {
  /** The folder of its Unix-domain socket: what libpq and pg call `host`. */
  socketFolder: string
  release(): void
}

const patience = 60_000

/**
 * Opens the engine whose data lies in `folder`: joins the one that runs, takes over one that lost its
 * guard, or starts it (and makes the data, the first time).
 * @throws LocalRedshiftError with the end of PostgreSQL's own log where it does not start
 */
export async function openEngine(folder: string): Promise<Engine> {
  const home = prepareHome(folder)
  const binaries = findBinaries()
  const account = ordinaryAccount(home.folder, [home.cluster, binaries.postgres])
  if (account.owner) chownSync(home.folder, account.owner.uid, account.owner.gid)
  if (!existsSync(home.cluster)) await initialise(home, binaries, account)
  makeSocketFolder(home, account)
  keepLogShort(home)
  const lease = await leaseOfRunningEngine(home, binaries, account)
  return { socketFolder: home.socketFolder, release: () => lease.release() }
}

async function leaseOfRunningEngine(
  home: Home,
  binaries: Binaries,
  account: Account,
): Promise<Lease> {
  const deadline = Date.now() + patience
  for (let failures = 0; failures < 10 && Date.now() < deadline;) {
    const lease = (await joinGuard(home.fifo)) ?? (await becomeGuard(home, binaries, account))
    if (lease && (await answersSoon(home, deadline))) return lease
    lease?.release()
    // Another command may be starting the engine, or the last one is being stopped: worth waiting for.
    if (postmasterPid(home) === undefined) failures++
    await sleep(50)
  }
  throw new LocalRedshiftError(`The local Redshift did not start. ${lastWords(home)}`)
}

function becomeGuard(home: Home, binaries: Binaries, account: Account): Promise<Lease | undefined> {
  const running = postmasterPid(home)
  if (running !== undefined) return startGuard(home.fifo, { adopt: running }, home.log)
  rmSync(join(home.cluster, 'postmaster.pid'), { force: true })
  const start = [...account.prefix, binaries.postgres, '-D', home.cluster, ...settings(home)]
  return startGuard(home.fifo, { start }, home.log)
}

/** True once PostgreSQL takes connections; false when its guard has gone, so that it never will. */
async function answersSoon(home: Home, deadline: number): Promise<boolean> {
  while (Date.now() < deadline) {
    if (postmasterState(home) === 'ready' && (await takesConnections(home))) return true
    if (!isGuarded(home.fifo)) return false
    await sleep(10)
  }
  return false
}

function settings(home: Home): string[] {
  const values: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: home.socketFolder,
    unix_socket_permissions: '0700',
    port: '5432',
    max_connections: '200',
    shared_buffers: '256MB',
    work_mem: '64MB',
    maintenance_work_mem: '128MB',
    // A crash of processes loses nothing: the operating system has the writes. Only a power cut may,
    // and what a local warehouse holds can be loaded again.
    fsync: 'off',
    full_page_writes: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    max_wal_size: '4GB',
    jit: 'off',
    // Redshift joins by hash or merge. Rows that were just loaded have no statistics, and PostgreSQL
    // would take them for few, and loop.
    enable_nestloop: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // Facts D: snapshot isolation is Redshift's default, whatever level BEGIN names.
    default_transaction_isolation: 'repeatable read',
    // The catalog of Redshift lives in pg_catalog, as it does there.
    allow_system_table_mods: 'on',
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
