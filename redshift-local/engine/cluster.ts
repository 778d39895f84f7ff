import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import * as fs from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { LocalRedshiftError } from '../errors'
import type { Account } from './account'
import type { Binaries } from './binaries'
import type { Home } from './home'
import { engineUser } from './postmaster'

/** Makes the cluster aside and moves it into place, so that a half-made one is never found there. */
export async function initialise(home: Home, binaries: Binaries, account: Account): Promise<void> {
  removeHalfMade(home)
  const aside = `${home.cluster}.new-${process.pid}-${randomUUID()}`
  const words = ['-D', aside, '-U', engineUser, '--auth=trust', '--encoding=UTF8', '--locale=C']
  const [command, ...rest] = [
    ...account.prefix,
    binaries.initdb,
    ...words,
    '--no-sync',
    '--no-instructions',
  ]
  try {
    await promisify(execFile)(command, rest)
    fs.renameSync(aside, home.cluster)
  } catch (cause) {
    fs.rmSync(aside, { recursive: true, force: true })
    if (fs.existsSync(home.cluster)) return // another command was faster
    const said = (cause as { stderr?: string }).stderr?.trim() ?? ''
    throw new LocalRedshiftError(
      `The data folder ${home.folder} could not be made: ${said || (cause as Error).message}`,
      { cause },
    )
  }
}

function removeHalfMade(home: Home): void {
  const prefix = `${basename(home.cluster)}.new-`
  for (const name of fs.readdirSync(dirname(home.cluster))) {
    if (!name.startsWith(prefix) || isAlive(parseInt(name.slice(prefix.length)))) continue
    fs.rmSync(join(home.folder, name), { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
