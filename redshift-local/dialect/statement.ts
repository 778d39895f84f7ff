import { type Token, tokenize } from './tokens'
import { rewriteQuery } from './query'

/** What the server does for one statement of the client. */
export interface Statement {
  /** The client's own text of this statement. */
  sql: string
  /** Run on the engine first, unseen by the client. */
  before: string[]
  /** Its results are what the client sees; '' for an empty statement. */
  main: string
  /** In its place within a transaction block, where that has to be another. */
  mainInBlock?: string
  /** Run on the engine afterwards, unseen. */
  after: string[]
  /** The CommandComplete tag for the client, instead of the engine's. */
  tag?: string
  transaction?: 'begin' | 'commit' | 'rollback'
  /** The tokens of a COPY, which copy/ parses and runs; `main` is ''. */
  copy?: Token[]
  notices?: { severity: 'INFO' | 'WARNING' | 'NOTICE'; message: string }[]
  /** What Redshift refuses inside a transaction block (25001): the name of the command, for its message. */
  notInBlock?: string
}

/** What a session remembers that a statement may ask for. */
export interface SessionView {
  lastCopyId: number
  lastCopyCount: number
}

/** One statement, on its way from Redshift's SQL to the engine's. */
export interface Source {
  /** The text that the places of the tokens count in. */
  sql: string
  tokens: Token[]
  start: number
  end: number
  session: SessionView
}

export function sourceOf(sql: string, session: SessionView, tokens = tokenize(sql)): Source {
  return { sql, tokens, start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0, session }
}

/** Statements that the engine understands once their words are Redshift's no more. */
export function carryOut(source: Source): { main: string } {
  return { main: rewriteQuery(source) }
}
