import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'

const command = resolve(__dirname, '../../scripts/sparkify.js')

/** A `sparkify run` in a process of its own. */
export class Child {
  stderr = ''
  readonly #process: ChildProcess
  readonly ended: Promise<number | null>

  constructor(words: string[] = ['run']) {
    this.#process = spawn(process.execPath, [command, ...words], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, REPORT: 'none' },
    })
    this.#process.stderr!.setEncoding('utf8').on('data', (text: string) => (this.stderr += text))
    this.ended = once(this.#process, 'close').then(([code]) => code as number | null)
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null
  }

  /** Waits for the end. @throws Error with what it said, unless it exits with 0 */
  async done(): Promise<string> {
    const code = await this.ended
    if (code !== 0) throw new Error(`sparkify exited with ${code}: ${this.stderr}`)
    return this.stderr
  }

  /** Waits until it says something on stderr. */
  async says(words: RegExp): Promise<void> {
    while (!words.test(this.stderr)) {
      if (!this.isRunning) throw new Error(`sparkify ended before ${words}: ${this.stderr}`)
      await Promise.race([once(this.#process.stderr!, 'data'), this.ended])
    }
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.ended
  }
}
