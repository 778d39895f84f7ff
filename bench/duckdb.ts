import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Turn, runProgram } from './programs'

const installed = join(__dirname, 'node_modules', '@duckdb', 'node-api')

/** Installs DuckDB where it is not yet. @returns why it could not be, if so */
export async function missingDuckDb(): Promise<string | undefined> {
  if (existsSync(installed)) return undefined
  try {
    await promisify(execFile)('npm', ['ci', '--no-audit', '--no-fund'], { cwd: __dirname })
    return undefined
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string }
    const said = (stderr || String(error)).trim().split('\n').slice(0, 3).join(' ')
    return `DuckDB could not be installed (npm ci in bench/): ${said}`
  }
}

/** What DuckDB does: named statements in order, then a query. */
export interface DuckDbWork {
  file: string
  settings?: Record<string, string>
  statements: { name: string; sql: string }[]
  query?: string
}

/** What it took, without the start of its process, and the rows of the query, as texts. */
export type DuckDbTurn = Turn & { rows: string[][] }

/** Runs DuckDB in a process of its own. */
export async function duckDb(work: DuckDbWork, signal: AbortSignal): Promise<DuckDbTurn> {
  const words = ['-r', './tools/typescript.js', join('bench', 'duckdb-program.ts')]
  const run = { cwd: join(__dirname, '..'), signal }
  const { stdout, peakMemory } = await runProgram(
    process.execPath,
    [...words, JSON.stringify(work)],
    run,
  )
  return { peakMemory, ...(JSON.parse(stdout) as DuckDbTurn) }
}
