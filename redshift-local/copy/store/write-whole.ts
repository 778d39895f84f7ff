import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ObjectBody } from '../object-store'
import { fileError } from './file-errors'

const partial = /^\..+\.(\d+)\.partial$/

/** True for the name of a file that is being written, and is no object yet. */
export function isPartial(name: string): boolean {
  return partial.test(name)
}

/**
 * Writes a file aside and moves it into place, so that nobody ever finds half of it.
 * @throws SqlError where it cannot be written; what `body` throws
 */
export async function writeWhole(path: string, body: ObjectBody): Promise<void> {
  const aside = join(dirname(path), `.${basename(path)}.${process.pid}.partial`)
  try {
    await mkdir(dirname(path), { recursive: true })
    await clearLeftovers(path)
    await writeFile(aside, body)
    await rename(aside, path)
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined)
    throw error instanceof Error && 'syscall' in error ? fileError(error, path) : error
  }
}

// A process that was killed while it wrote this very file has left its beginning.
async function clearLeftovers(path: string): Promise<void> {
  for (const name of await readdir(dirname(path))) {
    const pid = partial.exec(name)?.[1]
    if (pid === undefined || name !== `.${basename(path)}.${pid}.partial`) continue
    if (!isAlive(Number(pid))) await rm(join(dirname(path), name), { force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
