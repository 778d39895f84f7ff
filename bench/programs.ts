import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { text } from 'node:stream/consumers'

/** What one turn of a contestant took. */
export interface Turn {
  seconds: number
  /** The most memory that its process ever held, in bytes; undefined where /proc does not tell. */
  peakMemory?: number | undefined
  /** The seconds of its parts. */
  parts?: Record<string, number>
}

interface Run {
  cwd?: string
  env?: NodeJS.ProcessEnv
  /** A file for stdout; else it is given back. */
  into?: string | undefined
  signal: AbortSignal
}

/**
 * Runs a program in a process of its own, to its end.
 * @throws Error with the end of its stderr where it fails
 */
export async function runProgram(
  command: string,
  words: string[],
  { cwd, env, into, signal }: Run,
): Promise<Turn & { stdout: string }> {
  const file = into === undefined ? undefined : openSync(into, 'w')
  const start = performance.now()
  const child = spawn(command, words, {
    cwd,
    env,
    signal,
    stdio: ['ignore', file ?? 'pipe', 'pipe'],
  })
  const peak = watchMemory(child.pid)
  try {
    const said = Promise.all([child.stdout ? text(child.stdout) : '', text(child.stderr!)])
    const [code] = (await once(child, 'exit')) as [number | null]
    const seconds = (performance.now() - start) / 1000
    const [stdout, stderr] = await said
    if (code !== 0) {
      throw new Error(
        `${command} ${words.join(' ')} ended with ${code}: ${stderr.trim().slice(-2000)}`,
      )
    }
    return { seconds, peakMemory: peak(), stdout }
  } finally {
    peak()
    if (file !== undefined) closeSync(file)
  }
}

const interval = 20

/** Looks at the memory of a process until it is asked for the peak. */
function watchMemory(pid: number | undefined): () => number | undefined {
  let peak: number | undefined
  const look = () => (peak = peakMemoryOf(pid) ?? peak)
  const timer = setInterval(look, interval)
  look()
  return () => {
    clearInterval(timer)
    return peak
  }
}

/**
 * The most memory that a living process ever held, in bytes; undefined where /proc does not tell. Not
 * resourceUsage().maxRSS: Linux counts what the parent held when it made the process.
 */
export function peakMemoryOf(pid: number | undefined): number | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? []
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
  } catch {
    return undefined
  }
}

/** A program of this folder that serves, until its stdin ends; so it never outlives who started it. */
export class ServingProgram {
  private constructor(
    private readonly child: ChildProcess,
    /** The line that it printed once it served. */
    readonly line: string,
  ) {}

  static async start([script, ...words]: string[], env: NodeJS.ProcessEnv = {}) {
    const all = ['-r', './tools/typescript.js', join('bench', script!), ...words]
    const child = spawn(process.execPath, all, {
      cwd: resolve(__dirname, '..'),
      env: { ...process.env, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    const ended = once(child, 'exit').then(() => {
      throw new Error(`${script} ended before it served.`)
    })
    ended.catch(() => {})
    const [line] = (await Promise.race([once(child.stdout, 'data'), ended])) as [Buffer]
    return new ServingProgram(child, line.toString())
  }

  get pid(): number | undefined {
    return this.child.pid
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return
    const ended = once(this.child, 'exit')
    this.child.stdin!.end()
    await ended
  }
}
