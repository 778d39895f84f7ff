import { realpathSync, type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { LocalRedshiftError } from '../errors'

/** Who runs PostgreSQL, and what a command line must begin with for that. */
export interface Account {
  /** undefined: whoever runs the command, nothing to change. */
  owner: Owner | undefined
  prefix: string[]
}

export interface Owner {
  uid: number
  gid: number
}

// `nobody` and its group: the one unprivileged account that every Linux has. initdb wants a name.
const nobody: Owner = { uid: 65534, gid: 65534 }

/**
 * The account for the data in `folder`. An ordinary user runs PostgreSQL itself. Under root, which
 * PostgreSQL refuses, it is run by the account that owns the folder, or by nobody where root does.
 * Where that account cannot enter one of `ways`, the folders above what it works in (as below /root), it
 * gets the capability to: dac_override, since containers do not have the lesser dac_read_search.
 */
export function engineAccount(folder: string, ways: string[]): Account {
  if (process.getuid?.() !== 0) return { owner: undefined, prefix: [] }
  if (process.platform !== 'linux') {
    throw new LocalRedshiftError(
      `The local Redshift cannot run as root on ${process.platform}. Run it as an ordinary user.`,
    )
  }
  const { uid, gid } = statSync(folder)
  const owner = uid === 0 ? nobody : { uid, gid }
  const ids = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups']
  const walk = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override']
  const canWalk = ways.every((way) => canEnter(owner, way))
  return { owner, prefix: ['setpriv', ...ids, ...(canWalk ? [] : walk)] }
}

/** True where the account may enter the folder, and all folders above it. */
export function canEnter(owner: Owner, folder: string): boolean {
  return upFrom(folder).every((one) => allows(owner, statSync(one), 0o1))
}

/** True where the account may run the file, and walk there. */
export function canRun(owner: Owner, file: string): boolean {
  return canEnter(owner, dirname(file)) && allows(owner, statSync(file), 0o5)
}

/** True where nobody but root can write to the folder, or put another one in its place. */
export function belongsToRoot(folder: string): boolean {
  return upFrom(folder).every((one, above) => {
    const { uid, mode } = statSync(one)
    const isSticky = above > 0 && (mode & 0o1000) !== 0
    return uid === 0 && ((mode & 0o022) === 0 || isSticky)
  })
}

/** The folder and all above it, without symbolic links. */
function upFrom(folder: string): string[] {
  const folders = [realpathSync(folder)]
  while (folders.at(-1) !== dirname(folders.at(-1)!)) folders.push(dirname(folders.at(-1)!))
  return folders
}

function allows({ uid, gid }: Owner, file: Stats, rights: number): boolean {
  const shift = file.uid === uid ? 6 : file.gid === gid ? 3 : 0
  return ((file.mode >> shift) & rights) === rights
}
