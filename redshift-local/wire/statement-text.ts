import { isUtf8 } from 'node:buffer'
import { isWord } from '../dialect/cursor'
import { tokenize } from '../dialect/tokens'
import { SqlError } from '../errors'

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
export interface Place {
  text: string
  /** Which of the statements in `text` it is, from 0. */
  index: number
}

/**
 * The place of an error in the client's text.
 * @param position where it is in `main`, the statement as the engine got it: 1-based, in characters
 * @returns the same in the text, undefined where the engine's statement has words of its own
 */
export function positionInText(
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
