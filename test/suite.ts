import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/*
 * Loaded before the tests, in the process that runs mocha and in each that runs a part of the files:
 * whatever they write for a time lies in one folder.
 */
if (process.env.SPARKIFY_TESTS === undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'sparkify-'))
  chmodSync(folder, 0o711) // under root the engine is another account, and has to walk there
  process.env.SPARKIFY_TESTS = process.env.TMPDIR = folder
  process.env.SPARKIFY_TESTS_FSYNC = 'off' // nothing of theirs has to outlast a power cut
}

const lastWork: (() => void)[] = []

/** Does `work` once the process has run its last file; one that ends with its files need not. */
export function afterAllFiles(work: () => void): void {
  lastWork.push(work)
}

/** After all tests: the engines have stopped when their locks are gone, and write no more. */
export async function mochaGlobalTeardown(): Promise<void> {
  for (const work of lastWork) work()
  const folder = process.env.SPARKIFY_TESTS!
  while (filesIn(folder).some((file) => file.endsWith('postmaster.pid'))) await sleep(20)
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
}
