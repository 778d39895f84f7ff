import { existsSync, readFileSync } from 'node:fs'
import { UsageError, describe } from '../errors'
import { replaceFile } from '../whole-file'

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
