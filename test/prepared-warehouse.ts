import { execFile } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import { objectStore } from '../object-store/index'
import { makeAside } from '../redshift-local/engine/aside'
import { startLocalRedshift } from '../redshift-local/server'

const prepared = join(process.env.SPARKIFY_TESTS!, 'prepared')

/**
 * Puts into a folder what the first start of a local Redshift makes there, unless it is there. It takes
 * seconds, and is therefore done once for all tests, and copied.
 */
export async function prepareWarehouse(folder: string): Promise<void> {
  if (existsSync(join(folder, 'postgres'))) return
  if (!existsSync(prepared)) await makeAside(prepared, firstStart)
  mkdirSync(folder, { recursive: true })
  // Most of the write-ahead log is zeros.
  const words = process.platform === 'linux' ? ['-a', '--sparse=always'] : ['-a']
  const made = ['postgres', 'postgres.log'].map((name) => join(prepared, name))
  await promisify(execFile)('cp', [...words, ...made, folder])
}

async function firstStart(folder: string): Promise<void> {
  const redshift = await startLocalRedshift({ folder }, objectStore)
  await redshift.close()
  await engineStopped(folder)
}

/** Resolves once no engine works on the data in `folder`, as after its last user. */
export async function engineStopped(folder: string): Promise<void> {
  for (let i = 0; existsSync(join(folder, 'postgres', 'postmaster.pid')); i++) {
    if (i > 1000) throw new Error(`the engine of ${folder} goes on`)
    await sleep(10)
  }
}
