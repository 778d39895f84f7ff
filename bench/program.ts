import { existsSync, mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

/** A benchmark: `--events N` of so many, in a folder that is removed in the end; it gives its report. */
interface Benchmark {
  name: string
  /** How many events it takes for `--events`, and without. */
  form: RegExp
  events: string
  run: (folder: string, events: number) => Promise<string>
}

/** Runs a benchmark as a program: its report to stdout, a fault to stderr. */
export function program(benchmark: Benchmark): void {
  runIn(benchmark).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode ??= 1
  })
}

async function runIn({ name, form, events: usual, run }: Benchmark): Promise<void> {
  const { events } = parseArgs({ options: { events: { type: 'string', default: usual } } }).values
  if (!form.test(events)) {
    throw new Error(`--events is "${events}": a number of events is expected, such as ${usual}`)
  }
  const folder = mkdtempSync(join(tmpdir(), `${name}-`))
  try {
    console.log(await run(folder, Number(events)))
  } finally {
    await remove(folder)
  }
}

/** Removes the folder once the engine, which stops by itself, has let go of it. */
async function remove(folder: string): Promise<void> {
  const lock = join(folder, 'data', 'postgres', 'postmaster.pid')
  for (let waited = 0; existsSync(lock) && waited < 10_000; waited += 20) await sleep(20)
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}
