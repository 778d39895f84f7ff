import { isUtf8 } from 'node:buffer'
import { asRedshiftSays } from '../dialect/server-errors'
import type { Translation } from '../dialect/rewrite'
import { isWord, tokenize } from '../dialect/tokens'
import { LocalRedshiftError, SqlError } from '../errors'
import { EngineRefusal } from './backend'
import type { Frame } from './frames'
import * as messages from './messages'
import { errorFields, type Fields } from './messages'
import type { Session } from './session'
import { passedParameter } from './startup'

/** Facts D; the words are those of psycopg/psycopg2#1091. */
const largestStatement = 16 * 1024 * 1024

/** @throws SqlError where Redshift takes no such text */
export function checkStatementText(sql: Buffer): void {
  if (sql.length > largestStatement) {
    const size = `Statement Size: ${sql.length} bytes. Maximum Allowed: ${largestStatement} bytes`
    throw new SqlError('42601', `Statement is too large. ${size}`)
  }
  if (!isUtf8(sql)) throw new SqlError('22021', 'invalid byte sequence for encoding "UNICODE"')
}

/** Where a statement stands in the text that the client sent. */
interface Place {
  text: string
  /** Which of the statements in `text` it is, from 0. */
  index: number
}

/**
 * The place of an error in the client's text.
 * @param position where it is in `main`, the statement as the engine got it: 1-based, in characters
 * @returns the same in the text, undefined where the engine's statement has words of its own
 */
function positionInText(
  { text, index }: Place,
  main: string,
  position: number,
): number | undefined {
  const [start, end] = spans(text)[index] ?? [0, 0]
  const sql = text.slice(start, end)
  const at = [...main].slice(0, position - 1).join('').length
  const fromEnd = main.length - at
  const same = at < commonStart(sql, main) || sql === main
  const inSql = same ? at : fromEnd <= commonEnd(sql, main) ? sql.length - fromEnd : undefined
  return inSql === undefined ? undefined : [...text.slice(0, start + inSql)].length + 1
}

function spans(text: string): [start: number, end: number][] {
  const all: [number, number][] = []
  let isOpen = false
  for (const token of tokenize(text)) {
    if (isWord(token, ';')) isOpen = false
    else if (isOpen) all.at(-1)![1] = token.end
    else {
      all.push([token.start, token.end])
      isOpen = true
    }
  }
  return all
}

function commonStart(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length++
  return length
}

function commonEnd(one: string, other: string): number {
  let length = 0
  while (length < one.length && one.at(-1 - length) === other.at(-1 - length)) length++
  return length
}

/** A statement, and where the client wrote it. */
export interface Placed extends Translation {
  place: Place
}

/** What the engine gets for a statement. @param status ReadyForQuery's */
export function mainOf({ main, mainInBlock = main }: Translation, status: string): string {
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
export async function tell(
  { client }: Session,
  notices: Translation['notices'] = [],
): Promise<void> {
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

/** What a client is told of `error`; undefined for one that is told by `lastWords`. */
export function asFields(error: unknown, pid?: number): Fields | undefined {
  if (error instanceof SqlError) return errorFields(error)
  if (error instanceof EngineRefusal) return asRedshiftSays(error.fields, pid)
  return undefined
}

/** What a client is told of an error that ends its session. */
export function lastWords(error: unknown): Fields {
  return asFields(error) ?? { S: 'FATAL', V: 'FATAL', ...fault(error) }
}

function fault(error: unknown) {
  const M = error instanceof Error ? error.message : String(error)
  return { C: error instanceof LocalRedshiftError ? '57P01' : 'XX000', M }
}

/** @throws SqlError for what Redshift runs alone only (facts D) */
export function refuseInBlock(statement: Translation | undefined, isInBlock: boolean): void {
  const command = statement?.notInBlock
  if (command === undefined || !isInBlock) return
  throw new SqlError('25001', `${command} cannot run inside a transaction block`)
}
