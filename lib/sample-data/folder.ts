import { UsageError } from '../errors'
import { mkdir, realpath, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { codeOf, explained } from './disk-errors'
import { clearLeftovers, entriesOf, withPathBeside } from './leftovers'

/** A folder that is to appear at once, whole or not at all. */
export interface WholeFolder {
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
