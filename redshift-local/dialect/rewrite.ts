import { parseSync } from 'libpg-query'
import { SqlError } from '../errors'
import { Refusing } from './check'
import { Calls, Edits, spellOut } from './edits'
import { functionRule } from './functions'
import { type Token, tokenize } from './tokens'
import { type Node, type Visit, walk } from './walk'

/**
 * A statement in the engine's SQL: Redshift's own words spelled out, what Redshift refuses refused, its
 * functions replaced. What is the same in both stays to the letter.
 * @throws SqlError
 */
function rewriteQuery(source: Source): string {
  const edits = new Edits(source.sql)
  spellOut(source, edits)
  const text = edits.render(source.start, source.end)
  const statements = parse(text, edits.isEmpty ? source.start : undefined)
  const calls: Visit[] = []
  const refusing = new Refusing(text)
  walk(statements, (visit) => {
    refusing.visit(visit)
    if (functionRule(visit)) calls.push(visit)
  })
  refusing.finish()
  if (calls.length === 0) return text
  return replaceCalls(text, calls, source)
}

/** The syntax trees of a text; `offset` is where it begins in the client's, if it is part of it. */
function parse(text: string, offset?: number): Node[] {
  try {
    return parseSync(text).stmts ?? []
  } catch (cause) {
    const { message, sqlDetails } = cause as Error & { sqlDetails?: { cursorPosition: number } }
    const at = sqlDetails?.cursorPosition ?? -1
    const position = at >= 0 && offset !== undefined ? offset + at + 1 : undefined
    throw new SqlError('42601', message, { position })
  }
}

function replaceCalls(text: string, visits: Visit[], source: Source): string {
  const edits = new Edits(text)
  const calls = new Calls(text, tokenize(text), edits)
  for (const visit of visits) functionRule(visit)!.rewrite(calls.at(visit), source.session)
  return edits.render()
}

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
