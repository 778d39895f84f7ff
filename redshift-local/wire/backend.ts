import { once } from 'node:events'
import { connect } from 'node:net'
import { join } from 'node:path'
import { serialize } from 'pg-protocol'
import { LocalRedshiftError } from '../errors'
import { type Frame, FrameSocket } from './frames'
import { type Fields, readFields, readStrings } from './messages'

/** Where the engine listens: the folder of its Unix-domain socket. */
export type EngineAddress = string

/**
 * The engine's end of one client's session. Every message is answered before the next is sent, so
 * that what belongs to what is never in doubt.
 */
export class Backend {
  /** ReadyForQuery's status: I idle, T in a transaction block, E in a failed one. */
  status = 'I'
  readonly parameters = new Map<string, string>()
  /** Process number and secret of this session: what a CancelRequest must name. */
  key = { pid: 0, secret: 0 }

  private constructor(
    private readonly frames: FrameSocket,
    private readonly address: EngineAddress,
  ) {}

  /** @throws EngineRefusal when the engine refuses the start (a bad parameter, too many clients) */
  static async open(address: EngineAddress, startup: Record<string, string>): Promise<Backend> {
    const socket = connect(socketPath(address))
    try {
      await once(socket, 'connect')
    } catch (cause) {
      throw engineGone(cause)
    }
    const backend = new Backend(new FrameSocket(socket), address)
    await backend.send(serialize.startup(startup))
    await backend.#finishStartup()
    return backend
  }

  async send(...messages: Buffer[]): Promise<void> {
    await this.frames.write(messages.length === 1 ? messages[0]! : Buffer.concat(messages))
  }

  /** The engine's next message. @throws LocalRedshiftError when it has gone */
  async next(): Promise<Frame> {
    const frame = await this.frames.next().catch((cause: unknown) => {
      throw engineGone(cause)
    })
    if (frame === undefined) throw engineGone()
    if (frame.type === 'Z') this.status = String.fromCharCode(frame.body[0]!)
    return frame
  }

  /** The rows that have arrived already, as they came. */
  arrivedRows(): Buffer {
    return this.frames.takeArrived('D')
  }

  /** Asks the engine to stop what this session runs; whether it does shows in the session's answers. */
  cancel(): void {
    const socket = connect(socketPath(this.address))
    socket.on('error', () => {})
    socket.end(serialize.cancel(this.key.pid, this.key.secret))
  }

  close(): void {
    this.frames.socket.end(serialize.end())
    this.frames.socket.destroySoon()
  }

  async #finishStartup(): Promise<void> {
    for (;;) {
      const frame = await this.next()
      if (frame.type === 'E') throw new EngineRefusal(readFields(frame.body))
      if (frame.type === 'S') this.#noteParameter(frame.body)
      if (frame.type === 'K') {
        this.key = { pid: frame.body.readInt32BE(0), secret: frame.body.readInt32BE(4) }
      }
      if (frame.type === 'Z') return
    }
  }

  #noteParameter(body: Buffer): void {
    const [name = '', value = ''] = readStrings(body, 2).strings
    this.parameters.set(name, value)
  }
}

/** The engine's own ErrorResponse. */
export class EngineRefusal extends Error {
  override name = 'EngineRefusal'
  constructor(readonly fields: Fields) {
    super(fields.M)
  }
}

function engineGone(cause?: unknown): LocalRedshiftError {
  return new LocalRedshiftError(
    'The engine of the local Redshift has stopped. Nothing half-done is kept: run the command again.',
    { cause },
  )
}

function socketPath(folder: EngineAddress): string {
  return join(folder, '.s.PGSQL.5432')
}
