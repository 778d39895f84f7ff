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
  /** After an error the engine passes over all messages of the extended protocol up to Sync. */
  isSkipping = false
  readonly parameters = new Map<string, string>()
  /** Process number and secret of this session: what a CancelRequest must name. */
  key = { pid: 0, secret: 0 }
  #cancelling: Promise<void> | undefined

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
    try {
      await backend.send(serialize.startup(startup))
      await backend.#finishStartup()
      return backend
    } catch (error) {
      socket.destroy()
      throw error
    }
  }

  /** @throws LocalRedshiftError when the engine has gone */
  async send(...messages: Buffer[]): Promise<void> {
    // A cancel that is late would hit what it was not meant for.
    if (this.#cancelling) await this.#cancelling
    try {
      await this.frames.write(messages.length === 1 ? messages[0]! : Buffer.concat(messages))
    } catch (cause) {
      throw engineGone(cause)
    }
  }

  /**
   * The engine's next message.
   * @throws EngineRefusal with its last word when it ends the session, LocalRedshiftError when it has gone
   */
  async next(): Promise<Frame> {
    const frame = await this.#frame()
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

  /** The rows that have arrived already, as they came. */
  arrivedRows(): Buffer {
    return this.frames.takeArrived('D')
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
    this.frames.socket.end(serialize.end())
    this.frames.socket.destroySoon()
  }

  // The engine closes the connection of a CancelRequest once it has passed it on.
  async #requestCancel(): Promise<void> {
    const socket = connect(socketPath(this.address))
    socket.on('error', () => {}) // an engine that has gone runs nothing
    socket.write(serialize.cancel(this.key.pid, this.key.secret))
    socket.resume()
    await new Promise((resolve) => socket.once('close', resolve))
  }

  async #frame(): Promise<Frame> {
    const frame = await this.frames.next()
    if (frame === undefined) throw engineGone()
    return frame
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

function engineGone(cause?: unknown): LocalRedshiftError {
  return new LocalRedshiftError(`The engine of the local Redshift has stopped. ${whatToDo}`, {
    cause,
  })
}

function socketPath(folder: EngineAddress): string {
  return join(folder, '.s.PGSQL.5432')
}

/**
 * How the server itself talks to the engine within a client's session: by the simple protocol where
 * the client does, and by the extended one where the client does, because there a Query message would
 * end the transaction that the client's Sync is to end.
 */
export interface Dialogue {
  /** Runs a statement that the client does not see. @returns its rows, as text, NULL as undefined */
  quiet: (sql: string) => Promise<Row[]>
  /** Runs a `COPY … FROM STDIN` with the rows that `feed` writes. When `feed` throws, none is loaded. */
  copyIn: (sql: string, feed: Feed) => Promise<void>
}

type Row = (string | undefined)[]
type Feed = (write: (rows: Buffer) => Promise<void>) => Promise<void>

/** The messages of one statement, before its data and behind it, and how its answer ends. */
interface Protocol {
  start: (sql: string) => Buffer[]
  finish: Buffer[]
  /** One for each answer: true for its last message. */
  ending: () => (frame: Frame) => boolean
}

export function simpleDialogue(backend: Backend): Dialogue {
  return dialogue(backend, {
    start: (sql) => [serialize.query(sql)],
    finish: [],
    ending:
      () =>
      ({ type }) =>
        type === 'Z',
  })
}

/** A name that no client gives to a statement or portal of its own. */
const name = 'of the local Redshift'

export function extendedDialogue(backend: Backend): Dialogue {
  return dialogue(backend, {
    // A statement that failed has stayed: closed first, its name is free.
    start: (sql) => [
      serialize.close({ type: 'S', name }),
      serialize.parse({ name, text: sql }),
      serialize.bind({ portal: name, statement: name }),
      serialize.execute({ portal: name }),
    ],
    finish: [serialize.close({ type: 'P', name }), serialize.flush()],
    // Two CloseCompletes have come, or an error, behind which nothing comes until the client's Sync.
    ending: () => {
      let closed = 0
      return ({ type }) => type === 'E' || (type === '3' && ++closed === 2)
    },
  })
}

function dialogue(backend: Backend, protocol: Protocol): Dialogue {
  return {
    async quiet(sql) {
      await backend.send(...protocol.start(sql), ...protocol.finish)
      return new Answer(backend, protocol).rows()
    },
    async copyIn(sql, feed) {
      await backend.send(...protocol.start(sql), serialize.flush())
      const answer = new Answer(backend, protocol)
      await answer.upTo('G')
      await feedEngine(backend, protocol, answer, feed)
    },
  }
}

/** What the engine says to one statement. */
class Answer {
  readonly #isEnd: (frame: Frame) => boolean
  readonly #rows: Row[] = []
  #refusal: EngineRefusal | undefined

  constructor(
    private readonly backend: Backend,
    protocol: Protocol,
  ) {
    this.#isEnd = protocol.ending()
  }

  /** Reads all that is left. @throws EngineRefusal */
  async rows(): Promise<Row[]> {
    await this.upTo()
    return this.#rows
  }

  /** Reads on to a message of this type, or else to the end. @throws EngineRefusal */
  async upTo(type?: string): Promise<void> {
    for (;;) {
      const frame = await this.backend.next()
      if (frame.type === 'E') this.#refusal = new EngineRefusal(readFields(frame.body))
      if (frame.type === 'D') this.#rows.push(rowOf(frame.body))
      if (this.#isEnd(frame) || frame.type === type) break
    }
    if (this.#refusal) throw this.#refusal
  }
}

async function feedEngine(
  backend: Backend,
  protocol: Protocol,
  answer: Answer,
  feed: Feed,
): Promise<void> {
  let answered = false // the engine speaks before CopyDone only to refuse
  const rest = answer.rows().finally(() => (answered = true))
  rest.catch(() => {})
  try {
    await feed(async (rows) => {
      if (answered) throw new EngineAnswered()
      await backend.send(serialize.copyData(rows))
    })
  } catch (error) {
    if (!answered) await backend.send(serialize.copyFail('refused'))
    const refusal = await rest.catch((reason: unknown) => reason)
    throw error instanceof EngineAnswered || refusal instanceof LocalRedshiftError ? refusal : error
  }
  await backend.send(serialize.copyDone(), ...protocol.finish)
  await rest
}

/** Stops a feed for which the engine has no more use. */
class EngineAnswered extends Error {}

function rowOf(body: Buffer): Row {
  const row: Row = []
  for (let at = 2; row.length < body.readInt16BE(0);) {
    const length = body.readInt32BE(at)
    at += 4
    row.push(length < 0 ? undefined : body.toString('utf8', at, at + length))
    if (length > 0) at += length
  }
  return row
}
