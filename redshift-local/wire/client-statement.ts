import { isUtf8 } from 'node:buffer'
import type { SessionView } from '../dialect/parse'
import type { Translation } from '../dialect/rewrite'
import { isWord, tokenize } from '../dialect/tokens'
import { translate } from '../dialect/translate'
import { SqlError } from '../errors'
import { EngineRefusal } from './backend'
import type { Dialogue } from './dialogue'

/** A statement of the client: what is to be done for it, and where it stands in the client's text. */
export interface ClientStatement extends Translation {
  text: string
  /** Which of the statements in `text` it is, from 0. */
  index: number
}

/** Facts D; the words are those of psycopg/psycopg2#1091. */
const largestText = 16 * 1024 * 1024

/**
 * The statements of a text that a client sent, one at least.
 * @throws SqlError where Redshift takes no such text, or no such statement
 */
export function readStatements(bytes: Buffer, view: SessionView): ClientStatement[] {
  if (bytes.length > largestText) {
    const size = `Statement Size: ${bytes.length} bytes. Maximum Allowed: ${largestText} bytes`
    throw new SqlError('42601', `Statement is too large. ${size}`)
  }
  if (!isUtf8(bytes)) throw new SqlError('22021', 'invalid byte sequence for encoding "UNICODE"')
  const text = bytes.toString()
  return translate(text, view).map((statement, index) => ({ ...statement, text, index }))
}

/**
 * A statement whose turn has come, once its questions are answered.
 * @throws EngineRefusal where the engine refuses a question: so it would the statement
 */
export async function answered(
  statement: ClientStatement,
  { describe, quiet }: Pick<Dialogue, 'describe' | 'quiet'>,
): Promise<ClientStatement> {
  let translation: Translation = statement
  while (translation.question) {
    const { wants, query, answer } = translation.question
    const found = await (wants === 'columns' ? describe(query) : quiet(query)).catch(
      (error: unknown) => {
        throw error instanceof EngineRefusal ? placed(error, statement) : error
      },
    )
    translation = answer(found)
  }
  return { ...translation, text: statement.text, index: statement.index }
}

/** What the engine refuses a question for, at the first word of the statement that it names. */
function placed({ fields }: EngineRefusal, { text, index, sql }: ClientStatement): EngineRefusal {
  const name = /"([^"]+)"/
    .exec(fields.M ?? '')?.[1]
    ?.split('.')
    .at(-1)
  const token = tokenize(sql).find(({ value }) => value === name)
  if (!token) return new EngineRefusal(fields)
  const [start = 0] = spans(text)[index] ?? []
  const position = [...text.slice(0, start + token.start)].length + 1
  return new EngineRefusal({ ...fields, P: String(position) })
}

/** What the engine gets for a statement. @param status ReadyForQuery's */
export function mainOf({ main, mainInBlock = main }: ClientStatement, status: string): string {
  return status === 'T' ? mainInBlock : main
}

/** @throws SqlError for what Redshift runs alone only (facts D) */
export function refuseInBlock(statement: ClientStatement | undefined, isInBlock: boolean): void {
  const command = statement?.notInBlock
  if (command === undefined || !isInBlock) return
  throw new SqlError('25001', `${command} cannot run inside a transaction block`)
}

/**
 * The position of an error in the client's text.
 * @param position where it is in `main`, the statement as the engine got it: 1-based, in characters
 * @returns the same in the text, undefined where the engine's statement has words of its own
 */
export function positionInText(
  { text, index, main }: ClientStatement,
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
