import { execFileSync } from 'node:child_process'
import { type Turn, runProgram } from './programs'
import type { Address } from './warehouse'

/** Why there is nothing to compare with psql, where it is not installed. */
export function missingPsql(): string | undefined {
  try {
    execFileSync('psql', ['--version'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'psql is not installed (Debian: apt-get install postgresql-client)'
  }
}

const env = { ...process.env, LC_ALL: 'C', PGCLIENTENCODING: 'UTF8' }

/** psql at an address. */
export class Psql {
  readonly #words: string[]

  constructor(
    { host, port, user, database }: Address,
    private readonly signal: AbortSignal,
  ) {
    const how = ['-X', '-w', '-v', 'ON_ERROR_STOP=1']
    this.#words = [...how, '-h', host, '-p', String(port), '-U', user, '-d', database]
  }

  /** Runs commands, and times the last one as psql does: without psql's own start. */
  async run(...commands: string[]): Promise<Turn> {
    const words = [...commands.slice(0, -1), '\\timing on', ...commands.slice(-1)]
    const each = words.flatMap((command) => ['-c', command])
    const { stdout, peakMemory } = await this.#psql(each)
    const [, milliseconds] = /^Time: ([\d.]+) ms/m.exec(stdout) ?? []
    if (milliseconds === undefined) throw new Error(`psql told no time: ${stdout}`)
    return { seconds: Number(milliseconds) / 1000, peakMemory }
  }

  /** Writes the rows of a query into a file as CSV, and times all of it. */
  csv(query: string, into: string): Promise<Turn> {
    return this.#psql(['--csv', '-c', query], into)
  }

  #psql(words: string[], into?: string) {
    const run = { env, into, signal: this.signal }
    return runProgram('psql', [...this.#words, ...words], run)
  }
}

export function quoted(path: string): string {
  return `'${path.replaceAll("'", "''")}'`
}
