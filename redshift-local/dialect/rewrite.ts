import { SqlError } from '../errors'
import { Aliases } from './aliases'
import { Calls } from './calls'
import { checkNode } from './check'
import { withoutClauses } from './clauses'
import { Divisions } from './divisions'
import { Edits } from './edits'
import { type FunctionRewrite, functionRule } from './functions'
import { LateViews } from './late-views'
import { isViewed } from './leader-node'
import {
  type Findings,
  type Lookup,
  type Node,
  type ParsedStatement,
  parseWritten,
  type ResultColumn,
  syntaxTree,
  type Visit,
  walk,
} from './parse'
import { spellOut } from './spellings'
import { syntaxErrorAt, type Token, tokenize } from './tokens'

/** What the server does for one statement of the client. */
export interface Translation {
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
  /** The table whose rows an INSERT writes, quoted for the engine. */
  fills?: string
  /** Whether it reads relations that show what sessions ran, which the engine has to be told first. */
  readsStatements?: true
  /** The tokens of a COPY, which copy/ parses and runs; `main` is ''. */
  copy?: Token[]
  /** An UNLOAD, which unload/ runs; `main` is ''. */
  unload?: Unload
  /** Parameters of which the client is told a new value. */
  reports?: Record<string, string>
  notices?: { severity: 'INFO' | 'WARNING' | 'NOTICE'; message: string }[]
  /** Asked first: all else is in what `answer` returns. */
  question?: Question
  /** What Redshift refuses inside a transaction block (25001): the name of the command, for its message. */
  notInBlock?: string
}

/** An UNLOAD: its query in the engine's SQL, and the tokens behind it. */
export interface Unload {
  query: string
  clauses: Token[]
}

/** What a translation has to know of the engine: columns or rows of a query, in the state that the statement finds. */
export interface Question {
  wants: keyof Findings
  query: string
  /** @throws SqlError as `translate` does; the translation may have another question */
  answer: (found: Findings[keyof Findings]) => Translation
}

/** How a kind of statement is carried out. @throws SqlError */
export type Handler = (statement: ParsedStatement) => Partial<Translation>

/** For statements that the engine understands once Redshift's own words in them are replaced. */
export const rewritten: Handler = (statement) => ({ main: rewrite(statement) })

/** The same for a statement that a handler wrote in place of the client's. */
export function rewriteWritten(text: string, session: Lookup): string {
  return rewrite(parseWritten(text, session))
}

/**
 * A statement in the engine's SQL: Redshift's own words spelled out, its syntax tree checked, its
 * functions and the relations of the catalog replaced. What is the same in both stays to the letter.
 */
function rewrite(written: ParsedStatement): string {
  const statement = withoutClauses(written, columnsOf)
  const { session } = statement
  const { spelled, tree } = readTree(statement)
  const replaced: Place[] = []
  const aliases = new Aliases()
  const divisions = new Divisions()
  const lateViews = new LateViews(tree, session)
  walk(tree, (visit) => {
    checkNode(visit, tree)
    const rule = functionRule(visit, tree)
    if (rule || isViewed(visit, tree)) replaced.push({ visit, rule })
    aliases.note(visit)
    divisions.note(visit)
    lateViews.note(visit)
  })
  const isAsItWas = aliases.areUnused && divisions.areNone && lateViews.areNone
  if (replaced.length === 0 && isAsItWas) return spelled
  return replacePlaces(spelled, replaced, { aliases, divisions, lateViews }, session)
}

/** The syntax tree of a statement, once Redshift's own words in it are spelled out. @throws SqlError */
export function readTree(statement: ParsedStatement): { spelled: string; tree: Node[] } {
  const { text, start, end } = statement
  const edits = new Edits(text)
  spellOut(statement, edits)
  const spelled = edits.render(start, end)
  return { spelled, tree: treeOf(spelled, statement, edits) }
}

/** @throws SqlError that names the client's word, where the parser met one that was written for it */
function treeOf(spelled: string, statement: ParsedStatement, edits: Edits): Node[] {
  const { tokens, start, isOriginal } = statement
  if (edits.isEmpty) return syntaxTree(spelled, isOriginal ? start : undefined)
  try {
    return syntaxTree(spelled, 0)
  } catch (error) {
    if (!(error instanceof SqlError)) throw error
    const { sqlstate, message, fields } = error
    const place = edits.placeOf((fields.position ?? 1) - 1, start)
    const token = tokens.find(({ end }) => end > place)
    const position = isOriginal ? token && token.start + 1 : undefined
    const near = token && message.includes(' at or near ')
    throw new SqlError(sqlstate, near ? syntaxErrorAt(token).message : message, { position })
  }
}

function columnsOf(query: string, session: Lookup): ResultColumn[] {
  return session.columnsOf(rewriteWritten(query, session))
}

/** A call that has a rule, or a relation that is read through a view of ours. */
interface Place {
  visit: Visit
  rule: FunctionRewrite | undefined
}

/** What else is replaced in a text, as far as it is there. */
interface Noted {
  aliases: Aliases
  divisions: Divisions
  lateViews: LateViews
}

function replacePlaces(
  text: string,
  places: Place[],
  { aliases, divisions, lateViews }: Noted,
  session: Lookup,
): string {
  const edits = new Edits(text)
  const calls = new Calls(text, tokenize(text), edits)
  for (const { visit, rule } of places) {
    if (rule) rule.rewrite(calls.at(visit), session)
    else readView(schemaOf(calls, visit), edits)
  }
  lateViews.replace(calls, rewriteWritten)
  divisions.replace(calls, session)
  aliases.replace(calls, session)
  return edits.render()
}

/** The word of a name at which its schema stands, or the name itself: behind the database, where one is given. */
function schemaOf(calls: Calls, { node }: Visit): Token {
  return calls.tokens[calls.tokenOf(node) + (node['catalogname'] ? 2 : 0)]!
}

/** @param first of a name, which is pg_catalog where the name has a schema */
function readView(first: Token, edits: Edits): void {
  if (first.value === 'pg_catalog') edits.replace(first, 'redshift_catalog')
  else edits.insert(first.start, 'redshift_catalog.')
}
