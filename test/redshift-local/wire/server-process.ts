import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { ServerState } from './serving'

/** A local Redshift, served by a process of its own, which other processes of the folder can find. */
export class ServerProcess {
  private constructor(
    readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(folder: string): Promise<ServerProcess> {
    const child = fork(join(__dirname, 'serving.ts'), [folder], {
      execArgv: ['-r', './tools/typescript.js'],
    })
    const [{ port }] = (await once(child, 'message')) as [ServerState]
    return new ServerProcess(child, port)
  }

  /** The most memory that it ever had, in bytes. */
  async peak(): Promise<number> {
    this.child.send('?')
    const [{ peak }] = (await once(this.child, 'message')) as [ServerState]
    return peak
  }

  async kill(): Promise<void> {
    const exited = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await exited
  }
}
