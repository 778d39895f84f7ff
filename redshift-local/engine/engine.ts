import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { availableParallelism, totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive } from '../../object-store/folder'
import { outlastsPowerCut } from '../../object-store/sync'
import { serialize } from 'pg-protocol'
import { LocalRedshiftError } from '../errors'
import {
  type DataFolder,
  dataFolderAt,
  endOfLog,
  engineUser,
  makeSocketFolder,
  prepare,
  type Programs,
  sessionLimit,
  sharedMemory,
} from './data-folder'
import {
  type GuardedPlace,
  isGuarded,
  joinGuard,
  type Lease,
  leaveToGuard,
  startGuard,
} from './lease'

/** A running PostgreSQL, and our lease on it. */
export interface Engine {
  /** The folder of its Unix-domain socket: what libpq and pg call `host`. */
  socketFolder: string
  release(): void
}

const startTimeout = 60_000

/**
 * Opens the engine whose data lies in `folder`: joins the one that runs, takes over one that lost its
 * guard, or starts it (and makes the data, the first time).
 * @throws LocalRedshiftError with the end of PostgreSQL's own log where it does not start
 */
export async function openEngine(folder: string): Promise<Engine> {
  const data = dataFolderAt(folder)
  const programs = await prepare(data)
  const lease = await leaseOfRunningEngine(data, programs)
  return {
    socketFolder: data.socketFolder,
    release() {
      // Where all guards were killed nobody else would stop it, once its last user has gone.
      const running = postmasterPid(data)
      if (running !== undefined && !isGuarded(data.fifo)) leaveToGuard(guardOf(data), running)
      lease.release()
    },
  }
}

async function leaseOfRunningEngine(data: DataFolder, programs: Programs): Promise<Lease> {
  const deadline = Date.now() + startTimeout
  for (let failures = 0; failures < 10 && Date.now() < deadline;) {
    const lease = (await joinGuard(data.fifo)) ?? (await becomeGuard(data, programs))
    if (lease && (await answersSoon(data, deadline))) return lease
    lease?.release()
    // Another command may be starting the engine, or the last one is being stopped, or was killed and has
    // sessions that have not noticed yet: worth waiting for.
    if (postmasterPid(data) === undefined && !hasProcesses(data)) failures++
    await sleep(50)
  }
  throw new LocalRedshiftError(`The local Redshift did not start. ${endOfLog(data)}`)
}

function becomeGuard(
  data: DataFolder,
  { account, postgres }: Programs,
): Promise<Lease | undefined> {
  const running = postmasterPid(data)
  if (running !== undefined) return startGuard(guardOf(data), { adopt: running })
  // PostgreSQL would not start for one that is empty, or whose number another process has by now. Each is
  // looked at on its own: another command may be starting it at this moment.
  for (const lock of [lockOf(data), `${socketOf(data)}.lock`])
    if (postgresOf(linesIn(lock)) === undefined) rmSync(lock, { force: true })
  const start = [...account.prefix, postgres, '-D', data.cluster, ...settings(data)]
  // The guard of the last one may have removed it meanwhile.
  if (data.socketFolder !== data.folder) makeSocketFolder(data.socketFolder, account)
  return startGuard(guardOf(data), { start })
}

function guardOf({ folder, fifo, log, socketFolder }: DataFolder): GuardedPlace {
  return { fifo, log, ...(socketFolder !== folder && { socketFolder }) }
}

/** True where processes of PostgreSQL work in the data still: they hold its memory, and none can start. */
function hasProcesses({ cluster }: DataFolder): boolean {
  if (process.platform !== 'linux') return false
  const data = realpathSync(cluster)
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.some((pid) => folderOf(pid) === data)
}

function folderOf(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined // gone, or another account's
  }
}

/** True once PostgreSQL takes connections; false when its guard has gone, so that it never will. */
async function answersSoon(data: DataFolder, deadline: number): Promise<boolean> {
  while (Date.now() < deadline) {
    if (postmasterState(data) === 'ready' && (await takesConnections(data))) return true
    if (!isGuarded(data.fifo)) return false
    await sleep(10)
  }
  return false
}

