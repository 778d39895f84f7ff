import type { Socket } from 'node:net'
import type { Pool } from 'pg'
import type { StatementLog } from '../catalog/statement-log'
import { databaseName } from '../dialect/names'
import { asRedshiftSays } from '../dialect/server-errors'
import { newSession, type SessionView } from '../dialect/parse'
import { LocalRedshiftError, SqlError } from '../errors'
import { Backend, type EngineAddress, EngineRefusal, type SessionKey } from './backend'
import type { OpenObjectStore, Ran, SessionContext } from './context'
import { ExtendedQuery } from './extended-query'
import { type Frame, FrameSocket } from './frames'
import type { LateBinding } from './late-binding'
import * as messages from './messages'
import { ConnectionClosed } from './outgoing'
import { signIn } from './sign-in'
import { SimpleQuery } from './simple-query'
import { type Startup, startupOf } from './startup'
import type { OpenTls } from './tls'

/** What all sessions of a server share. */
export interface Services {
  engine: EngineAddress
  log: Pool
  statements: StatementLog
  openObjectStore: OpenObjectStore
  lateBinding: LateBinding
  /** How long a client may take to sign in, in milliseconds. */
  signInTimeout: number
  /** Cancels what the session of this key runs. */
  cancel: (key: SessionKey) => Promise<void>
}

/** What awaits a client where it comes in. */
export interface Door {
  /** What it has to know; undefined: nothing. */
  password?: string | undefined
  /** For a client that asks for TLS; undefined: it is declined. */
  openTls?: OpenTls
}

/** Messages that the protocol lets a client send (53.7), by their type bytes. */
type Handler = (frame: Frame) => Promise<void>

/** What is answered with ReadyForQuery, come what may. */
const readyBehind = ['Q', 'F', 'S']

/** One client, from its first message to its last. */
export class ClientSession implements SessionContext {
  readonly client: FrameSocket
  readonly log: Pool
  readonly statements: StatementLog
  ran: Ran = { user: '', label: '' }
  readonly openObjectStore: OpenObjectStore
  backend!: Backend
  view: SessionView
  transferUnderWay: AbortController | undefined

  #simple!: SimpleQuery
  #extended!: ExtendedQuery
  #isBusy = false

  readonly #handlers: Record<string, Handler> = {
    Q: (frame) => this.#simple.Query(frame),
    F: () => this.#simple.FunctionCall(),
    P: (frame) => this.#extended.Parse(frame),
    B: (frame) => this.#extended.Bind(frame),
    D: (frame) => this.#extended.Describe(frame),
    E: (frame) => this.#extended.Execute(frame),
    C: (frame) => this.#extended.Close(frame),
    S: () => this.#extended.Sync(),
    // Flush: every message is answered at once.
    H: async () => {},
    // CopyData, CopyDone and CopyFail: there is no COPY that takes them.
    d: async () => {},
    c: async () => {},
    f: async () => {},
  }

  constructor(
    socket: Socket,
    private readonly services: Services,
    private readonly door: Door = {},
  ) {
    this.client = new FrameSocket(socket)
    this.log = services.log
    this.statements = services.statements
    this.openObjectStore = services.openObjectStore
    this.view = {
      ...newSession,
      lastQueryId: () => this.statements.lastQuery(this.backend.key.pid),
      lateBinding: services.lateBinding,
    }
  }

  /** Serves the client until it leaves. Never throws. */
  async run(): Promise<void> {
    try {
      const startup = await this.#signIn()
      if (startup === undefined) return
      await this.#open(startup)
      await this.#serve()
    } catch (error) {
      if (!(error instanceof ConnectionClosed)) this.#sayLast(lastFields(error))
    } finally {
      this.backend?.close()
      this.client.end()
    }
  }

  /** True for the session that a CancelRequest of this key means. */
  has({ pid, secret }: SessionKey): boolean {
    const key = this.backend?.key
    return key?.pid === pid && key.secret === secret
  }

  /** What a CancelRequest asks for: done when what was under way has been told to stop. */
  async cancel(): Promise<void> {
    if (!this.#isBusy) return
    this.transferUnderWay?.abort()
    await this.backend.cancel()
  }

  /** Ends the session from our side. */
  dismiss(): void {
    const M = 'The local Redshift is being stopped.'
    this.#sayLast({ S: 'FATAL', C: '57P01', M })
    this.client.socket.destroy()
  }

  /** What the client asks for; undefined where there is no session to serve, or it takes too long. */
  async #signIn(): Promise<(Startup & { role: string }) | undefined> {
    const timeout = setTimeout(() => this.client.socket.destroy(), this.services.signInTimeout)
    try {
      const { password, openTls } = this.door
      const startup = await startupOf(this.client, this.services.cancel, openTls)
      if (startup === undefined) return undefined
      await this.client.write(startup.offer)
      const role = await signIn(this.client, startup.user, this.log, password)
      return { ...startup, role }
    } finally {
      clearTimeout(timeout)
    }
  }

  async #open({ role, database, parameters, greeting }: Startup & { role: string }): Promise<void> {
    if (database !== databaseName) {
      const severity = 'FATAL'
      throw new SqlError('3D000', `database "${database}" does not exist`, { severity })
    }
    this.backend = await Backend.open(this.services.engine, { ...parameters, user: role })
    this.ran.user = role
    this.#simple = new SimpleQuery(this)
    this.#extended = new ExtendedQuery(this)
    this.backend.onGone(() => this.client.stop())
    // A client that goes away in the middle of its statement leaves nothing running.
    this.client.socket.once('close', () => void this.cancel())
    await this.client.write(greeting(this.backend))
  }

  async #serve(): Promise<void> {
    for (;;) {
      const frame = await this.client.next()
      if (this.backend.isGone) await this.backend.next() // which throws its last message
      if (frame === undefined || frame.type === 'X') return
      if (this.#extended.isSkipping && frame.type !== 'S') continue
      this.#isBusy = true
      if (this.backend.status === 'I') this.ran.xid = undefined
      await this.#answer(frame).catch((error: unknown) => this.#refuse(frame, error))
      this.#isBusy = false
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
  async #refuse({ type }: Frame, error: unknown): Promise<void> {
    const fields = fieldsOf(error, this.backend.key.pid)
    if (fields === undefined || fields.S !== 'ERROR') throw error
    const isReady = readyBehind.includes(type)
    if (!(error instanceof EngineRefusal)) {
      await (isReady ? this.#simple : this.#extended).failTransaction()
    }
    await this.client.write(messages.ErrorResponse(fields))
    if (isReady) await this.client.write(messages.ReadyForQuery(this.backend.status))
    else this.#extended.isSkipping = true
  }

  // Without waiting: nothing follows, and who does not read shall hold up nobody.
  #sayLast(fields: messages.Fields): void {
    this.client.end(messages.ErrorResponse(fields))
  }
}

/** What a client is told of `error`; undefined for one that ends the session. */
function fieldsOf(error: unknown, pid?: number): messages.Fields | undefined {
  if (error instanceof SqlError) return messages.errorFields(error)
  if (error instanceof EngineRefusal) return asRedshiftSays(error.fields, pid)
  return undefined
}

/** What a client is told of an error that ends its session. */
function lastFields(error: unknown): messages.Fields {
  const M = error instanceof Error ? error.message : String(error)
  const C = error instanceof LocalRedshiftError ? '57P01' : 'XX000'
  return { ...(fieldsOf(error) ?? { C, M }), S: 'FATAL' }
}
