import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { outlastsPowerCut, syncName } from '../../object-store/sync'
import { describe, UsageError } from './errors'

/**
 * Writes a file as a whole or not at all, where it does not hold the text already.
 * @returns what was done
 * @throws UsageError where it cannot be written
 */
export function writeText(path: string, text: string): 'written' | 'changed' | 'unchanged' {
  try {
    const former = existsSync(path) ? readFileSync(path, 'utf8') : undefined
    if (former === text) return 'unchanged'
    replaceFile(path, text)
    return former === undefined ? 'written' : 'changed'
  } catch (cause) {
    throw new UsageError(
      `${path} cannot be written: ${describe(cause)}. Choose another folder, or make it writable.`,
      { cause },
    )
  }
}

/**
 * Writes a file as a whole or not at all, with the folders that it lies in. (write-file-atomic does not: on
 * a disk that fills up it puts the beginning of the text in place, and says nothing.)
 */
export function replaceFile(path: string, text: string): void {
  putFile(path, text, renameSync)
}

/** The same, where no file is of that name: one that came to be meanwhile is left, and the system's error is thrown. */
export function createFile(path: string, text: string): void {
  putFile(path, text, linkSync)
}

function putFile(path: string, text: string, intoPlace: (aside: string, path: string) => void) {
  const aside = `${path}.${process.pid}.partial`
  const made = mkdirSync(dirname(path), { recursive: true })
  try {
    writeFileSync(aside, text, { flush: outlastsPowerCut() })
    intoPlace(aside, path)
    syncName(path, made)
  } finally {
    rmSync(aside, { force: true })
  }
}
