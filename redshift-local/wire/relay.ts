import { asRedshiftSays } from '../dialect/server-errors'
import type { Statement } from '../dialect/translate'
import { EngineRefusal } from './backend'
import type { Frame } from './frames'
import * as messages from './messages'
import type { Session } from './session'
import { passedParameter } from './startup'
import { type Place, positionInText } from './statement-text'

/** A statement, and where the client wrote it. */
export interface Placed extends Statement {
  place: Place
}

/** What the engine gets for a statement. @param status ReadyForQuery's */
export function mainOf({ main, mainInBlock = main }: Statement, status: string): string {
  return status === 'T' ? mainInBlock : main
}

/**
 * Passes the engine's answer on, up to a message of the types `ends`.
 * @returns what the client is to get when the statement is complete
 * @throws EngineRefusal for the engine's ErrorResponse
 */
export async function relay(
  { client, backend }: Session,
  ends: string,
  statement?: Placed,
): Promise<Buffer> {
  let complete: Buffer = Buffer.alloc(0)
  let refusal: EngineRefusal | undefined
  for (;;) {
    const frame = await backend.next()
    const { type, raw, body } = frame
    if (type === 'E') refusal = refusalOf(frame, statement)
    else if (type === 'D') {
      await client.write(raw)
      await client.write(backend.arrivedRows())
    } else if (type === 'C') complete = completion(frame, statement)
    else if (type === 'I' || type === 's') complete = raw
    else if (type === 'S') await client.write(passedParameter(body, raw))
    else if (type === 'N') await client.write(notice(body))
    else if (type !== 'Z' && type !== 'A') await client.write(raw)
    if (ends.includes(type) || (refusal && !ends.includes('Z'))) break
  }
  if (refusal) throw refusal
  return complete
}

/** Tells the client what its statement has to say besides. */
export async function tell({ client }: Session, notices: Statement['notices'] = []): Promise<void> {
  for (const { severity, message } of notices) {
    await client.write(messages.NoticeResponse({ S: severity, C: '00000', M: message }))
  }
}

// A COMMIT that ends a failed transaction is told as ROLLBACK.
function completion({ raw }: Frame, statement?: Placed): Buffer {
  const tag = statement?.transaction === 'commit' ? undefined : statement?.tag
  return tag === undefined ? raw : messages.CommandComplete(tag)
}

function notice(body: Buffer): Buffer {
  return messages.NoticeResponse(asRedshiftSays(messages.readFields(body)))
}

function refusalOf({ body }: Frame, statement?: Placed): EngineRefusal {
  const { P, ...fields } = messages.readFields(body)
  const position =
    P && statement ? positionInText(statement.place, statement.main, Number(P)) : undefined
  return new EngineRefusal(position === undefined ? fields : { ...fields, P: String(position) })
}
