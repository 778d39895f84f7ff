import type { Socket } from 'node:net'
import { serialize } from 'pg-protocol'
import type { Token } from '../dialect/tokens'
import type { SessionView, Statement } from '../dialect/translate'
import { translate } from '../dialect/translate'
import { asRedshiftSays } from '../dialect/server-errors'
import { LocalRedshiftError, SqlError } from '../errors'
import { Backend, EngineRefusal } from './backend'
import { performCopy } from './copy'
import { type Dialogue, extendedDialogue, simpleDialogue } from './dialogue'
import { ConnectionClosed, type Frame, FrameSocket } from './frames'
import * as messages from './messages'
import type { Services } from './server'
import { type Startup, passedParameter, startupOf } from './startup'

/** Messages that the protocol lets a client send (53.7), by their type bytes. */
type Handler = (frame: Frame) => Promise<void>

/** One client, from its first message to its last. */
export class Session {
  readonly client: FrameSocket
  backend!: Backend
  /** What pg_last_copy_id() and pg_last_copy_count() answer: the session's latest COPY. */
  lastCopy: SessionView = { lastCopyId: -1, lastCopyCount: 0 }
  /** Cancels the COPY under way; the engine cannot, while it waits for data. */
  copyUnderWay: AbortController | undefined

  readonly #statements = new Map<string, Statement>()
  readonly #portals = new Map<string, Statement>()
  #simple!: Dialogue
  #extended!: Dialogue
  /** After an error in the extended protocol, everything up to Sync is passed over. */
  #skipping = false

