import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { SqlError } from '../errors'

/** One protocol message: its type byte as a character, its body, and the bytes as they came. */
export interface Frame {
  type: string
  body: Buffer
  raw: Buffer
}

// A statement of more than 16 MB is refused (facts D) with words of its own, so it has to come in.
const largestFrame = 64 * 1024 * 1024

/** What is read ahead of who asks for it, in bytes. */
const readAhead = 256 * 1024

/** So many messages are written while the other side takes the first of them. */
const mostAhead = 4

/**
 * One end of a PostgreSQL connection, as frames. Reads little ahead and waits when the other side is
 * slow, so that a result of any size passes through in bounded memory.
 */
export class FrameSocket {
  #held: Buffer = Buffer.alloc(0)
  #arrived: Buffer[] = []
  #arrivedBytes = 0
  readonly #ahead: Promise<void>[] = []
  #ended = false
  #wake: (() => void) | undefined
  #socket: Socket

  constructor(socket: Socket) {
    socket.setNoDelay(true)
    this.#socket = socket
    this.#listen()
  }

  get socket(): Socket {
    return this.#socket
  }

  #listen(): void {
    const socket = this.#socket
    socket.on('error', () => {}) // a broken connection is told by the end of its frames
    // Not by asking for each chunk: the end has to show while nobody asks, in the middle of a query.
    socket.on('data', this.#take)
    socket.once('end', this.stop)
    socket.once('close', this.stop)
  }

  /**
   * Goes on in TLS, as its server, behind `consent`. A handshake that fails ends the stream.
   * @throws SqlError where something came already that nobody has protected
   */
  async secure(consent: Buffer, secureContext: SecureContext): Promise<void> {
    if (this.#held.length + this.#arrivedBytes > 0) {
      const message = 'received unencrypted data after SSL request'
      throw new SqlError('08P01', message, { severity: 'FATAL' })
    }
    const { TLSSocket } = await import('node:tls')
    const plain = this.#socket
    plain.off('data', this.#take).off('end', this.stop).off('close', this.stop).pause()
    await this.write(consent)
    this.#socket = new TLSSocket(plain, { isServer: true, secureContext })
    this.#listen()
  }

  /** The next message, or undefined at the end of the stream. @param largest how long it may be, in bytes */
  async next(largest = largestFrame): Promise<Frame | undefined> {
    const length = await this.#frameAhead(largest)
    return length === undefined ? undefined : frameOf(this.#give(length))
  }

  /**
   * The next message; where it is of the type `code`, with all whole messages of that type that have arrived
   * right behind it, as they came: these are one frame, of which nobody reads the body.
   */
  async nextRun(code: number): Promise<Frame | undefined> {
    const first = await this.#frameAhead(largestFrame)
    if (first === undefined) return undefined
    return frameOf(this.#give(this.#held[0] === code ? this.#endOfRun(code) : first))
  }

  /** The first message of a client, which has no type byte: its body, or undefined at the end. */
  async nextStartup(): Promise<Buffer | undefined> {
    if (!(await this.#hold(4))) return undefined
    const length = this.#held.readInt32BE(0)
    if (length < 8 || length > 10_000) {
      throw new SqlError('08P01', 'invalid length of startup packet', { severity: 'FATAL' })
    }
    return (await this.#hold(length)) ? this.#give(length).subarray(4) : undefined
  }

  /** Sends, and waits while the other side does not keep up. @throws ConnectionClosed */
  async write(bytes: Buffer): Promise<void> {
    if (bytes.length === 0) return
    if (!this.socket.writable) throw new ConnectionClosed()
    if (!this.socket.write(bytes)) await this.#drained()
  }

  /**
   * Sends a message, its body as it lies, and waits only while `mostAhead` of them have not been taken.
   * @param free is called when the bytes may change
   * @throws ConnectionClosed
   */
  async writeAhead(type: string, body: Buffer, free: () => void): Promise<void> {
    const { socket } = this
    if (!socket.writable) throw new ConnectionClosed()
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

  /** Whoever waits for a message that has not come learns that none will. */
  readonly stop = (): void => {
    this.#ended = true
    this.#wake?.()
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

  readonly #take = (chunk: Buffer): void => {
    this.#arrived.push(chunk)
    this.#arrivedBytes += chunk.length
    if (this.#wake) this.#wake()
    else if (this.#arrivedBytes > readAhead) this.socket.pause()
  }

  async #hold(length: number): Promise<boolean> {
    while (this.#held.length + this.#arrivedBytes < length) {
      if (this.#ended) return false
      this.socket.resume()
      await new Promise<void>((resolve) => (this.#wake = resolve))
      this.#wake = undefined
    }
    if (this.#held.length < length) this.#join()
    return true
  }

  /** Holds the next message whole. @returns its length; undefined at the end of the stream */
  async #frameAhead(largest: number): Promise<number | undefined> {
    if (!(await this.#hold(5))) return undefined
    const length = this.#held.readInt32BE(1)
    if (length < 4 || length > largest) {
      throw new SqlError('08P01', `invalid message length ${length}`, { severity: 'FATAL' })
    }
    return (await this.#hold(1 + length)) ? 1 + length : undefined
  }

  /** Where the last whole message of the type ends in what is held. */
  #endOfRun(code: number): number {
    const held = this.#held
    let end = 0
    while (held.length >= end + 5 && held[end] === code) {
      const next = end + 1 + held.readInt32BE(end + 1)
      if (next > held.length) break
      end = next
    }
    return end
  }

  #join(): void {
    const [first, ...others] =
      this.#held.length > 0 ? [this.#held, ...this.#arrived] : this.#arrived
    this.#held = others.length > 0 ? Buffer.concat([first!, ...others]) : first!
    this.#arrived = []
    this.#arrivedBytes = 0
    this.socket.resume()
  }

  #give(length: number): Buffer {
    const given = this.#held.subarray(0, length)
    this.#held = this.#held.subarray(length)
    return given
  }
}

/** The other side went away in the middle. */
export class ConnectionClosed extends Error {
  override name = 'ConnectionClosed'
  constructor() {
    super('the connection was closed')
  }
}

function frameOf(raw: Buffer): Frame {
  return { type: String.fromCharCode(raw[0]!), body: raw.subarray(5), raw }
}
