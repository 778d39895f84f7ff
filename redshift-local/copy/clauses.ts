import type { Cursor } from '../dialect/tokens'
import { SqlError } from '../errors'

/** A clause of COPY or UNLOAD, and what it says. */
export interface Clause<Said> {
  keyword: string
  /** The clause that it cannot stand beside; else itself. */
  sameAs?: string
  read(cursor: Cursor): Partial<Said>
}

/** An option that tests put into a statement. */
export interface Option<Said> extends Clause<Said> {
  /** How it may stand there. */
  example: string
}

/** What stands in the grammar of a command but is not carried out, by its keyword. */
export interface RefusedClause {
  keywords: string[]
  because: string
}

interface Grammar<Said> {
  command: 'COPY' | 'UNLOAD'
  clauses: Clause<Said>[]
  refused: RefusedClause[]
}

/**
 * Reads clauses in any order, up to the end.
 * @throws SqlError 42601 where one is unknown or comes twice, 0A000 where one is not carried out
 */
export function readClauses<Said>(cursor: Cursor, grammar: Grammar<Said>): Partial<Said> {
  const said: Partial<Said> = {}
  const seen = new Set<string>()
  while (!cursor.isAtEnd) {
    const clause = nextClause(cursor, grammar)
    Object.assign(said, clause.read(cursor))
    const { keyword, sameAs = keyword } = clause
    if (seen.has(sameAs)) throw new SqlError('42601', 'conflicting or redundant options')
    seen.add(sameAs)
  }
  return said
}

/** The clause whose keyword comes next, which is taken. */
function nextClause<Said>(
  cursor: Cursor,
  { command, clauses, refused }: Grammar<Said>,
): Clause<Said> {
  for (const { keywords, because } of refused) {
    const keyword = cursor.takeOneOf(...keywords)
    if (keyword)
      throw new SqlError('0A000', `${command} option ${keyword.toUpperCase()} ${because}`)
  }
  const clause = clauses.find(({ keyword }) => cursor.take(keyword))
  if (!clause) throw cursor.syntaxError()
  return clause
}

/** FORMAT AS, and a clause that says which. */
export function formatClause<Said>(grammar: Grammar<Said>): Clause<Said> {
  return {
    keyword: 'format',
    read(cursor) {
      cursor.take('as')
      return nextClause(cursor, grammar).read(cursor)
    },
  }
}

/** REGION AS: of the bucket. */
export const regionOption: Option<{ region?: string }> = {
  keyword: 'region',
  example: "region as 'us-west-2'",
  read: (cursor) => ({ region: textAfterAs(cursor) }),
}

export function flag<Said>(keyword: string, said: Partial<Said>): Option<Said> {
  return { keyword, example: keyword, read: () => said }
}

export function textAfterAs(cursor: Cursor): string {
  cursor.take('as')
  return cursor.string()
}

/** @throws SqlError 22023 where the number is outside of the limits */
export function numberAfterAs(cursor: Cursor, name: string, least: number, most: number): number {
  cursor.take('as')
  const value = cursor.integer()
  if (Number.isInteger(value) && value >= least && value <= most) return value
  throw new SqlError('22023', `${name} value ${value} is outside of ${least} to ${most}`)
}

/** The one ASCII character that an option takes. @throws SqlError 0A000 for another text */
export function characterAfterAs(cursor: Cursor, name: string): string {
  const text = textAfterAs(cursor)
  if (/^\p{ASCII}$/u.test(text) && !'\0\n\r'.includes(text)) return text
  throw new SqlError('0A000', `${name} must be a single one-byte character`)
}

/**
 * NULL AS: `\N` and NUL as the file has them, though the one is an N, and the other nothing, in a string
 * of SQL (facts A9).
 */
export function nullAfterAs(cursor: Cursor): string {
  cursor.take('as')
  const written = cursor.token?.text
  const text = cursor.string()
  if (written === "'\\N'") return '\\N'
  return /^\\0{1,3}$/.test(text) ? '\0' : text
}