  readonly #handlers: Record<string, Handler> = {
    Q: (frame) => this.#Query(frame),
    P: (frame) => this.#Parse(frame),
    B: (frame) => this.#Bind(frame),
    D: (frame) => this.#exchange(frame.raw, 'Tn'),
    E: (frame) => this.#Execute(frame),
    C: (frame) => this.#Close(frame),
    H: async () => {},
    S: () => this.#Sync(),
    // Remains of a COPY that the server has ended already.
    d: async () => {},
    c: async () => {},
    f: async () => {},
  }

  constructor(
    socket: Socket,
    readonly services: Services,
  ) {
    this.client = new FrameSocket(socket)
  }

  /** Serves the client until it leaves. Never throws. */
  async run(): Promise<void> {
    try {
      const startup = await startupOf(this.client, this.services)
      if (startup === undefined) return
      await this.#open(startup)
      await this.#serve()
    } catch (error) {
      if (!(error instanceof ConnectionClosed)) await this.#lastWord(error)
    } finally {
      this.services.sessions.delete(this)
      this.backend?.close()
      this.client.socket.destroySoon()
    }
  }

  /** What a CancelRequest asks for. */
  cancel(): void {
    this.copyUnderWay?.abort()
    this.backend.cancel()
  }

  async #open({ parameters, greeting }: Startup): Promise<void> {
    this.backend = await Backend.open(this.services.engine, parameters)
    this.#simple = simpleDialogue(this.backend)
    this.#extended = extendedDialogue(this.backend)
    this.services.sessions.add(this)
    // A client that goes away in the middle of its statement leaves nothing running.
    this.client.socket.once('close', () => this.cancel())
    await this.client.write(greeting(this.backend))
  }

  async #serve(): Promise<void> {
    for (;;) {
      const frame = await this.client.next()
      if (frame === undefined || frame.type === 'X') return
      if (this.#skipping && frame.type !== 'S') continue
      await this.#answer(frame).catch((error: unknown) => this.#refuse(frame, error))
    }
  }

  async #answer(frame: Frame): Promise<void> {
    const handler = this.#handlers[frame.type]
    if (handler === undefined) {
      const severity = 'FATAL'
      throw new SqlError('08P01', `invalid frontend message type ${frame.type}`, { severity })
    }
    await handler(frame)
  }

  /** Tells the client of an error; the transaction that it stands in has failed with it. */
  async #refuse(frame: Frame, error: unknown): Promise<void> {
    const fields = fieldsOf(error)
    if (fields === undefined || fields.S === 'FATAL') throw error
    const isOurs = !(error instanceof EngineRefusal)
    if (isOurs) await this.#failTransaction(frame.type === 'Q')
    await this.client.write(messages.ErrorResponse(fields))
    if (frame.type === 'Q') await this.client.write(messages.ReadyForQuery(this.backend.status))
    else this.#skipping = true
  }

  async #failTransaction(isSimple: boolean): Promise<void> {
    if (isSimple && this.backend.status !== 'T') return
    const dialogue = isSimple ? this.#simple : this.#extended
    await dialogue.quiet('refused by the local Redshift').catch(() => {})
  }

  async #Query({ body }: Frame): Promise<void> {
    const [sql = ''] = messages.readStrings(body, 1).strings
    const statements = translate(sql, this.lastCopy)
    await this.#asOneTransaction(statements)
    await this.client.write(messages.ReadyForQuery(this.backend.status))
  }

  /**
   * Statements sent together are one transaction, as are the several that the engine runs for one of
   * the client's. The last statement is told complete only when they are committed.
   */
  async #asOneTransaction(statements: Statement[]): Promise<void> {
    let ours = false
    let complete: Buffer = Buffer.alloc(0)
    try {
      for (const statement of statements) {
        await this.client.write(complete)
        const needsBlock = statements.length > 1 || isSeveral(statement)
        if (statement.transaction) ours = ours && statement.transaction !== 'begin'
        else if (needsBlock && this.backend.status === 'I') {
          await this.#simple.quiet('begin')
          ours = true
        }
        complete = await this.#runSimple(statement)
      }
      if (ours && this.backend.status !== 'I') await this.#simple.quiet('commit')
    } catch (error) {
      if (ours && this.backend.status !== 'I') await this.#simple.quiet('rollback')
      throw error
    }
    await this.client.write(complete)
  }

  async #runSimple(statement: Statement): Promise<Buffer> {
    if (statement.copy) return this.#copy(statement.copy, this.#simple)
    if (statement.transaction === 'begin' && this.backend.status === 'T') {
      return messages.CommandComplete('BEGIN')
    }
    for (const sql of statement.before) await this.#simple.quiet(sql)
    await this.backend.send(serialize.query(statement.main))
    const complete = await this.#relay('Z', statement)
    for (const sql of statement.after) await this.#simple.quiet(sql)
    await this.#tell(statement.notices)
    return complete
  }

  async #Parse({ body }: Frame): Promise<void> {
    const { strings, end } = messages.readStrings(body, 2)
    const [name = '', sql = ''] = strings
    const [statement, ...more] = translate(sql, this.lastCopy)
    if (more.length > 0) {
      throw new SqlError('42601', 'cannot insert multiple commands into a prepared statement')
    }
    const types = Array.from({ length: body.readInt16BE(end) }, (_, i) =>
      body.readInt32BE(end + 2 + 4 * i),
    )
    // The engine gets an empty statement for a COPY, which the server carries out at Execute.
    const text = statement?.copy ? '' : (statement?.main ?? '')
    await this.#exchange(serialize.parse({ name, text, types }), '1')
    if (statement) this.#statements.set(name, statement)
    else this.#statements.delete(name)
  }

  async #Bind({ body, raw }: Frame): Promise<void> {
    const [portal = '', name = ''] = messages.readStrings(body, 2).strings
    await this.#exchange(raw, '2')
    const statement = this.#statements.get(name)
    if (statement) this.#portals.set(portal, statement)
    else this.#portals.delete(portal)
  }

  async #Execute({ body, raw }: Frame): Promise<void> {
    const [portal = ''] = messages.readStrings(body, 1).strings
    const statement = this.#portals.get(portal)
    if (statement?.copy) {
      await this.client.write(await this.#copy(statement.copy, this.#extended))
      return
    }
    for (const sql of statement?.before ?? []) await this.#extended.quiet(sql)
    await this.backend.send(raw, serialize.flush())
    const complete = await this.#relay('CIs', statement)
    for (const sql of statement?.after ?? []) await this.#extended.quiet(sql)
    await this.#tell(statement?.notices)
    await this.client.write(complete)
  }

  async #Close({ body, raw }: Frame): Promise<void> {
    const [name = ''] = messages.readStrings(body.subarray(1), 1).strings
    const isPortal = body[0] === 'P'.charCodeAt(0)
    ;(isPortal ? this.#portals : this.#statements).delete(name)
    await this.#exchange(raw, '3')
  }

  async #Sync(): Promise<void> {
    this.#skipping = false
    await this.backend.send(serialize.sync())
    await this.#relay('Z')
    if (this.backend.status === 'I') this.#portals.clear()
    await this.client.write(messages.ReadyForQuery(this.backend.status))
  }

  async #exchange(message: Buffer, ends: string): Promise<void> {
    await this.backend.send(message, serialize.flush())
    await this.client.write(await this.#relay(ends))
  }

  /**
   * Passes the engine's answer on, up to a message of the types `ends`, and returns what is to be sent
   * when the statement is complete. @throws EngineRefusal for its ErrorResponse
   */
  async #relay(ends: string, statement?: Statement): Promise<Buffer> {
    let complete: Buffer = Buffer.alloc(0)
    let refusal: EngineRefusal | undefined
    for (;;) {
      const frame = await this.backend.next()
      const { type, raw, body } = frame
      if (type === 'E') refusal = new EngineRefusal(messages.readFields(body))
      else if (type === 'D') await this.#passRows(raw)
      else if (type === 'C')
        complete = statement?.tag ? messages.CommandComplete(statement.tag) : raw
      else if (type === 'I' || type === 's') complete = raw
      else if (type === 'S') await this.client.write(passedParameter(body, raw))
      else if (type !== 'Z' && type !== 'A') await this.client.write(raw)
      if (ends.includes(type) || (refusal && !ends.includes('Z'))) break
    }
    if (refusal) throw refusal
    return complete
  }

  async #passRows(first: Buffer): Promise<void> {
    await this.client.write(first)
    await this.client.write(this.backend.arrivedRows())
  }

  async #copy(tokens: Token[], dialogue: Dialogue): Promise<Buffer> {
    this.copyUnderWay = new AbortController()
    try {
      await this.#tell(await performCopy(this, tokens, dialogue, this.copyUnderWay.signal))
      return messages.CommandComplete('COPY')
    } finally {
      this.copyUnderWay = undefined
    }
  }

  async #tell(notices: Statement['notices'] = []): Promise<void> {
    for (const { severity, message } of notices) {
      const fields = { S: severity, C: '00000', M: message }
      await this.client.write(messages.NoticeResponse(fields))
    }
  }

  async #lastWord(error: unknown): Promise<void> {
    const fields = fieldsOf(error) ?? {
      S: 'FATAL',
      C: error instanceof LocalRedshiftError ? '57P01' : 'XX000',
      M: error instanceof Error ? error.message : String(error),
    }
    await this.client.write(messages.ErrorResponse(fields)).catch(() => {})
  }
}

/** What a client is told of `error`; undefined for one that ends the session. */
function fieldsOf(error: unknown): messages.Fields | undefined {
  if (error instanceof SqlError) return messages.errorFields(error)
  if (error instanceof EngineRefusal) return asRedshiftSays(error.fields)
  return undefined
}

function isSeveral({ before, after, copy }: Statement): boolean {
  return before.length + after.length > 0 || copy !== undefined
}
