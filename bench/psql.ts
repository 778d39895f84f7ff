import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'
import { type Address, peakMemoryIn } from './server'

/** What one `\copy` took. */
export interface Copied {
  milliseconds: number
  /** Of psql itself, in bytes; undefined where /proc does not tell. */
  peakMemory: number | undefined
}

/** psql on the engine itself, by its Unix-domain socket. */
export class Psql {
  constructor(
    readonly socketFolder: string,
    readonly signIn: Pick<Address, 'user' | 'database'>,
  ) {}

  async run(...commands: string[]): Promise<string> {
    const { user, database } = this.signIn
    const where = ['-h', this.socketFolder, '-p', '5432', '-U', user, '-d', database]
    const words = commands.flatMap((command) => ['-c', command])
    const how = ['-X', '-w', '-A', '-t', '-v', 'ON_ERROR_STOP=1']
    const env = { ...process.env, LC_ALL: 'C', PGCLIENTENCODING: 'UTF8' }
    const { stdout } = await promisify(execFile)('psql', [...how, ...where, ...words], { env })
    return stdout
  }

  /** Runs a `\copy` and times it as psql does: without psql's own start. */
  async copy(command: string): Promise<Copied> {
    const said = await this.run('\\timing on', command, '\\! cat /proc/$PPID/status 2>&1')
    const [, milliseconds] = /^Time: ([\d.]+) ms/m.exec(said) ?? []
    if (milliseconds === undefined) throw new Error(`psql told no time: ${said}`)
    return { milliseconds: Number(milliseconds), peakMemory: peakMemoryIn(said) }
  }
}

export function hasPsql(): boolean {
  try {
    execFileSync('psql', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
