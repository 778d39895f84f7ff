import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { type Turn, runProgram } from './programs'
import type { Address } from './warehouse'

const script = join(__dirname, 'load_events.py')

/** A Python that has psycopg2: the first of the PATH need not. */
export interface Python {
  command: string
  version: string
}

export function findPython(): Python | undefined {
  for (const command of ['python3', '/usr/bin/python3', '/usr/local/bin/python3']) {
    const version = versionOf(command)
    if (version !== undefined) return { command, version }
  }
  return undefined
}

function versionOf(command: string): string | undefined {
  const tell =
    'import platform, psycopg2; print(platform.python_version(), "psycopg2", psycopg2.__version__.split()[0])'
  try {
    return execFileSync(command, ['-c', tell], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return undefined
  }
}

interface Load {
  address: Address
  table: string
  columns: string[]
  /** `rows` inserts one by one, `copy` writes CSV to COPY FROM STDIN. */
  by: 'rows' | 'copy'
  /** Events to load at most. */
  most: number
  files: string[]
}

/** Loads event files as a script of 40 lines does. */
export async function loadByPython(
  { command }: Python,
  { address, files, ...load }: Load,
  signal: AbortSignal,
): Promise<Turn> {
  const { host, port, user, database } = address
  const connection = { host, port, user, dbname: database }
  const words = [script, JSON.stringify({ connection, ...load }), ...files]
  const { stdout, peakMemory } = await runProgram(command, words, { signal })
  return { seconds: Number(stdout), peakMemory }
}
