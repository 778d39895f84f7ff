import { serialize } from 'pg-protocol'
import type { ResultColumn, ResultRow } from '../dialect/parse'
import { LocalRedshiftError } from '../errors'
import { type Backend, EngineRefusal } from './backend'
import { readColumns, readDataRow, readFields } from './messages'

/**
 * How the server itself talks to the engine within a client's session: by the simple protocol where
 * the client does, and by the extended one where the client does, because there a Query message would
 * end the transaction that the client's Sync is to end.
 */
export interface Dialogue {
  /** Runs a statement that the client does not see. @returns its rows, as text, NULL as undefined */
  quiet: (sql: string) => Promise<ResultRow[]>
  /** The columns of a query, which is not run. */
  describe: (query: string) => Promise<ResultColumn[]>
  /**
   * Runs a query, whose rows are passed on as they come. When `open` or what it gives throws, the engine is
   * told to stop.
   */
  read: (query: string, open: OpenRows) => Promise<void>
  /** Runs a `COPY … FROM STDIN` with the rows that `feed` writes. When `feed` throws, none is loaded. */
  copyIn: (sql: string, feed: Feed) => Promise<void>
}

/** Gets the columns of a query, and gives what takes its rows: DataRow messages, until it returns. */
type OpenRows = (columns: ResultColumn[]) => Promise<(rows: Buffer) => Promise<void>>
/** `write` waits while the engine does not keep up; the bytes may change once it has called `free`. */
type Feed = (write: (rows: Buffer, free: () => void) => Promise<void>) => Promise<void>

/** The messages of one statement, before its data and behind it, and how its answer ends. */
interface Protocol {
  start: (sql: string) => Buffer[]
  /** The same for a query, whose columns are told, too. */
  query: (sql: string) => Buffer[]
  finish: Buffer[]
  /** Behind the question for a query's columns, and the messages that may be the last of its answer. */
  described: { finish: Buffer; ends: string }
  /** One for each answer: true for the type of its last message. */
  ending: () => (type: string) => boolean
}

export function simpleDialogue(backend: Backend): Dialogue {
  return dialogue(backend, {
    start: (sql) => [serialize.query(sql)],
    query: (sql) => [serialize.query(sql)],
    finish: [],
    described: { finish: serialize.sync(), ends: 'Z' },
    ending: () => (type) => type === 'Z',
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
    query: (sql) => [
      serialize.close({ type: 'S', name }),
      serialize.parse({ name, text: sql }),
      serialize.bind({ portal: name, statement: name }),
      serialize.describe({ type: 'P', name }),
      serialize.execute({ portal: name }),
    ],
    finish: [serialize.close({ type: 'P', name }), serialize.flush()],
    described: { finish: serialize.flush(), ends: 'TnE' },
    // Two CloseCompletes have come, or an error, behind which nothing comes until the client's Sync.
    ending: () => {
      let closed = 0
      return (type) => type === 'E' || (type === '3' && ++closed === 2)
    },
  })
}

function dialogue(backend: Backend, protocol: Protocol): Dialogue {
  const { start, finish, described, ending } = protocol
  return {
    async describe(query) {
      await backend.send(
        serialize.close({ type: 'S', name }),
        serialize.parse({ name, text: query }),
        serialize.describe({ type: 'S', name }),
        described.finish,
      )
      return new Answer(backend, (type) => described.ends.includes(type)).columns()
    },

    async quiet(sql) {
      await backend.send(...start(sql), ...finish)
      return new Answer(backend, ending()).rest()
    },

    async read(query, open) {
      await backend.send(...protocol.query(query), ...finish)
      const isEnd = ending()
      let take: ((rows: Buffer) => Promise<void>) | undefined
      let refusal: EngineRefusal | undefined
      let failure: { error: unknown } | undefined
      for (;;) {
        const { type, raw, body } = await backend.nextToPass()
        if (type === 'E') refusal = refusalOf(body)
        try {
          if (type === 'T') take = await open(readColumns(body))
          if (type === 'D' && !failure) await take?.(raw)
        } catch (error) {
          failure = { error }
          // What was on its way already is read, and left.
          await backend.cancel()
        }
        if (isEnd(type)) break
      }
      if (failure) throw failure.error
      if (refusal) throw refusal
    },

    async copyIn(sql, feed) {
      await backend.send(...start(sql), serialize.flush())
      const answer = new Answer(backend, ending())
      await answer.readTo('G') // CopyInResponse
      let hasAnswered = false // the engine speaks before CopyDone only to refuse
      const rest = answer.rest().finally(() => (hasAnswered = true))
      rest.catch(() => {})
      try {
        await feed(async (rows, free) => {
          if (hasAnswered) throw new EngineAnswered()
          await backend.sendAhead('d', rows, free)
        })
      } catch (error) {
        if (!hasAnswered) await backend.send(serialize.copyFail('refused'))
        const refusal = await rest.catch((reason: unknown) => reason)
        const isTheEngines =
          error instanceof EngineAnswered || refusal instanceof LocalRedshiftError
        throw isTheEngines ? refusal : error
      }
      await backend.send(serialize.copyDone(), ...finish)
      await rest
    },
  }
}

/** Stops a feed for which the engine has no more use. */
class EngineAnswered extends Error {}

/** What the engine says to one statement. */
class Answer {
  readonly #rows: ResultRow[] = []
  #columns: ResultColumn[] = []
  #refusal: EngineRefusal | undefined

  constructor(
    private readonly backend: Backend,
    private readonly isEnd: (type: string) => boolean,
  ) {}

  /** Reads all that is left. @throws EngineRefusal */
  async rest(): Promise<ResultRow[]> {
    await this.readTo()
    return this.#rows
  }

  /** Reads all that is left. @throws EngineRefusal */
  async columns(): Promise<ResultColumn[]> {
    await this.readTo()
    return this.#columns
  }

  /** Reads on to a message of this type, or else to the end. @throws EngineRefusal */
  async readTo(wanted?: string): Promise<void> {
    for (;;) {
      const { type, body } = await this.backend.next()
      if (type === 'E') this.#refusal = refusalOf(body)
      if (type === 'T') this.#columns = readColumns(body)
      if (type === 'D') this.#rows.push(readDataRow(body))
      if (this.isEnd(type) || type === wanted) break
    }
    if (this.#refusal) throw this.#refusal
  }
}

// Where in a text of ours means nothing to the client.
function refusalOf(body: Buffer): EngineRefusal {
  const fields = readFields(body)
  delete fields['P']
  return new EngineRefusal(fields)
}
