import { once } from 'node:events'
import { type Socket, connect } from 'node:net'
import { serialize } from 'pg-protocol'

/** One message of the server. */
export interface Reply {
  type: string
  body: Buffer
}

/** A client that shows what goes over the wire. */
export class RawClient {
  /** How many bytes have come that are not asked for yet. */
  unread = 0
  pid = 0
  secret = 0
  #received: Buffer = Buffer.alloc(0)
  /** What came behind it, which is put together once there is enough. */
  #chunks: Buffer[] = []
  #wake = () => {}

  private constructor(readonly socket: Socket) {
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk)
      this.unread += chunk.length
      this.#wake()
    })
    socket.on('close', () => this.#wake())
  }

  static async connect(port: number): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1').setNoDelay(true)
    await once(socket, 'connect')
    return new RawClient(socket)
  }

  /** Signs in, and returns all that the server says to it. */
  async signIn(parameters: Record<string, string>): Promise<Reply[]> {
    this.socket.write(serialize.startup(parameters))
    const replies = await this.replies()
    const key = replies.find(({ type }) => type === 'K')!.body
    this.pid = key.readInt32BE(0)
    this.secret = key.readInt32BE(4)
    return replies
  }

  send(...messages: Buffer[]): void {
    this.socket.write(Buffer.concat(messages))
  }

  /** Sends in one write. @returns what is answered, up to ReadyForQuery, in words */
  async ask(...messages: Buffer[]): Promise<string[]> {
    this.send(...messages)
    return (await this.replies()).map(inWords)
  }

  query(sql: string): Promise<string[]> {
    return this.ask(serialize.query(sql))
  }

  /** What is answered up to the `count`th message of the type. */
  async replies(last = 'Z', count = 1): Promise<Reply[]> {
    const all: Reply[] = []
    for (let left = count; left > 0;) {
      const reply = await this.reply()
      if (reply === undefined) throw new Error(`closed behind ${all.map(inWords).join(', ')}`)
      all.push(reply)
      if (reply.type === last) left--
    }
    return all
  }

  /** What is said until the server closes the connection, in words. */
  async lastReplies(): Promise<string[]> {
    const all: string[] = []
    for (let reply = await this.reply(); reply; reply = await this.reply()) all.push(inWords(reply))
    return all
  }

  /** The next message; undefined when the server closes the connection. */
  async reply(): Promise<Reply | undefined> {
    if (!(await this.#arrived(5))) return undefined
    const length = this.#received.readInt32BE(1)
    if (!(await this.#arrived(1 + length))) return undefined
    const [type = 0] = this.#take(1)
    this.#take(4)
    return { type: String.fromCharCode(type), body: this.#take(length - 4) }
  }

  /** The next bytes, as they come. */
  async bytes(length: number): Promise<Buffer | undefined> {
    return (await this.#arrived(length)) ? this.#take(length) : undefined
  }

  #take(length: number): Buffer {
    const taken = this.#received.subarray(0, length)
    this.#received = this.#received.subarray(length)
    this.unread -= taken.length
    return taken
  }

  async #arrived(length: number): Promise<boolean> {
    while (this.unread < length) {
      if (this.socket.closed) return false
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
    if (this.#received.length < length)
      this.#received = Buffer.concat([this.#received, ...this.#chunks.splice(0)])
    return true
  }
}

/** A message in words: its type, and what a reader wants to know of it. */
export function inWords({ type, body }: Reply): string {
  const texts = body.toString().split('\0')
  switch (type) {
    case 'E':
    case 'N':
      return `${type} ${fieldsOf(body).S} ${fieldsOf(body).C} ${fieldsOf(body).M}`
    case 'C':
      return `C ${texts[0]}`
    case 'D':
      return `D ${rowOf(body).join('|')}`
    case 'S':
      return `S ${texts[0]}=${texts[1]}`
    case 'Z':
      return `Z ${texts[0]}`
    default:
      return type
  }
}

/** The fields of an error or a notice, by their letters. */
export function fieldsOf(body: Buffer): Record<string, string> {
  const parts = body.toString().split('\0')
  const fields: Record<string, string> = {}
  for (const part of parts) if (part !== '') fields[part[0]!] = part.slice(1)
  return fields
}

export function rowOf(body: Buffer): (string | null)[] {
  const row: (string | null)[] = []
  for (let at = 2; row.length < body.readInt16BE(0);) {
    const length = body.readInt32BE(at)
    row.push(length < 0 ? null : body.toString('utf8', at + 4, at + 4 + length))
    at += 4 + Math.max(length, 0)
  }
  return row
}
