import { once } from 'node:events'
import type { Socket } from 'node:net'
import { SqlError } from '../errors'

/** One protocol message: its type byte as a character, its body, and the bytes as they came. */
export interface Frame {
  type: string
  body: Buffer
  raw: Buffer
}

// Facts D: a statement may have 16 MB; nothing that a client sends is larger.
const largestFrame = 64 * 1024 * 1024

/**
 * One end of a PostgreSQL connection, as frames. Reads only when asked and waits when the other side
 * is slow, so that a result of any size passes through in bounded memory.
 */
export class FrameSocket {
  #held: Buffer = Buffer.alloc(0)
  readonly #chunks: AsyncIterator<Buffer>

  constructor(readonly socket: Socket) {
    socket.setNoDelay(true)
    socket.on('error', () => {}) // a broken connection is told by the end of its frames
    this.#chunks = socket[Symbol.asyncIterator]() as AsyncIterator<Buffer>
  }

  /** The next message, or undefined at the end of the stream. */
  async next(): Promise<Frame | undefined> {
    if (!(await this.#hold(5))) return undefined
    const length = this.#held.readInt32BE(1)
    if (length < 4 || length > largestFrame) {
      throw new SqlError('08P01', `invalid message length ${length}`, { severity: 'FATAL' })
    }
    if (!(await this.#hold(1 + length))) return undefined
    return frameOf(this.#take(1 + length))
  }

  /** The first message of a client, which has no type byte: its body, or undefined at the end. */
  async nextStartup(): Promise<Buffer | undefined> {
    if (!(await this.#hold(4))) return undefined
    const length = this.#held.readInt32BE(0)
    if (length < 8 || length > 10_000) {
      throw new SqlError('08P01', 'invalid length of startup packet', { severity: 'FATAL' })
    }
    return (await this.#hold(length)) ? this.#take(length).subarray(4) : undefined
  }

  /** All whole messages of one type that have arrived already, as they came; may be empty. */
  takeArrived(type: string): Buffer {
    const code = type.charCodeAt(0)
    let end = 0
    while (this.#held.length >= end + 5 && this.#held[end] === code) {
      const next = end + 1 + this.#held.readInt32BE(end + 1)
      if (next > this.#held.length) break
      end = next
    }
    return this.#take(end)
  }

  /** Sends, and waits while the other side does not keep up. */
  async write(bytes: Buffer): Promise<void> {
    if (bytes.length === 0 || this.socket.write(bytes)) return
    const closed = new AbortController()
    const close = () => closed.abort()
    this.socket.once('close', close)
    try {
      await once(this.socket, 'drain', { signal: closed.signal })
    } catch (cause) {
      throw new ConnectionClosed({ cause })
    } finally {
      this.socket.off('close', close)
    }
  }

  async #hold(length: number): Promise<boolean> {
    if (this.#held.length >= length) return true
    const parts = [this.#held]
    let size = this.#held.length
    while (size < length) {
      const chunk = await this.#chunk()
      if (chunk === undefined) return false
      parts.push(chunk)
      size += chunk.length
    }
    this.#held = Buffer.concat(parts, size)
    return true
  }

  async #chunk(): Promise<Buffer | undefined> {
    try {
      const result = await this.#chunks.next()
      return result.done ? undefined : result.value
    } catch (cause) {
      throw new ConnectionClosed({ cause })
    }
  }

  #take(length: number): Buffer {
    const taken = this.#held.subarray(0, length)
    this.#held = this.#held.subarray(length)
    return taken
  }
}

/** The other side went away in the middle. */
export class ConnectionClosed extends Error {
  override name = 'ConnectionClosed'
  constructor(options?: ErrorOptions) {
    super('the connection was closed', options)
  }
}

function frameOf(raw: Buffer): Frame {
  return { type: String.fromCharCode(raw[0]!), body: raw.subarray(5), raw }
}
