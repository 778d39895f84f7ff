import type { ParsedStatement } from './parse'
import { rewriteWritten, rewritten, type Translation } from './rewrite'
import { Cursor, isWord, quoteLiteral, quoteName } from './tokens'

/**
 * CREATE SCHEMA and ALTER SCHEMA (docs r_CREATE_SCHEMA, r_ALTER_SCHEMA). A quota limits what a cluster's disks
 * hold; here it is read, and limits nothing.
 */
export function schema(statement: ParsedStatement): Partial<Translation> {
  const { tokens, text, start, end, session } = statement
  const at = tokens.findIndex((token, i) => i > 2 && isWord(token, 'quota'))
  if (at < 0) return rewritten(statement)
  const cursor = new Cursor(tokens, at + 1)
  if (!cursor.take('unlimited')) {
    cursor.integer()
    cursor.takeOneOf('mb', 'gb', 'tb')
  }
  const before = text.slice(start, tokens[at]!.start)
  if (isWord(tokens[0], 'create')) {
    return { main: rewriteWritten(`${before}${text.slice(cursor.start, end)}`, session) }
  }
  cursor.expectEnd()
  const altered = new Cursor(tokens.slice(0, at), 2)
  const name = quoteLiteral(quoteName(altered.name()))
  altered.expectEnd()
  return {
    main: `do $redshift$begin perform ${name}::regnamespace; end$redshift$`,
    tag: 'ALTER SCHEMA',
  }
}
