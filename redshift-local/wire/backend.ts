import { connect } from 'node:net'
import { serialize } from 'pg-protocol'
import { LocalRedshiftError } from '../errors'
import { socketPath } from '../listen'
import { type Frame, FrameSocket } from './frames'
import { type Fields, readFields, readStrings } from './messages'

/** Where the engine listens: the folder of its Unix-domain socket. */
export type EngineAddress = string

/** The type of DataRow, as a byte. */
const dataRow = 'D'.charCodeAt(0)

/** Process number and secret of a session at the engine. */
export interface SessionKey {
  pid: number
  secret: number
}

/**
 * The engine's end of one client's session. Every message is answered before the next is sent, so
 * that what belongs to what is never in doubt.
 */
export class Backend {
  /** ReadyForQuery's status: I idle, T in a transaction block, E in a failed one. */
  status = 'I'
  /** After an error the engine skips all messages of the extended protocol up to Sync. */
  isSkipping = false
  readonly parameters = new Map<string, string>()
  /** What a CancelRequest must name. */
  key: SessionKey = { pid: 0, secret: 0 }
  #cancelling: Promise<void> | undefined

  private constructor(
    private readonly frames: FrameSocket,
    private readonly address: EngineAddress,
  ) {}

  /** @throws EngineRefusal when the engine refuses the start (a bad parameter, too many clients) */
  static async open(address: EngineAddress, startup: Record<string, string>): Promise<Backend> {
    const frames = await FrameSocket.connect(enginePath(address)).catch((cause: unknown) => {
      throw engineGone(cause)
    })
    const backend = new Backend(frames, address)
    try {
      await backend.send(serialize.startup(startup))
      await backend.#finishStartup()
      return backend
    } catch (error) {
      frames.socket.destroy()
      throw error
    }
  }

  /** @throws LocalRedshiftError when the engine has gone */
  async send(...messages: Buffer[]): Promise<void> {
    // A cancel that is late would hit what it was not meant for.
    if (this.#cancelling) await this.#cancelling
    try {
      for (const message of messages) await this.frames.write(message)
    } catch (cause) {
      throw engineGone(cause)
    }
  }

  /**
   * Sends a message without waiting until it is on its way, while others before it are few.
   * @param free is called when its bytes may change
   * @throws LocalRedshiftError when the engine has gone
   */
  async sendAhead(type: string, body: Buffer, free: () => void): Promise<void> {
    if (this.#cancelling) await this.#cancelling
    try {
      await this.frames.writeAhead(type, body, free)
    } catch (cause) {
      throw engineGone(cause)
    }
  }

  /**
   * The engine's next message.
   * @throws EngineRefusal with its last message when it ends the session, LocalRedshiftError when it has gone
   */
  async next(): Promise<Frame> {
    return this.#seen(await this.#frame())
  }

  /** The engine's next message, or all rows that have arrived, as one: to be passed on unread. */
  async nextToPass(): Promise<Frame> {
    return this.#seen((await this.frames.nextRun(dataRow)) ?? engineIsGone())
  }

  #seen(frame: Frame): Frame {
    if (frame.type === 'Z') {
      this.status = String.fromCharCode(frame.body[0]!)
      this.isSkipping = false
    }
    if (frame.type === 'E') {
      this.isSkipping = true
      const fields = readFields(frame.body)
      if (fields.S !== 'ERROR') throw new EngineRefusal({ ...fields, H: whatToDo })
    }
    return frame
  }

  /** Asks the engine to stop what this session runs; whether it does shows in the session's answers. */
  cancel(): Promise<void> {
    this.#cancelling = this.#requestCancel().finally(() => (this.#cancelling = undefined))
    return this.#cancelling
  }

  onGone(listener: () => void): void {
    this.frames.socket.once('close', listener)
  }

  get isGone(): boolean {
    return this.frames.socket.closed
  }

  close(): void {
    this.frames.end(serialize.end())
  }

  // The engine closes the connection of a CancelRequest once it has passed it on.
  async #requestCancel(): Promise<void> {
    const socket = connect(enginePath(this.address))
    socket.on('error', () => {}) // an engine that has gone runs nothing
    socket.write(serialize.cancel(this.key.pid, this.key.secret))
    socket.resume()
    await new Promise((resolve) => socket.once('close', resolve))
  }

  async #frame(): Promise<Frame> {
    return (await this.frames.next()) ?? engineIsGone()
  }

  async #finishStartup(): Promise<void> {
    for (;;) {
      const { type, body } = await this.#frame()
      if (type === 'E') throw new EngineRefusal(readFields(body))
      if (type === 'S') this.#noteParameter(body)
      if (type === 'K') this.key = { pid: body.readInt32BE(0), secret: body.readInt32BE(4) }
      if (type === 'Z') return
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

const whatToDo = 'Nothing half-done is kept: run the command again.'

function engineIsGone(): never {
  throw engineGone()
}

/** What a session is told that finds no engine. */
export function engineGone(cause?: unknown): LocalRedshiftError {
  return new LocalRedshiftError(`The engine of the local Redshift has stopped. ${whatToDo}`, {
    cause,
  })
}

function enginePath(folder: EngineAddress): string {
  return socketPath({ host: folder, port: 5432 })
}
