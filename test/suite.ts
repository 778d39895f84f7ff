import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/*
 * Loaded before the tests, in the process that runs mocha and in each that runs a part of the files:
 * whatever they write for a time lies in one folder.
 */
if (process.env.SPARKIFY_TESTS === undefined) {
  const folder = mkdtempSync(join(roomyMemory() ?? tmpdir(), 'sparkify-'))
  chmodSync(folder, 0o711) // under root the engine is another account, and has to walk there
  process.env.SPARKIFY_TESTS = process.env.TMPDIR = folder
  process.env.SPARKIFY_TESTS_FSYNC = 'off' // nothing of theirs has to outlast a power cut
}

/** A folder in memory, where there is one with room for all that the tests write: a disk takes a sixth more of the processor. */
function roomyMemory(): string | undefined {
  const folder = '/dev/shm'
  if (process.env.TMPDIR !== undefined || !existsSync(folder)) return undefined
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize > 4 * 2 ** 30 ? folder : undefined
}

const lastWork: (() => void)[] = []

/** Does `work` once the process has run its last file; one that ends with its files need not. */
export function afterAllFiles(work: () => void): void {
  lastWork.push(work)
}

/**
 * After all tests: the engines have stopped when their locks are gone, and write no more.
 * @throws Error that names the data folders whose engine a test has left running
 */
export async function mochaGlobalTeardown(): Promise<void> {
  for (const work of lastWork) work()
  const folder = process.env.SPARKIFY_TESTS!
  for (let left = 1500; locksIn(folder).length > 0; left--) {
    if (left === 0) throw new Error(`Left running: ${locksIn(folder).join(', ')}`)
    await sleep(20)
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

function locksIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files.filter((file) => file.endsWith('postmaster.pid'))
}
