import { Cursor, isWord } from './cursor'
import { handlerOf } from './statements'
import { type SessionView, type Source, type Statement, sourceOf } from './statement'
import { type Token, tokenize } from './tokens'

export type { SessionView, Statement } from './statement'

/**
 * What the engine is to run for each statement of a text in Redshift's SQL.
 * @throws SqlError for what Redshift refuses, or what the local Redshift cannot carry out, by name
 */
export function translate(sql: string, session: SessionView): Statement[] {
  const statements = split(tokenize(sql))
  if (statements.length === 0) return [{ sql, before: [], main: '', after: [] }]
  return statements.map((tokens) => translateOne(sourceOf(sql, session, tokens)))
}

function split(tokens: Token[]): Token[][] {
  const statements: Token[][] = []
  let from = 0
  for (let i = 0; i <= tokens.length; i++) {
    if (i < tokens.length && !isWord(tokens[i], ';')) continue
    if (i > from) statements.push(tokens.slice(from, i))
    from = i + 1
  }
  return statements
}

function translateOne(source: Source): Statement {
  const sql = source.sql.slice(source.start, source.end)
  const carryOut = handlerOf(new Cursor(source.tokens))
  return { sql, before: [], main: '', after: [], ...carryOut(source) }
}
