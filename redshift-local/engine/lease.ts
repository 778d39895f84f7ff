import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, constants, existsSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** The right to use the engine: while any process holds one, the guard keeps PostgreSQL alive. */
export interface Lease {
  release(): void
}

/** What the guard is to do: see guard.sh. */
type GuardTask = { start: string[] } | { adopt: number }

const guardScript = join(__dirname, 'guard.sh')

/** A lease from the guard that is at work, or undefined where there is none. */
export async function joinGuard(fifo: string): Promise<Lease | undefined> {
  return noticedLease(fifo, openLeases(fifo))
}

/** True while a guard reads the leases. */
export function isGuarded(fifo: string): boolean {
  const descriptor = openLeases(fifo)
  if (descriptor !== undefined) closeSync(descriptor)
  return descriptor !== undefined
}

/** What a guard works with. */
export interface GuardedPlace {
  fifo: string
  /** Takes PostgreSQL's stderr. */
  log: string
  /** Is removed once PostgreSQL has stopped. */
  socketFolder?: string
}

/** Starts a guard in a session of its own, out of Ctrl-C's reach. */
export async function startGuard(place: GuardedPlace, task: GuardTask): Promise<Lease | undefined> {
  const { fifo } = place
  if (!existsSync(fifo)) makeFifo(fifo)
  // Both ends, so that the guard's open does not block; closed with us should we die before it reads.
  const bothEnds = openSync(fifo, constants.O_RDWR)
  let descriptor: number | undefined
  try {
    const guard = spawnGuard(place, task, ['pipe'])
    await firstWord(guard)
    guard.unref()
    descriptor = openLeases(fifo)
  } finally {
    closeSync(bothEnds)
  }
  return noticedLease(fifo, descriptor)
}

/** Leaves a PostgreSQL that lost its guard to a new one, without waiting for it. */
export function leaveToGuard(place: GuardedPlace, postgres: number): void {
  const bothEnds = openSync(place.fifo, constants.O_RDWR)
  try {
    // It has them as well, until it has opened its own.
    const guard = spawnGuard(place, { adopt: postgres }, ['ignore', bothEnds])
    guard.on('error', () => {}) // the next command adopts it
    guard.unref()
  } finally {
    closeSync(bothEnds)
  }
}

function spawnGuard(
  { fifo, log, socketFolder = '' }: GuardedPlace,
  task: GuardTask,
  [stdout, leases]: ['pipe' | 'ignore', number?],
): ChildProcess {
  const words = 'start' in task ? ['start', ...task.start] : ['adopt', String(task.adopt)]
  const stderr = openSync(log, 'a', 0o600)
  try {
    return spawn('sh', [guardScript, fifo, socketFolder, ...words], {
      cwd: '/', // PostgreSQL's account may not enter ours
      detached: true,
      stdio: ['ignore', stdout, stderr, leases ?? 'ignore'],
    })
  } finally {
    closeSync(stderr)
  }
}

function makeFifo(fifo: string): void {
  try {
    execFileSync('mkfifo', ['-m', '600', fifo], { stdio: 'pipe' })
  } catch (error) {
    if (!existsSync(fifo)) throw error // else another process was faster
  }
}

// A guard whose PostgreSQL could not start is gone as soon as it has spoken: then nobody reads the leases.
async function firstWord(guard: ChildProcess): Promise<void> {
  if (!guard.stdout) throw ((await once(guard, 'error')) as [Error])[0] // too many open files
  await Promise.race([once(guard.stdout, 'data'), once(guard, 'exit')])
  guard.stdout.destroy()
}

function openLeases(fifo: string): number | undefined {
  try {
    return openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK)
  } catch (error) {
    // ENXIO: a FIFO that nobody reads. ENOENT: there was never a guard here.
    if (['ENXIO', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

async function isNoticed(fifo: string, descriptor: number): Promise<boolean> {
  const name = randomUUID()
  const answer = `${fifo}.${name}`
  try {
    // Two guards that start at once share the FIFO's bytes until one of them goes: a name may get lost.
    for (let waited = 0; !existsSync(answer); waited++) {
      if (waited % 500 === 0) writeSync(descriptor, `${name}\n`)
      await sleep(1)
      if (!isGuarded(fifo) && !existsSync(answer)) return false
    }
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') return false
    throw error
  } finally {
    rmSync(answer, { force: true })
  }
}

async function noticedLease(fifo: string, descriptor?: number): Promise<Lease | undefined> {
  if (descriptor === undefined) return undefined
  let held = true
  const release = () => {
    if (held) closeSync(descriptor)
    held = false
  }
  if (await isNoticed(fifo, descriptor)) return { release }
  release()
  return undefined
}
