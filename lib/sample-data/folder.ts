import { execFile } from 'node:child_process'
import { mkdir, readdir, realpath, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { isAlive } from '../../object-store/folder'
import { outlastsPowerCut, syncName } from '../../object-store/sync'
import { UsageError } from '../warehouse/errors'

/** A folder that is to appear at once, whole or not at all. */
interface Folder {
  readonly out: string
  /** Whether a folder that holds something is replaced, provided it holds nothing but `replaceable`. */
  readonly force: boolean
  readonly replaceable: readonly string[]
}

/**
 * Fills a folder aside and moves it into place, so that not even a `kill -9` leaves half of it there,
 * or takes away what was there before: the next run for the same folder clears up after a dead one.
 * @throws UsageError that says what to do where `out` is taken or cannot be written
 */
export async function writeFolder<T>(
  folder: Folder,
  fill: (path: string) => Promise<T>,
): Promise<T> {
  try {
    const target = { ...folder, out: await realPathOf(folder.out) }
    await mkdir(dirname(target.out), { recursive: true })
    await clearLeftovers(target.out)
    await checkFree(target)
    return await fillAndMove(target, fill)
  } catch (error) {
    throw explained(error, folder.out)
  }
}

async function fillAndMove<T>(target: Folder, fill: (path: string) => Promise<T>): Promise<T> {
  const aside = join(dirname(target.out), asideOf(target.out, process.pid))
  const fresh = join(aside, 'new')
  try {
    await mkdir(fresh, { recursive: true })
    const result = await fill(fresh)
    await syncAll(fresh)
    await checkFree(target) // something may have been written there meanwhile
    if (target.force) await rename(target.out, join(aside, 'former')).catch(unlessMissing)
    else await rmdir(target.out).catch(unlessMissing)
    await rename(fresh, target.out)
    syncName(target.out)
    return result
  } finally {
    await clear(aside, target.out)
  }
}

/** Waits until all files there are on the disk: one call for all, where the machine has one. */
async function syncAll(folder: string): Promise<void> {
  if (outlastsPowerCut()) await promisify(execFile)('sync', ['-f', folder]).catch(() => {})
}

/** Where the run of a process works: its `new` folder, and the `former` one until the new one is in place. */
const asideOf = (out: string, pid: number | string): string => `.${basename(out)}.partial-${pid}`

/** Removes the folder of a run that has ended; a former folder that it did not replace goes back. */
async function clear(aside: string, out: string): Promise<void> {
  const former = join(aside, 'former')
  await rename(former, out).catch(unlessMissingOrTaken)
  // What is half removed must not go back.
  await rename(former, join(aside, 'replaced')).catch(unlessMissing)
  await rm(aside, { recursive: true, force: true })
}

async function clearLeftovers(out: string): Promise<void> {
  for (const name of await readdir(dirname(out))) {
    const pid = /\d+$/.exec(name)?.[0] ?? ''
    // No run of this very process is under way: in a container, a dead one may have had the same id.
    const isDead = Number(pid) === process.pid || !isAlive(Number(pid))
    if (name !== asideOf(out, pid) || !isDead) continue
    await clear(join(dirname(out), name), out)
  }
}

/** Throws if `out` holds what may not be replaced. */
async function checkFree({ out, force, replaceable }: Folder): Promise<void> {
  const found = (await readdir(out).catch(unlessMissing)) ?? []
  const foreign = found.filter((name) => !replaceable.includes(name))
  if (foreign.length > 0) {
    throw new UsageError(
      `${out} holds ${listed(foreign)}: a new or an empty folder is expected; ` +
        `choose another one, --force replaces nothing but sample data`,
    )
  }
  if (found.length > 0 && !force) {
    throw new UsageError(
      `${out} holds ${listed(found)}: a new or an empty folder is expected; ` +
        `choose another one, or replace the sample data there with --force`,
    )
  }
}

const listed = (names: readonly string[]): string =>
  names.slice(0, 3).join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '')

const realPathOf = async (path: string): Promise<string> =>
  (await realpath(path).catch(unlessMissing)) ?? resolve(path)

function unlessMissing(error: unknown): undefined {
  if (codeOf(error) !== 'ENOENT') throw error
}

function unlessMissingOrTaken(error: unknown): undefined {
  if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') unlessMissing(error)
}

/** The code of an error of the operating system, such as ENOENT. */
const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission is denied; choose another folder',
  EPERM: 'permission is denied; choose another folder',
  EROFS: 'the disk is read-only; choose another folder',
  ENOTDIR: 'a part of this path is a file; choose another folder',
  EEXIST: 'a part of this path is a file; choose another folder',
  ENOSPC: 'the disk is full; free some space, or ask for less data',
  EBUSY: 'it is in use or a mounted disk; choose a folder inside it',
  EXDEV: 'it is a mounted disk; choose a folder inside it',
  ENOTEMPTY: 'something was written there meanwhile; choose another folder',
}

/** The same error; one of the disk with the folder, the reason and what to do. */
function explained(error: unknown, folder: string): unknown {
  const code = codeOf(error)
  if (code === undefined) return error
  const reason = reasons[code] ?? 'choose another folder'
  return new UsageError(`${folder} cannot be written (${code}): ${reason}`, { cause: error })
}
