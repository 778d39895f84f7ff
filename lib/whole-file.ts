import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Writes a file as a whole or not at all, with the folders that it lies in. */
export function replaceFile(path: string, text: string): void {
  const aside = `${path}.${process.pid}.partial`
  mkdirSync(dirname(path), { recursive: true })
  try {
    writeFileSync(aside, text)
    renameSync(aside, path)
  } finally {
    rmSync(aside, { force: true })
  }
}
