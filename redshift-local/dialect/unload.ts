import { SqlError } from '../errors'
import { checkStatement } from './check'
import { refuseTooDeep } from './depth'
import { indexOutside } from './nesting'
import { type Lookup, type ParsedStatement, parseWritten } from './parse'
import { rewriteWritten, type Translation } from './rewrite'
import { Cursor, isWord, syntaxErrorAt, tokenize } from './tokens'

/** Facts A10: UNLOAD has its query in a string. */
export function unload({ tokens, session }: ParsedStatement): Partial<Translation> {
  const cursor = new Cursor(tokens, 1)
  cursor.expect('(')
  const query = engineQuery(cursor.string(), session)
  cursor.expect(')')
  return { unload: { query, clauses: cursor.rest() } }
}

// A last semicolon is let be.
function engineQuery(written: string, session: Lookup): string {
  const all = tokenize(written)
  const tokens = isWord(all.at(-1), ';') ? all.slice(0, -1) : all
  const text = written.slice(0, tokens.at(-1)?.end ?? 0)
  const statement = parseWritten(text, session)
  checkStatement(statement)
  refuseTooDeep(tokens)
  const first = tokens.find((token) => !isWord(token, '('))
  if (!first) throw new SqlError('42601', 'syntax error at end of input')
  if (!isWord(first, 'select') && !isWord(first, 'with')) throw withoutPlace(first)
  for (const word of [';', 'into']) {
    const at = indexOutside(tokens, word)
    if (at !== -1) throw withoutPlace(tokens[at]!)
  }
  if (indexOutside(tokens, 'limit') !== -1) throw new SqlError('0A000', limited)
  return rewriteWritten(text, session)
}

const limited = 'Limit clause is not supported'

// A place in the query is none in the statement of the client.
function withoutPlace(token: Parameters<typeof syntaxErrorAt>[0]): SqlError {
  return new SqlError('42601', syntaxErrorAt(token).message)
}
