import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { LocalRedshiftError } from '../errors'

/**
 * Makes sure, before anything is made, that this machine can run PostgreSQL.
 * @param program tells where PostgreSQL's is
 * @throws LocalRedshiftError that says what it lacks
 */
export function refusePlatform(program: () => string): void {
  const lack = whatLacks(program)
  if (lack === undefined) return
  throw new LocalRedshiftError(
    `The local Redshift runs on Linux with glibc and on macOS, and on Windows within WSL: ${lack}.`,
  )
}

function whatLacks(program: () => string): string | undefined {
  if (process.platform === 'darwin') return undefined
  if (process.platform !== 'linux') return `this is ${process.platform}`
  const loader = loaderOf(program())
  if (loader !== undefined && !existsSync(loader)) {
    return `PostgreSQL needs ${loader}, which musl (Alpine Linux) does not have; take an image of Debian or Ubuntu`
  }
  if (process.getuid?.() === 0 && !isCommand('setpriv')) {
    return (
      'PostgreSQL does not run as root, and the command setpriv, which gives it another account, is not ' +
      'installed; install util-linux, or run the command as an ordinary user'
    )
  }
  return undefined
}

/** The dynamic loader that an ELF program names: a path among its first bytes. */
function loaderOf(program: string): string | undefined {
  const descriptor = openSync(program, 'r')
  try {
    const bytes = Buffer.alloc(4096)
    const head = bytes.toString('latin1', 0, readSync(descriptor, bytes))
    return /\/[\w/.-]*\/ld-[\w.-]+/.exec(head)?.[0]
  } finally {
    closeSync(descriptor)
  }
}

function isCommand(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)))
}
