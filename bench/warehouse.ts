import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { ServingProgram, type Turn, peakMemoryOf, runProgram } from './programs'

/** A warehouse of the local Redshift and the buckets that it reads, used by commands as anybody does. */
export class Warehouse {
  constructor(
    readonly folder: string,
    readonly buckets: string,
    /** A copy of this project. */
    readonly project: string,
    private readonly signal: AbortSignal,
  ) {}

  /** Runs a command of `sparkify`, in a process of its own; `into` is a file for its stdout. */
  sparkify(words: string[], into?: string): Promise<Turn & { stdout: string }> {
    return this.#node([join('scripts', 'sparkify.js'), ...words], into)
  }

  /** Makes the tables. */
  async migrate(): Promise<void> {
    await this.#node([join('node_modules', 'knex', 'bin', 'cli.js'), 'migrate:latest'])
  }

  /** Serves `work` on the warehouse, from a process of its own. */
  async served<T>(work: (served: Served) => Promise<T>, env: NodeJS.ProcessEnv = {}): Promise<T> {
    const served = await Served.start(this.folder, this.buckets, env)
    const stop = () => void served.stop()
    this.signal.addEventListener('abort', stop) // what runs on it fails then
    try {
      this.signal.throwIfAborted()
      return await work(served)
    } finally {
      this.signal.removeEventListener('abort', stop)
      await served.stop()
      await this.stopped()
    }
  }

  /** Waits until the engine, which stops by itself, has let go of the folder. */
  async stopped(): Promise<void> {
    const lock = join(this.folder, 'postgres', 'postmaster.pid')
    for (let waited = 0; existsSync(lock) && waited < 30_000; waited += 20) await sleep(20)
  }

  async #node(words: string[], into?: string): Promise<Turn & { stdout: string }> {
    const env = {
      ...process.env,
      LOCAL_WAREHOUSE: this.folder,
      LOCAL_BUCKETS: this.buckets,
      LOG_DATA: 's3://sparkify/log_data',
      LOG_JSONPATH: 's3://sparkify/log_json_path.json',
      SONG_DATA: 's3://sparkify/song_data',
      REPORT: 'none',
    }
    const run = { cwd: this.project, env, into, signal: this.signal }
    const turn = await runProgram(process.execPath, words, run)
    await this.stopped() // by the next turn it would still be writing
    return turn
  }
}

/** Where a client connects. */
export interface Address {
  host: string
  port: number
  user: string
  database: string
}

/** A local Redshift that serves, and its engine. */
export class Served {
  private constructor(
    private readonly program: ServingProgram,
    readonly redshift: Address,
    readonly engine: Address,
  ) {}

  static async start(folder: string, buckets: string, env?: NodeJS.ProcessEnv): Promise<Served> {
    const program = await ServingProgram.start(['serve.ts', folder, buckets], env)
    const { engine, ...redshift } = JSON.parse(program.line) as Address & { engine: string }
    return new Served(program, redshift, { ...redshift, host: engine, port: 5432 })
  }

  /** Of the process that serves, in bytes, so far. */
  peakMemory(): number | undefined {
    return peakMemoryOf(this.program.pid)
  }

  stop(): Promise<void> {
    return this.program.stop()
  }
}

/** Connects, hands the connection to `work`, and closes it. */
export async function connected<T>(
  address: Address,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client(address)
  client.on('error', () => {}) // the statement that runs is told
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The seconds that a statement takes, its answer included. */
export async function timed(client: Client, statement: string): Promise<number> {
  const start = performance.now()
  await client.query(statement)
  return (performance.now() - start) / 1000
}