/** The process that serves this cluster; a number left by a dead one may belong to anybody by now. */
function postmasterPid(data: DataFolder): number | undefined {
  return postgresOf(linesIn(lockOf(data)))
}

function postgresOf([first]: string[]): number | undefined {
  const pid = Number(first)
  return pid > 0 && isPostgres(pid) ? pid : undefined
}

/** `starting`, `ready`, `stopping`, as PostgreSQL says in its lock. */
function postmasterState(data: DataFolder): string | undefined {
  return linesIn(lockOf(data))[7]?.trim()
}

function lockOf({ cluster }: DataFolder): string {
  return join(cluster, 'postmaster.pid')
}

function linesIn(lock: string): string[] {
  try {
    return readFileSync(lock, 'utf8').split('\n')
  } catch {
    return []
  }
}

function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0]!.endsWith('postgres')
  } catch {
    return process.platform !== 'linux'
  }
}

/** The code of ErrorResponse, behind the letter of its field. */
const tooManyConnections = 'C53300\0'

/**
 * True where a sign-in is answered. A connection alone proves nothing: the kernel accepts it for a process
 * that has just been killed, and PostgreSQL to say that it is starting up or shutting down.
 */
function takesConnections(data: DataFolder): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketOf(data))
    const signIn = serialize.startup({ user: engineUser, database: 'template1' })
    socket.once('connect', () => socket.write(signIn))
    socket.once('data', (answer) => {
      // Where all connections are taken it says so, and is none the less there.
      resolve(answer[0] === 'R'.charCodeAt(0) || answer.includes(tooManyConnections))
      socket.end(serialize.end())
    })
    socket.once('close', () => resolve(false)).once('error', () => resolve(false))
  })
}

function socketOf({ socketFolder }: DataFolder): string {
  return join(socketFolder, '.s.PGSQL.5432')
}

function settings({ socketFolder }: DataFolder): string[] {
  const megabytes = Math.min(totalmem(), process.constrainedMemory() || Infinity) / 2 ** 20
  const values: Record<string, string> = {
    listen_addresses: '',
    unix_socket_directories: socketFolder,
    unix_socket_permissions: '0700',
    port: '5432',
    max_connections: String(sessionLimit + 3),
    superuser_reserved_connections: '3', // for what the server does itself
    shared_buffers: '256MB',
    // A sort of a million rows in memory, where there is that much.
    work_mem: `${Math.round(within(64, megabytes / 64, 256))}MB`,
    maintenance_work_mem: '128MB',
    // A commit outlasts a power cut: two tenths of a second at the end of a load of a million rows.
    fsync: outlastsPowerCut() ? 'on' : 'off',
    full_page_writes: outlastsPowerCut() ? 'on' : 'off',
    synchronous_commit: 'on',
    wal_level: 'minimal',
    wal_buffers: '64MB',
    wal_init_zero: 'off',
    max_wal_senders: '0',
    max_wal_size: '4GB',
    ...sharedMemory(),
    jit: 'off',
    max_parallel_workers_per_gather: String(within(0, availableParallelism() - 1, 4)),
    // Tables are analyzed behind each bulk write: a sample of 6,000 rows tells what a plan needs.
    default_statistics_target: '20',
    // What is read lies in the system's cache: workers that fetch it cost more than they save.
    io_method: 'sync',
    // Redshift joins by hash. Rows that were just loaded have no statistics, and PostgreSQL would take them
    // for few, and loop; of texts it expects little, and would sort them.
    enable_nestloop: 'off',
    enable_mergejoin: 'off',
    // Redshift's default: 15 digits of a DOUBLE PRECISION, 6 of a REAL.
    extra_float_digits: '0',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_checkpoints: 'off',
    // Facts D: snapshot isolation is Redshift's default, whatever level BEGIN names.
    default_transaction_isolation: 'repeatable read',
    // Not even an extension that PostgreSQL trusts, such as PL/Perl, is there to be created.
    extension_control_path: '/dev/null',
  }
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

function within(least: number, value: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
