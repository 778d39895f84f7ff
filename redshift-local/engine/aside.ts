import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { isAlive } from '../../object-store/folder'
import { syncName } from '../../object-store/sync'

/**
 * Makes a folder under another name and moves it into place, so that a half-made one is never found
 * there; of several processes that do so at once, one wins. What killed ones left is removed.
 * @param make also sees to it that what it makes outlasts a power cut
 */
export async function makeAside(
  folder: string,
  make: (aside: string) => void | Promise<unknown>,
): Promise<void> {
  removeHalfMade(folder)
  const aside = `${folder}.new-${process.pid}-${randomUUID()}`
  try {
    await make(aside)
    renameSync(aside, folder)
    syncName(folder)
  } catch (error) {
    rmSync(aside, { recursive: true, force: true })
    if (!existsSync(folder)) throw error // else another process was faster
  }
}

function removeHalfMade(folder: string): void {
  const prefix = `${basename(folder)}.new-`
  for (const name of readdirSync(dirname(folder))) {
    if (!name.startsWith(prefix) || isAlive(parseInt(name.slice(prefix.length)))) continue
    rmSync(join(dirname(folder), name), { recursive: true, force: true })
  }
}
