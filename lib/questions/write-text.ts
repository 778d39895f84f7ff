import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { UsageError, describe } from '../errors'

/**
 * Writes a file as a whole or not at all, where it does not hold the text already.
 * @returns what was done
 * @throws UsageError where it cannot be written
 */
export function writeText(path: string, text: string): 'written' | 'changed' | 'unchanged' {
  try {
    const former = existsSync(path) ? readFileSync(path, 'utf8') : undefined
    if (former === text) return 'unchanged'
    mkdirSync(dirname(path), { recursive: true })
    replace(path, text)
    return former === undefined ? 'written' : 'changed'
  } catch (cause) {
    throw new UsageError(
      `${path} cannot be written: ${describe(cause)}. Choose another folder, or make it writable.`,
      { cause },
    )
  }
}

function replace(path: string, text: string): void {
  const aside = `${path}.${process.pid}.partial`
  try {
    writeFileSync(aside, text)
    renameSync(aside, path)
  } finally {
    rmSync(aside, { force: true })
  }
}
