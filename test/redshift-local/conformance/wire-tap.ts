import { connect, createServer, type Server } from 'node:net'

/** A message of a client's that asks something of the server. */
export interface Asked {
  /** Of which of the tapped connections. */
  connection: number
  sql: string
  values: (string | null)[]
  /** What the server said against it. */
  error?: string | undefined
}

/** Stands between clients and a server, and notes what the clients ask. */
export class WireTap {
  readonly asked: Asked[] = []
  readonly #server: Server
  #connections = 0

  /** @param target the server's socket */
  constructor(target: string) {
    this.#server = createServer((client) => {
      const upstream = connect(target)
      const tap = new ConnectionTap(this.#connections++, this.asked)
      client.on('data', (chunk) => tap.fromClient(chunk))
      upstream.on('data', (chunk) => tap.fromServer(chunk))
      client.pipe(upstream).pipe(client)
      for (const socket of [client, upstream]) socket.on('error', () => {})
    })
  }

  async listen(path: string): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(path, resolve))
  }

  close(): void {
    this.#server.close()
  }
}

class ConnectionTap {
  readonly #client = new Frames(true)
  readonly #server = new Frames(false)
  readonly #prepared = new Map<string, string>()
  #last: Asked | undefined

  constructor(
    readonly connection: number,
    readonly asked: Asked[],
  ) {}

  fromClient(chunk: Buffer): void {
    for (const { type, body } of this.#client.take(chunk)) {
      const texts = body.toString().split('\0')
      if (type === 'Q') this.#note(texts[0]!, [])
      if (type === 'P') this.#prepared.set(texts[0]!, texts[1]!)
      if (type === 'B') this.#note(this.#prepared.get(texts[1]!) ?? '', valuesOf(body))
    }
  }

  fromServer(chunk: Buffer): void {
    for (const { type, body } of this.#server.take(chunk)) {
      if (type !== 'E' || !this.#last) continue
      this.#last.error = body
        .toString()
        .split('\0')
        .find((field) => field.startsWith('M'))
    }
  }

  #note(sql: string, values: (string | null)[]): void {
    this.#last = { connection: this.connection, sql, values }
    this.asked.push(this.#last)
  }
}

/** Cuts bytes into messages; the first of a client has no type. */
class Frames {
  #rest: Buffer = Buffer.alloc(0)

  constructor(private isStart: boolean) {}

  *take(chunk: Buffer): Iterable<{ type: string; body: Buffer }> {
    this.#rest = Buffer.concat([this.#rest, chunk])
    for (;;) {
      const head = this.isStart ? 0 : 1
      if (this.#rest.length < head + 4) return
      const end = head + this.#rest.readInt32BE(head)
      if (this.#rest.length < end) return
      const type = this.isStart ? '' : String.fromCharCode(this.#rest[0]!)
      const body = this.#rest.subarray(head + 4, end)
      this.isStart = false
      this.#rest = this.#rest.subarray(end)
      yield { type, body }
    }
  }
}

/** The values of a Bind, which the project sends as texts. */
function valuesOf(body: Buffer): (string | null)[] {
  let at = body.indexOf(0, body.indexOf(0) + 1) + 1
  at += 2 + 2 * body.readInt16BE(at)
  const count = body.readInt16BE(at)
  at += 2
  return Array.from({ length: count }, () => {
    const length = body.readInt32BE(at)
    const value = length < 0 ? null : body.toString('utf8', at + 4, at + 4 + length)
    at += 4 + Math.max(length, 0)
    return value
  })
}
