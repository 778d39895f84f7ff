import { chownSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { LocalRedshiftError } from '../errors'
import { type Account, ordinaryAccount } from './account'
import { type Binaries, findBinaries } from './binaries'
import { initialise } from './cluster'
import { type Home, keepLogShort, lastWords, makeSocketFolder, prepareHome } from './home'
import { type Lease, isGuarded, joinGuard, startGuard } from './lease'
import { postmasterPid, postmasterState, takesConnections } from './postmaster'

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
