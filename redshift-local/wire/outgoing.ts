import type { Socket } from 'node:net'

/** So many bytes are gathered before they are sent. */
const chunkSize = 64 * 1024

/** From so many bytes on, copying costs more than a call of its own. */
const large = 32 * 1024

/** So many messages are written ahead while the other side takes the first of them. */
const mostAhead = 4

/** Chunks that are free, for all connections: a result would else leave as much to collect as it is long. */
const spare: Buffer[] = []
const mostSpare = 64

/** What goes out on a connection: small messages are sent together. */
export class Outgoing {
  #chunk: Buffer | undefined
  #end = 0
  #scheduled: NodeJS.Immediate | undefined
  readonly #ahead: Promise<void>[] = []

  constructor(private readonly socket: Socket) {}

  /**
   * Sends, soon, and waits while the other side does not keep up. The bytes may change when it is done.
   * @throws ConnectionClosed
   */
  async write(bytes: Buffer): Promise<void> {
    const { socket } = this
    if (bytes.length === 0) return
    if (!socket.writable) throw new ConnectionClosed()
    if (socket.writableNeedDrain) await this.#drained()
    if (bytes.length >= large) return this.#writeLarge(bytes)
    if (bytes.length > chunkSize - this.#end) this.flush()
    this.#chunk ??= spare.pop() ?? Buffer.allocUnsafeSlow(chunkSize)
    this.#end += bytes.copy(this.#chunk, this.#end)
    this.#scheduled ??= setImmediate(this.#look, this.#end)
  }

  /**
   * Sends a message, its body as it lies, and waits only while `mostAhead` of them have not been taken.
   * @param free is called when the bytes may change
   * @throws ConnectionClosed
   */
  async writeAhead(type: string, body: Buffer, free: () => void): Promise<void> {
    const { socket } = this
    if (!socket.writable) throw new ConnectionClosed()
    this.flush()
    const head = Buffer.allocUnsafe(5)
    head.write(type, 'latin1')
    head.writeInt32BE(4 + body.length, 1)
    socket.cork()
    socket.write(head)
    const taken = new Promise<void>((resolve) => {
      socket.write(body, () => {
        free()
        resolve()
      })
    })
    socket.uncork()
    if (this.#ahead.push(taken) === mostAhead) await this.#ahead.shift()
  }

  /** Sends what has been gathered. */
  readonly flush = (): void => {
    const chunk = this.#chunk
    if (chunk === undefined) return
    this.#chunk = undefined
    clearImmediate(this.#scheduled)
    this.#scheduled = undefined
    this.socket.write(chunk.subarray(0, this.#end), () => {
      if (spare.length < mostSpare) spare.push(chunk)
    })
    this.#end = 0
  }

  /** Sends where nothing more came in the last turn. */
  readonly #look = (before: number): void => {
    if (this.#end > before) this.#scheduled = setImmediate(this.#look, this.#end)
    else this.flush()
  }

  #writeLarge(bytes: Buffer): Promise<void> {
    this.flush()
    return new Promise((resolve, reject) => {
      this.socket.write(bytes, (error) => (error ? reject(new ConnectionClosed()) : resolve()))
    })
  }

  #drained(): Promise<void> {
    const { socket } = this
    return new Promise((resolve, reject) => {
      const proceed = () => {
        socket.off('drain', proceed).off('close', proceed)
        if (socket.writable) resolve()
        else reject(new ConnectionClosed())
      }
      socket.once('drain', proceed).once('close', proceed)
      if (!socket.writableNeedDrain) proceed()
    })
  }
}

/** The other side went away in the middle. */
export class ConnectionClosed extends Error {
  override name = 'ConnectionClosed'
  constructor() {
    super('the connection was closed')
  }
}
