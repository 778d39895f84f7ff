import { readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { codeOf } from './disk-errors'

// Leftovers are told from a live run's folders by the process id in their names, and those of this
// process (in a container it may bear a dead run's id) by this set.
const underWay = new Set<string>()
let counter = 0

/** Gives a path beside `out` that the next runs clear away if this one dies while it uses it. */
export async function withPathBeside<T>(
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
export async function clearLeftovers(out: string): Promise<void> {
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
export async function entriesOf(path: string): Promise<string[] | undefined> {
  return readdir(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  })
}
