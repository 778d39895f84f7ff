import { mkdir, readdir, realpath, rename, rm, rmdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { UsageError } from '../warehouse/errors'

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

/** The code of an error of the operating system, such as ENOENT. */
const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined

/** The same error, told with the folder, the reason and what to do if it is one of the disk. */
function explained(error: unknown, folder: string): unknown {
  const code = codeOf(error)
  if (code === undefined) return error
  const reason = reasons[code] ?? 'choose another folder'
  return new UsageError(`${folder} cannot be written (${code}): ${reason}`, { cause: error })
}

// Leftovers are told from a live run's folders by the process id in their names, and those of this
// process (in a container it may bear a dead run's id) by this set.
const underWay = new Set<string>()
let counter = 0

/** Gives a path beside `out` that the next runs clear away if this one dies while it uses it. */
async function withPathBeside<T>(
  out: string,
  kind: 'partial' | 'replaced',
  use: (path: string) => Promise<T>,
): Promise<T> {
  const path = join(dirname(out), `.${basename(out)}.${kind}-${process.pid}-${++counter}`)
  underWay.add(path)
  try {
    return await use(path)
  } finally {
    underWay.delete(path)
  }
}

/** Removes what dead runs have left beside `out`, and puts back what the last of them was replacing. */
async function clearLeftovers(out: string): Promise<void> {
  for (const name of (await entriesOf(dirname(out))) ?? []) {
    const path = join(dirname(out), name)
    const [, of, kind, pid] = /^\.(.+)\.(partial|replaced)-(\d+)-\d+$/.exec(name) ?? []
    if (of !== basename(out) || isAlive(Number(pid), path)) continue
    // A run that died between its two renames has left the former data here, and nothing at `out`.
    const isOnlyCopy = kind === 'replaced' && (await entriesOf(out)) === undefined
    await (isOnlyCopy ? rename(path, out) : rm(path, { recursive: true, force: true }))
  }
}

function isAlive(pid: number, path: string): boolean {
  if (pid === process.pid) return underWay.has(path)
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** The names in a folder; nothing if it does not exist. */
async function entriesOf(path: string): Promise<string[] | undefined> {
  return readdir(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  })
}

/** A folder that is to appear at once, whole or not at all. */
interface WholeFolder {
  readonly out: string
  /** Whether a folder that holds something is replaced, provided it holds nothing but `ours`. */
  readonly force: boolean
  readonly ours: readonly string[]
}

/**
 * Fills a temporary folder beside `out` and renames it into place, so that not even a `kill -9` leaves
 * half of it there. Clears away first what dead runs have left, and throws an Error that says what to do
 * where `out` is taken or cannot be written.
 */
export async function writeWhole<T>(
  folder: WholeFolder,
  fill: (path: string) => Promise<T>,
): Promise<T> {
  try {
    const whole = { ...folder, out: await realPathOf(folder.out) }
    await mkdir(dirname(whole.out), { recursive: true })
    await clearLeftovers(whole.out)
    await refuseIfTaken(whole)
    return await fillAndSwap(whole, fill)
  } catch (error) {
    throw explained(error, folder.out)
  }
}

function fillAndSwap<T>(folder: WholeFolder, fill: (path: string) => Promise<T>): Promise<T> {
  return withPathBeside(folder.out, 'partial', async (fresh) => {
    try {
      await mkdir(fresh)
      const result = await fill(fresh)
      await swap(folder, fresh)
      return result
    } finally {
      await rm(fresh, { recursive: true, force: true })
    }
  })
}

async function swap(folder: WholeFolder, fresh: string): Promise<void> {
  const found = await refuseIfTaken(folder)
  if (found === undefined) return rename(fresh, folder.out)
  if (found.length > 0) return replace(folder.out, fresh)
  await rmdir(folder.out)
  await rename(fresh, folder.out)
}

function replace(out: string, fresh: string): Promise<void> {
  return withPathBeside(out, 'replaced', async (former) => {
    await rename(out, former)
    try {
      await rename(fresh, out)
    } catch (error) {
      await rename(former, out)
      throw error
    }
    await rm(former, { recursive: true })
  })
}

/** Throws if `out` holds what may not be replaced; returns what it holds, nothing if it does not exist. */
async function refuseIfTaken({ out, force, ours }: WholeFolder): Promise<string[] | undefined> {
  const found = await entriesOf(out)
  const foreign = found?.filter((name) => !ours.includes(name)) ?? []
  if (foreign.length > 0) {
    throw new UsageError(
      `${out} holds ${listed(foreign)}: a new or an empty folder is expected; ` +
        `choose another one, --force replaces nothing but sample data`,
    )
  }
  if (found && found.length > 0 && !force) {
    throw new UsageError(
      `${out} holds ${listed(found)}: a new or an empty folder is expected; ` +
        `choose another one, or replace the sample data there with --force`,
    )
  }
  return found
}

const listed = (names: readonly string[]): string =>
  names.slice(0, 3).join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '')

async function realPathOf(path: string): Promise<string> {
  return realpath(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return resolve(path)
    throw error
  })
}
