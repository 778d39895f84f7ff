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
import { type Dialogue, simpleDialogue } from './dialogue'
import type { Frame } from './frames'
import { logged, tellOfStatements } from './logged'
import * as messages from './messages'
import { relay, sendNotices } from './relay'
import { isTransfer, performTransfer } from './transfer'

/** The simple protocol: a message with statements, and the answer to all of them. */
export class SimpleQuery {
  readonly #dialogue: Dialogue

  constructor(private readonly session: SessionContext) {
    this.#dialogue = simpleDialogue(session.backend)
  }

  async Query({ body }: Frame): Promise<void> {
    const { client, backend } = this.session
    if (body.length === 0 || body.indexOf(0) !== body.length - 1) throw messages.malformed()
    await this.#runAll(readStatements(body.subarray(0, -1), this.session.view))
    await client.write(messages.ReadyForQuery(backend.status))
  }

  FunctionCall(): Promise<void> {
    return Promise.reject(new SqlError('0A000', 'The function call protocol is not supported.'))
  }

  /** After an error that the engine does not know of. */
  async failTransaction(): Promise<void> {
    if (this.session.backend.status !== 'T') return
    await this.#dialogue.quiet('refused by the local Redshift').catch(() => {})
  }

  /**
   * Statements sent together are one transaction, as are the several that the engine runs for one of
   * the client's. The last statement is told complete only when they are committed.
   */
  async #runAll(statements: ClientStatement[]): Promise<void> {
    const { client, backend } = this.session
    let isOurs = false
    let complete: Buffer = Buffer.alloc(0)
    try {
      for (const read of statements) {
        await client.write(complete)
        const statement = await answered(read, this.#dialogue)
        refuseInBlock(statement, backend.status === 'T' || statements.length > 1)
        if (statement.transaction === 'begin' && isOurs) {
          complete = await this.#handOver(statement)
          isOurs = false
          continue
        }
        if (backend.status === 'I' && needsBlock(statement, statements.length)) {
          await this.#dialogue.quiet('begin')
          isOurs = true
        }
        complete = await logged(this.session, statement, () => this.#run(statement))
      }
      if (isOurs && backend.status !== 'I') await this.#dialogue.quiet('commit')
    } catch (error) {
      if (isOurs && backend.status !== 'I') await this.#dialogue.quiet('rollback')
      throw error
    }
    await client.write(complete)
  }

  /** BEGIN behind other statements: what they began is the client's block from now on. */
  async #handOver({ main, tag = 'BEGIN' }: ClientStatement): Promise<Buffer> {
    await this.#dialogue.quiet(main)
    return messages.CommandComplete(tag)
  }

  async #run(statement: ClientStatement): Promise<Buffer> {
    if (isTransfer(statement)) return performTransfer(this.session, statement, this.#dialogue)
    for (const sql of statement.before) await this.#dialogue.quiet(sql)
    await tellOfStatements(this.session, statement, this.#dialogue)
    await this.session.backend.send(serialize.query(mainOf(statement, this.session.backend.status)))
    const complete = await relay(this.session, 'Z', statement)
    for (const sql of statement.after) await this.#dialogue.quiet(sql)
    const { fills } = statement
    if (fills !== undefined) await afterBulkWrite(fills, rowsIn(complete), this.#dialogue)
    await sendNotices(this.session, statement)
    return complete
  }
}

function needsBlock(statement: ClientStatement, together: number): boolean {
  const { before, after, transaction, readsStatements = false } = statement
  if (transaction) return false
  return (
    together > 1 || before.length + after.length > 0 || isTransfer(statement) || readsStatements
  )
}
