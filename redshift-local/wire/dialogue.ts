import { serialize } from 'pg-protocol'
import { LocalRedshiftError } from '../errors'
import { type Backend, EngineRefusal } from './backend'
import type { Frame } from './frames'
import { readFields } from './messages'

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

export type Row = (string | undefined)[]
export type Feed = (write: (rows: Buffer) => Promise<void>) => Promise<void>

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
