import type { Knex } from 'knex'
import type { Client, Connection, Submittable } from 'pg'

/** A column of a result, by what its values are. */
export interface Column {
  name: string
  type: ColumnType
}

export type ColumnType = 'number' | 'text' | 'time' | 'boolean'

/** The values of a row, as the server writes them; NULL is null. */
export type TextRow = (string | null)[]

/** Who takes rows as they arrive. What a method throws, or a promise rejects with, ends the query. */
export interface RowTaker {
  /** The columns of a result whose rows follow, if there are any. */
  columns(columns: Column[]): void
  /** A row; where a promise is returned, no more is read from the server until it is kept. */
  row(values: TextRow): Promise<void> | undefined
  /** A statement is done. @param tag what it did, as the server says it: SELECT 3 */
  done?(tag: string): void
}

/** How many statements a text may have; several are one transaction. */
type Statements = 'one' | 'several'

/** Runs what `sql` says, and hands over the rows as they arrive; none is kept. */
export async function readRows(
  knex: Knex,
  sql: string,
  taker: RowTaker,
  statements: Statements,
): Promise<void> {
  const client = knex.client as Knex.Client
  const connection = (await client.acquireConnection()) as Client & { processID: number }
  // Within a transaction all that is asked takes its turn on this connection.
  const stop = () => void (knex.isTransaction || cancelStatement(knex, connection.processID))
  try {
    return await new Promise((resolve, reject) =>
      connection.query(new RowQuery(sql, statements, taker, stop, resolve, reject)),
    )
  } finally {
    await client.releaseConnection(connection)
  }
}

/** Stops what a session of this process runs, by the number of its process on the server. */
export async function cancelStatement(knex: Knex, processID: number): Promise<void> {
  // One that has ended meanwhile, or a server that has gone, is nothing to stop.
  await knex.raw(`select pg_cancel_backend(${processID})`).catch(() => {})
}

interface Fields {
  fields: { name: string; dataTypeID: number }[]
}

/** A query to pg that keeps nothing: its methods are called with the messages that the server sends. */
class RowQuery implements Submittable {
  #connection!: Connection
  #failure: { reason: unknown } | undefined
  #isHeld = false

  constructor(
    private readonly sql: string,
    private readonly statements: Statements,
    private readonly taker: RowTaker,
    private readonly stop: () => void,
    private readonly resolve: () => void,
    private readonly reject: (reason: unknown) => void,
  ) {}

  submit(connection: Connection): void {
    this.#connection = connection
    if (this.statements !== 'one') return connection.query(this.sql)
    connection.parse({ name: '', text: this.sql, types: [] }, true)
    connection.bind({}, true)
    connection.describe({ type: 'P', name: '' }, true)
    connection.execute({}, true)
    connection.sync()
  }

  handleRowDescription({ fields }: Fields): void {
    this.#attempt(() => this.taker.columns(fields.map(columnOf)))
  }

  handleDataRow({ fields }: { fields: TextRow }): void {
    this.#attempt(() => {
      const held = this.taker.row(fields)
      if (held) this.#hold(held)
    })
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#attempt(() => this.taker.done?.(text))
  }

  handleEmptyQuery(): void {}

  handleCopyInResponse(connection: Connection & { sendCopyFail(message: string): void }): void {
    connection.sendCopyFail('nothing is copied from here')
  }

  handleCopyData(): void {}

  handleError(error: Error): void {
    this.reject(this.#failure ? this.#failure.reason : error)
  }

  handleReadyForQuery(): void {
    if (this.#failure) this.reject(this.#failure.reason)
    else this.resolve()
  }

  // The rows that are on their way are dropped; the connection is used again when the server is done.
  #attempt(work: () => void): void {
    if (this.#failure) return
    try {
      work()
    } catch (reason) {
      this.#fail(reason)
    }
  }

  #fail(reason: unknown): void {
    this.#failure = { reason }
    this.stop()
  }

  // A chunk of rows may have been read already: these are handed over while more are waited for.
  #hold(held: Promise<void>): void {
    const proceed = () => {
      this.#isHeld = false
      this.#connection.stream.resume()
    }
    const isFirst = !this.#isHeld
    this.#isHeld = true
    this.#connection.stream.pause()
    held.then(isFirst ? proceed : undefined, (reason: unknown) => {
      if (!this.#failure) this.#fail(reason)
      proceed()
    })
  }
}

/** The numbers that PostgreSQL and Redshift know types by; what is not here is text. */
const types: Record<ColumnType, number[]> = {
  boolean: [16],
  number: [20, 21, 23, 26, 700, 701, 1700],
  text: [],
  time: [1082, 1114, 1184],
}

function columnOf({ name, dataTypeID }: Fields['fields'][number]): Column {
  const known = Object.entries(types).find(([, ids]) => ids.includes(dataTypeID))
  return { name, type: (known?.[0] ?? 'text') as ColumnType }
}

/** The number that `text` says, where JavaScript has it to the last digit; else the text. */
export function exactNumber(text: string): number | string {
  const number = Number(text)
  if (/e/i.test(text)) return number // only what is kept as a double is written so
  if (Number.isInteger(number)) return Number.isSafeInteger(number) ? number : text
  return number.toString() === text.replace(/(\.\d*?)0+$/, '$1') ? number : text
}
