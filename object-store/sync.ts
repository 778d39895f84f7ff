import { closeSync, constants, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'

/**
 * True where what is written must outlast a power cut: always, but for tests, which throw it away and
 * set SPARKIFY_TESTS_FSYNC=off because they would wait for the disk.
 */
export function outlastsPowerCut(): boolean {
  return process.env.SPARKIFY_TESTS_FSYNC !== 'off'
}

/** Waits until a file, or the names in a folder, are on the disk. */
export function syncPath(path: string): void {
  if (!outlastsPowerCut()) return
  let descriptor: number | undefined
  try {
    descriptor = openSync(path, constants.O_RDONLY)
    fsyncSync(descriptor)
  } catch (error) {
    // A folder may be writable and not readable, and some network file systems sync none.
    if (!['EACCES', 'EINVAL'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}

/**
 * Waits until the name of a new file is on the disk.
 * @param made what mkdir gave: the first folder that was made on the way there
 */
export function syncName(path: string, made?: string): void {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    syncPath(folder)
    if (made === undefined || folder === dirname(made) || folder === dirname(folder)) return
  }
}
