import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, existsSync, openSync } from 'node:fs'
import { join } from 'node:path'

/** The right to use the engine: while any process holds one, the guard keeps PostgreSQL alive. */
export interface Lease {
  release(): void
}

/** What the guard is to do: see guard.sh. */
export type GuardTask = { start: string[] } | { adopt: number }

const guardScript = join(__dirname, 'guard.sh')

/** A lease from the guard that is at work, or undefined where there is none. */
export function joinGuard(fifo: string): Lease | undefined {
  try {
    return leaseOf(openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK))
  } catch (error) {
    // ENXIO: a FIFO that nobody reads. ENOENT: there was never a guard here.
    if (['ENXIO', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}

/** Starts a guard in a session of its own, out of Ctrl-C's reach. @param log takes PostgreSQL's stderr */
export async function startGuard(fifo: string, task: GuardTask, log: string): Promise<Lease> {
  if (!existsSync(fifo)) execFileSync('mkfifo', ['-m', '600', fifo])
  // Both ends, so that the guard's open does not block; closed with us should we die before it reads.
  const bothEnds = openSync(fifo, constants.O_RDWR)
  const stderr = openSync(log, 'a', 0o600)
  try {
    const words = 'start' in task ? ['start', ...task.start] : ['adopt', String(task.adopt)]
    const guard = spawn('sh', [guardScript, fifo, ...words], {
      detached: true,
      stdio: ['ignore', 'pipe', stderr],
    })
    await firstWord(guard)
    guard.unref()
    return leaseOf(openSync(fifo, constants.O_WRONLY | constants.O_NONBLOCK))
  } finally {
    closeSync(stderr)
    closeSync(bothEnds)
  }
}

async function firstWord(guard: ChildProcess): Promise<void> {
  const stopped = once(guard, 'exit').then(() => {
    throw new Error('the guard of the local Redshift ended before it began')
  })
  await Promise.race([once(guard.stdout!, 'data'), stopped])
  stopped.catch(() => {})
  guard.stdout!.destroy()
}

function leaseOf(descriptor: number): Lease {
  let held = true
  return {
    release() {
      if (held) closeSync(descriptor)
      held = false
    },
  }
}
