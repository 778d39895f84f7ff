import { serialize } from 'pg-protocol'
import { SqlError } from '../errors'
import { afterBulkWrite, rowsIn } from './bulk-writes'
import {
  answered,
  type ClientStatement,
  mainOf,
  readStatements,
  refuseInBlock,
} from './client-statement'
import type { SessionContext } from './context'
import { type Dialogue, extendedDialogue } from './dialogue'
import type { Frame } from './frames'
import { endSuspended, logged, tellOfStatements } from './logged'
import * as messages from './messages'
import { relay, sendNotices } from './relay'
import { isTransfer, performTransfer } from './transfer'

/** Facts D: the count is a signed number of two bytes there. */
const mostParameters = 32767

/** The extended protocol: statements that are parsed, bound and executed, up to a Sync. */
export class ExtendedQuery {
  /** After an error, everything up to Sync is skipped. */
  isSkipping = false

  readonly #dialogue: Dialogue
  readonly #statements = new Map<string, ClientStatement>()
  readonly #portals = new Map<string, ClientStatement>()

  constructor(private readonly session: SessionContext) {
    this.#dialogue = extendedDialogue(session.backend)
  }

  async Parse({ body }: Frame): Promise<void> {
    const { strings, end } = messages.readStrings(body, 2)
    const [name, text] = strings
    if (name === undefined || text === undefined) throw messages.malformed()
    const types = messages.readTypes(body.subarray(end))
    const read = this.#only(body.subarray(body.indexOf(0) + 1, end - 1))
    const statement = await answered(read, this.#dialogue)
    // The engine gets an empty statement for a COPY or UNLOAD, which the server carries out at Execute.
    const main = mainOf(statement, this.session.backend.status)
    const parse = serialize.parse({ name, text: isTransfer(statement) ? '' : main, types })
    await this.#exchange(parse, '1', statement)
    this.#statements.set(name, statement)
  }

  async Bind({ body, raw }: Frame): Promise<void> {
    const { strings, end } = messages.readStrings(body, 2)
    const [portal = '', name = ''] = strings
    if (messages.boundParameters(body.subarray(end)) > mostParameters) {
      const limit = `Prepared statement exceeds bind parameter limit ${mostParameters}.`
      throw new SqlError('08P01', limit)
    }
    await this.#exchange(raw, '2')
    const statement = this.#statements.get(name)
    // One that PREPARE made is the engine's alone.
    if (statement) this.#portals.set(portal, statement)
    else this.#portals.delete(portal)
  }

  async Describe({ raw }: Frame): Promise<void> {
    await this.#exchange(raw, 'Tn')
  }

  async Execute({ body, raw }: Frame): Promise<void> {
    const { client, backend } = this.session
    const [portal = ''] = messages.readStrings(body, 1).strings
    const statement = this.#portals.get(portal)
    refuseInBlock(statement, backend.status === 'T')
    const execute = async () => {
      await backend.send(raw, serialize.flush())
      return relay(this.session, 'CIs', statement)
    }
    if (!statement) return client.write(await execute())
    const complete = await logged(this.session, statement, async () => {
      for (const sql of statement.before) await this.#dialogue.quiet(sql)
      await tellOfStatements(this.session, statement, this.#dialogue)
      return this.#finish(statement, await execute())
    })
    await client.write(complete)
  }

  async Close({ body, raw }: Frame): Promise<void> {
    const [name = ''] = messages.readStrings(body.subarray(1), 1).strings
    const isPortal = body[0] === 'P'.charCodeAt(0)
    ;(isPortal ? this.#portals : this.#statements).delete(name)
    await this.#exchange(raw, '3')
  }

  async Sync(): Promise<void> {
    const { client, backend } = this.session
    this.isSkipping = false
    await backend.send(serialize.sync())
    await relay(this.session, 'Z').finally(() => {
      if (backend.status !== 'I') return
      this.#portals.clear()
      endSuspended(this.session)
    })
    await client.write(messages.ReadyForQuery(backend.status))
  }

  /** After an error that the engine does not know of: it, too, skips everything up to Sync. */
  async failTransaction(): Promise<void> {
    if (this.session.backend.isSkipping) return
    await this.#dialogue.quiet('refused by the local Redshift').catch(() => {})
  }

  /** @param complete CommandComplete, or PortalSuspended, or EmptyQueryResponse */
  async #finish(statement: ClientStatement, complete: Buffer): Promise<Buffer> {
    const { after, fills } = statement
    if (isTransfer(statement)) return performTransfer(this.session, statement, this.#dialogue)
    if (complete[0] !== 'C'.charCodeAt(0)) return complete
    for (const sql of after) await this.#dialogue.quiet(sql)
    if (fills !== undefined) await afterBulkWrite(fills, rowsIn(complete), this.#dialogue)
    await sendNotices(this.session, statement)
    return complete
  }

  async #exchange(message: Buffer, ends: string, statement?: ClientStatement): Promise<void> {
    const { client, backend } = this.session
    await backend.send(message, serialize.flush())
    await client.write(await relay(this.session, ends, statement))
  }

  #only(text: Buffer): ClientStatement {
    const [statement, ...more] = readStatements(text, this.session.view)
    if (statement === undefined || more.length > 0) {
      throw new SqlError('42601', 'cannot insert multiple commands into a prepared statement')
    }
    return statement
  }
}
