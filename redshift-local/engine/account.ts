import { statSync } from 'node:fs'
import { dirname } from 'node:path'
import { LocalRedshiftError } from '../errors'

/** The account that PostgreSQL runs under, and what a command line must begin with to get it. */
export interface Account {
  /** undefined: ours, nothing to change. */
  owner: { uid: number; gid: number } | undefined
  prefix: string[]
}

// `nobody` and its group: the one unprivileged account that every Linux has. initdb wants a name.
const nobody = { uid: 65534, gid: 65534 }

/**
 * PostgreSQL refuses to run as root. Under root it gets the account that owns the folder, or nobody;
 * where that account could not walk to `paths` (a project below /root), it is given that right alone.
 */
export function ordinaryAccount(folder: string, paths: string[]): Account {
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
  const prefix = ['setpriv', ...ids, ...(paths.every(reachableByAll) ? [] : walk)]
  return { owner, prefix }
}

function reachableByAll(path: string): boolean {
  for (let at = dirname(path); ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}
