import { cpSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'

const projectFolder = resolve(__dirname, '..')

// What belongs to whoever runs the tests, and what no command reads.
const isLeftOut = (name: string) =>
  /^(\.git|\.env(?!\.example$).*|\.warehouse|bench|data|docs|node_modules|report\.html|test)$/.test(
    name,
  )

/**
 * Copies the project into a folder: its own files there, and the packages of the original.
 * @param more what is copied as well of what no command reads: `test`, `docs`
 */
export function copyProject(folder: string, ...more: string[]): void {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(projectFolder)) {
    if (!isLeftOut(name) || more.includes(name))
      cpSync(join(projectFolder, name), join(folder, name), { recursive: true })
  }
  symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'))
}
