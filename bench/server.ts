import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface Address {
  host: string
  port: number
  user: string
  database: string
}

/** A local Redshift in a process of its own, so that its memory is its own. */
export interface Server {
  address: Address
  /** The most memory that the process ever held, in bytes; undefined where /proc does not tell. */
  peakMemory(): number | undefined
  stop(): Promise<void>
}

export async function startServer(folder: string, buckets: string): Promise<Server> {
  const words = ['-r', './tools/typescript.js', join(__dirname, 'serve.ts'), folder, buckets]
  const child = spawn(process.execPath, words, {
    cwd: resolve(__dirname, '..'),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const address = JSON.parse(await firstLine(child)) as Address
  return {
    address,
    peakMemory: () => peakMemoryOf(child.pid!),
    stop: () => stop(child),
  }
}

async function firstLine(child: ChildProcess): Promise<string> {
  const ended = once(child, 'exit').then(() => {
    throw new Error('The process of the local Redshift ended before it served.')
  })
  ended.catch(() => {})
  const [line] = (await Promise.race([once(child.stdout!, 'data'), ended])) as [Buffer]
  return line.toString()
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.stdin!.end()
  await ended
}

// Not resourceUsage().maxRSS: Linux counts what the parent held when it made the process.
function peakMemoryOf(pid: number): number | undefined {
  try {
    return peakMemoryIn(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return undefined
  }
}

/** The peak that the text of a /proc/PID/status tells, in bytes. */
export function peakMemoryIn(status: string): number | undefined {
  const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(status) ?? []
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
}
