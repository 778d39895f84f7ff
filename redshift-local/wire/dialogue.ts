import { serialize } from 'pg-protocol'
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

/** The messages of one statement: before its data, behind it, and how its answer ends. */
interface Protocol {
  start: (sql: string) => Buffer[]
  finish: Buffer[]
  isEnd: (frame: Frame) => boolean
}

export function simpleDialogue(backend: Backend): Dialogue {
  return dialogue(backend, {
    start: (sql) => [serialize.query(sql)],
    finish: [],
    isEnd: ({ type }) => type === 'Z',
  })
}

export function extendedDialogue(backend: Backend): Dialogue {
  const name = 'of the local Redshift'
  let closed = 0
  return dialogue(backend, {
    start: (sql) => [
      serialize.parse({ name, text: sql }),
      serialize.bind({ portal: name, statement: name }),
      serialize.execute({ portal: name }),
    ],
    finish: [
      serialize.close({ type: 'P', name }),
      serialize.close({ type: 'S', name }),
      serialize.flush(),
    ],
    // Both CloseCompletes have come, or an error, behind which nothing comes until the client's Sync.
    isEnd: ({ type }) => type === 'E' || (type === '3' && ++closed % 2 === 0),
  })
}

function dialogue(backend: Backend, protocol: Protocol): Dialogue {
  return {
    async quiet(sql) {
      await backend.send(...protocol.start(sql), ...protocol.finish)
      return answerOf(backend, protocol)
    },
    async copyIn(sql, feed) {
      await backend.send(...protocol.start(sql), serialize.flush())
      for (let frame = await backend.next(); frame.type !== 'G'; frame = await backend.next()) {
        if (frame.type === 'E') await answerOf(backend, protocol, frame)
      }
      await feedEngine(backend, protocol, feed)
    },
  }
}

async function answerOf(backend: Backend, { isEnd }: Protocol, first?: Frame): Promise<Row[]> {
  const rows: Row[] = []
  let refusal: EngineRefusal | undefined
  for (let frame = first ?? (await backend.next()); ; frame = await backend.next()) {
    if (frame.type === 'E') refusal = new EngineRefusal(readFields(frame.body))
    if (frame.type === 'D') rows.push(rowOf(frame.body))
    if (isEnd(frame)) break
  }
  if (refusal) throw refusal
  return rows
}

async function feedEngine(backend: Backend, protocol: Protocol, feed: Feed): Promise<void> {
  let answered = false // the engine speaks before CopyDone only to refuse
  const answer = backend.next().finally(() => (answered = true))
  answer.catch(() => {})
  try {
    await feed(async (rows) => {
      if (answered) throw new EngineAnswered()
      await backend.send(serialize.copyData(rows))
    })
  } catch (error) {
    if (!answered) await backend.send(serialize.copyFail('refused'))
    const refusal = await answerOf(backend, protocol, await answer).catch(
      (reason: unknown) => reason,
    )
    throw error instanceof EngineAnswered ? refusal : error
  }
  await backend.send(serialize.copyDone(), ...protocol.finish)
  await answerOf(backend, protocol, await answer)
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
