import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { SqlError } from '../errors'
import { Outgoing } from './outgoing'

/**
 * One protocol message: its type byte as a character, its body, and the bytes as they came. They are good until the
 * next message is asked for.
 */
export interface Frame {
  type: string
  body: Buffer
  raw: Buffer
}

// A statement of more than 16 MB is refused (facts D) with words of its own, so it has to come in.
const largestFrame = 64 * 1024 * 1024

/** What comes at once, at most. */
const readSize = 64 * 1024

/** What is read ahead of who asks for it, in bytes. */
const readAhead = 64 * 1024

/** Room for what is read ahead, what comes then, and the begin of a message. */
const usualRoom = readAhead + 2 * readSize

/** Where the kernel puts what the engine sends; read by all connections in turn. */
const readBuffer = Buffer.allocUnsafeSlow(readSize)

const nothing = Buffer.alloc(0)

/** Rooms that are free, for all connections. */
const spare: Buffer[] = []
const mostSpare = 32

/**
 * One end of a PostgreSQL connection, as frames. Reads little ahead and waits when the other side is
 * slow, so that a result of any size passes through in bounded memory.
 */
export class FrameSocket {
  /** What has come and is not taken yet lies from `#start` to `#end`. */
  #room: Buffer = nothing
  #start = 0
  #end = 0
  #isEnded = false
  #wake: (() => void) | undefined
  #socket: Socket
  #outgoing: Outgoing

  constructor(socket: Socket) {
    this.#socket = socket.setNoDelay(true)
    this.#outgoing = new Outgoing(socket)
    this.#listen()
  }

  /** Connects to a Unix-domain socket. Without a buffer for each read, since much comes from there. */
  static async connect(path: string): Promise<FrameSocket> {
    const callback = (length: number): boolean => {
      frames.#take(readBuffer.subarray(0, length))
      return true
    }
    const socket = connect({ path, onread: { buffer: readBuffer, callback } })
    const frames = new FrameSocket(socket)
    await once(socket, 'connect')
    return frames
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
    if (this.#start < this.#end) {
      const message = 'received unencrypted data after SSL request'
      throw new SqlError('08P01', message, { severity: 'FATAL' })
    }
    const { TLSSocket } = await import('node:tls')
    const plain = this.#socket
    plain.off('data', this.#take).off('end', this.stop).off('close', this.stop).pause()
    this.#outgoing.flush()
    plain.write(consent)
    this.#socket = new TLSSocket(plain, { isServer: true, secureContext })
    this.#outgoing = new Outgoing(this.#socket)
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
    const isRun = this.#room[this.#start] === code
    return frameOf(this.#give(isRun ? this.#endOfRun(code) : first))
  }

  /** The first message of a client, which has no type byte: its body, or undefined at the end. */
  async nextStartup(): Promise<Buffer | undefined> {
    if (!(await this.#hold(4))) return undefined
    const length = this.#room.readInt32BE(this.#start)
    if (length < 8 || length > 10_000) {
      throw new SqlError('08P01', 'invalid length of startup packet', { severity: 'FATAL' })
    }
    return (await this.#hold(length)) ? this.#give(length).subarray(4) : undefined
  }

  /**
   * Sends, at the latest when this end waits for the other, and waits while that does not keep up. The bytes may
   * change when it is done.
   * @throws ConnectionClosed
   */
  write(bytes: Buffer): Promise<void> {
    return this.#outgoing.write(bytes)
  }

  /** As `Outgoing` has it. */
  writeAhead(type: string, body: Buffer, free: () => void): Promise<void> {
    return this.#outgoing.writeAhead(type, body, free)
  }

  /** Ends the connection from this side, behind what has been written and these last bytes. */
  end(last: Buffer = nothing): void {
    this.#outgoing.flush()
    if (this.#socket.writable && last.length > 0) this.#socket.write(last)
    this.#socket.destroySoon()
  }

  /** Whoever waits for a message that has not come learns that none will. */
  readonly stop = (): void => {
    this.#isEnded = true
    this.#wake?.()
  }

  readonly #take = (chunk: Buffer): void => {
    if (this.#room.length - this.#end < chunk.length) this.#makeRoom(chunk.length)
    this.#end += chunk.copy(this.#room, this.#end)
    if (this.#wake) this.#wake()
    else if (this.#end - this.#start > readAhead) this.#socket.pause()
  }

  // What was given out of the old room stays good.
  #makeRoom(length: number): void {
    const held = this.#room.subarray(this.#start, this.#end)
    const needed = held.length + length
    const fits = needed <= usualRoom && spare.pop()
    this.#room = fits || Buffer.allocUnsafeSlow(needed <= usualRoom ? usualRoom : 2 * needed)
    this.#start = 0
    this.#end = held.copy(this.#room)
  }

  /** Whoever asks has done with what was given out before. */
  #tidy(): void {
    const held = this.#end - this.#start
    if (held > this.#start) return // to copy it would cost more than it frees
    this.#room.copyWithin(0, this.#start, this.#end)
    this.#start = 0
    this.#end = held
    if (held === 0 && this.#room.length > usualRoom) this.#room = nothing
  }

  /** Nothing is kept for a connection that is idle. */
  #leaveRoom(): void {
    if (this.#end > 0 || this.#room.length !== usualRoom) return
    if (spare.length < mostSpare) spare.push(this.#room)
    this.#room = nothing
  }

  async #hold(length: number): Promise<boolean> {
    while (this.#end - this.#start < length) {
      if (this.#isEnded) return false
      this.#outgoing.flush()
      this.#leaveRoom()
      this.#socket.resume()
      await new Promise<void>((resolve) => (this.#wake = resolve))
      this.#wake = undefined
    }
    return true
  }

  /** Holds the next message whole. @returns its length; undefined at the end of the stream */
  async #frameAhead(largest: number): Promise<number | undefined> {
    this.#tidy()
    if (!(await this.#hold(5))) return undefined
    const length = this.#room.readInt32BE(this.#start + 1)
    if (length < 4 || length > largest) {
      throw new SqlError('08P01', `invalid message length ${length}`, { severity: 'FATAL' })
    }
    return (await this.#hold(1 + length)) ? 1 + length : undefined
  }

  /** The length of all whole messages of the type that lie one behind the other. */
  #endOfRun(code: number): number {
    const room = this.#room
    let at = this.#start
    while (this.#end >= at + 5 && room[at] === code) {
      const next = at + 1 + room.readInt32BE(at + 1)
      if (next > this.#end) break
      at = next
    }
    return at - this.#start
  }

  #give(length: number): Buffer {
    const given = this.#room.subarray(this.#start, this.#start + length)
    this.#start += length
    return given
  }
}

function frameOf(raw: Buffer): Frame {
  return { type: String.fromCharCode(raw[0]!), body: raw.subarray(5), raw }
}
