import { loadModule, parseSync } from 'libpg-query'
import { SqlError } from '../errors'
import { tooDeep } from './depth'
import { Cursor, isWord, type Token, tokenize } from './tokens'

/** Loads PostgreSQL's parser (WebAssembly, about 40 ms). Await it once, before the rest. */
export const loadParser: () => Promise<void> = loadModule

/** What a session remembers that a statement may ask for. */
export interface SessionView {
  lastCopyId: number
  lastCopyCount: number
  lastUnloadId: number
  lastUnloadCount: number
  /** What pg_last_query_id() answers. */
  lastQueryId?: () => number
  /** Whether the warehouse may have views that are bound late: only then statements ask for them. */
  lateBinding?: { readonly isUsed: boolean; use: () => void }
}

/** What a session remembers at first. */
export const newSession: SessionView = {
  lastCopyId: -1,
  lastCopyCount: 0,
  lastUnloadId: -1,
  lastUnloadCount: 0,
}

/** A column of a query's result, as the engine describes it. */
export interface ResultColumn {
  name: string
  /** The number of its type. */
  type: number
  /** What the type's arguments are, in the engine's code; -1 for none. */
  modifier: number
}

/** A row of a query's result: values as text, NULL as undefined. */
export type ResultRow = (string | undefined)[]

/** What the engine may be asked of a query, and what it answers. */
export interface Findings {
  columns: ResultColumn[]
  rows: ResultRow[]
}

/** What a translation may ask for: what the session remembers, and what a query gives. */
export interface Lookup extends SessionView {
  /** @throws Unanswered where the engine has not told yet, as rowsOf does */
  columnsOf: (query: string) => ResultColumn[]
  rowsOf: (query: string) => ResultRow[]
  /** How many views that are bound late a query is within. */
  viewDepth?: number
}

/** Stops a translation until the engine has told the columns or the rows of a query; see `translate`. */
export class Unanswered extends Error {
  override name = 'Unanswered'
  /** @param query in the engine's SQL, without parameters */
  constructor(
    readonly wants: keyof Findings,
    readonly query: string,
  ) {
    super(`not known yet: the ${wants} of ${query}`)
  }
}

/** One statement in Redshift's SQL: tokens, and the text in which their places count. */
export interface ParsedStatement {
  text: string
  tokens: Token[]
  start: number
  end: number
  /** Whether `text` is the client's own, so that a place in it means something to the client. */
  isOriginal: boolean
  session: Lookup
}

/** The statements of a client's text; empty ones are left out. */
export function parseStatements(text: string, session: Lookup): ParsedStatement[] {
  const tokens = tokenize(text)
  const statements: ParsedStatement[] = []
  let from = 0
  for (let i = 0; i <= tokens.length; i++) {
    if (i < tokens.length && !isWord(tokens[i], ';')) continue
    if (i > from) statements.push(statementOf(text, tokens.slice(from, i), session, true))
    from = i + 1
  }
  return statements
}

/** A statement that was written here, in place of the client's. */
export function parseWritten(text: string, session: Lookup): ParsedStatement {
  return statementOf(text, tokenize(text), session, false)
}

function statementOf(
  text: string,
  tokens: Token[],
  session: Lookup,
  isOriginal: boolean,
): ParsedStatement {
  const [start, end] = [tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0]
  return { text, tokens, start, end, isOriginal, session }
}

/** The client's words for it. */
export function textOf({ text, start, end }: ParsedStatement): string {
  return text.slice(start, end)
}

/**
 * A search in a table whose entries name the first words of their statements: it finds the first entry
 * that fits. NAME among the words stands for any name, with or without a schema.
 */
export function byFirstWords<Entry extends { starts: string[] }>(table: Entry[]) {
  const index = new Map<string, { words: string[]; entry: Entry }[]>()
  for (const entry of table) {
    for (const words of entry.starts.map((start) => start.split(' '))) {
      const known = index.get(words[0]!)
      if (known) known.push({ words, entry })
      else index.set(words[0]!, [{ words, entry }])
    }
  }
  return ({ tokens }: ParsedStatement, fits?: (entry: Entry) => boolean): Entry | undefined =>
    index
      .get(tokens[0]?.value ?? '')
      ?.find(({ words, entry }) => beginsWith(tokens, words) && (fits?.(entry) ?? true))?.entry
}

function beginsWith(tokens: Token[], words: string[]): boolean {
  const cursor = new Cursor(tokens)
  return words.every((word) => (word === 'NAME' ? takeName(cursor) : cursor.take(word)))
}

function takeName(cursor: Cursor): boolean {
  const isName = cursor.isAtName
  if (isName) cursor.qualifiedName()
  return isName
}

/** A node of PostgreSQL's syntax tree; its fields are as libpg-query names them. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Node = Record<string, any>

/** Trees of short texts, the latest: programs send the same texts again and again, and nobody changes a tree. */
const trees = new Map<string, Node[]>()
const mostTrees = 200
const longestKept = 1000

function kept(text: string, tree: Node[]): Node[] {
  if (text.length > longestKept) return tree
  if (trees.size === mostTrees) trees.delete(trees.keys().next().value!)
  trees.set(text, tree)
  return tree
}

/**
 * The syntax tree of a text that PostgreSQL's parser understands.
 * @param offset where it begins in the client's text, if it is a part of that
 * @throws SqlError 42601
 */
export function syntaxTree(text: string, offset?: number): Node[] {
  const known = trees.get(text)
  if (known) return known
  try {
    return kept(text, parseSync(text).stmts ?? [])
  } catch (cause) {
    if (cause instanceof RangeError) throw cause // the stack has ended
    const { message, sqlDetails } = cause as Error & { sqlDetails?: { cursorPosition: number } }
    if (message.startsWith('memory exhausted')) throw tooDeep() // the stack of the parser's own
    const at = sqlDetails?.cursorPosition ?? -1
    const position = at >= 0 && offset !== undefined ? offset + at + 1 : undefined
    throw new SqlError('42601', message, { position })
  }
}

export interface Visit {
  type: string
  node: Node
  parent?: Visit | undefined
  /** The field of the parent that holds this node. */
  field: string
}

/** Fields whose node stands there without its type's name around it. */
const typeOfField: Record<string, string> = {
  relation: 'RangeVar',
  rel: 'RangeVar',
  view: 'RangeVar',
  typeName: 'TypeName',
  larg: 'SelectStmt',
  rarg: 'SelectStmt',
  over: 'WindowDef',
  withClause: 'WithClause',
  into: 'IntoClause',
  intoClause: 'IntoClause',
  returningClause: 'ReturningClause',
  onConflictClause: 'OnConflictClause',
  alias: 'Alias',
}

/** Visits every node of a syntax tree once, parents first. */
export function walk(tree: Node[], visit: (visit: Visit) => void): void {
  step(tree, undefined, '')

  function step(value: unknown, parent: Visit | undefined, field: string): void {
    if (Array.isArray(value)) {
      for (const item of value) step(item, parent, field)
      return
    }
    if (typeof value !== 'object' || value === null) return
    for (const key in value) {
      const inner = (value as Node)[key] as unknown
      if (typeof inner !== 'object' || inner === null) continue
      const code = key.charCodeAt(0)
      if (code < 65 || code > 90) {
        const type = typeOfField[key]
        const named = type !== undefined && !Array.isArray(inner) && !startsWithType(inner)
        if (named) enter(type, inner, parent, key)
        else step(inner, parent, key)
      } else if (key !== 'A_Const' && key !== 'String') enter(key, inner, parent, field)
    }
  }

  function enter(type: string, node: Node, parent: Visit | undefined, field: string): void {
    const here = { type, node, parent, field }
    visit(here)
    step(node, here, field)
  }
}

function startsWithType(value: object): boolean {
  for (const key in value) return key.charCodeAt(0) >= 65 && key.charCodeAt(0) <= 90
  return false
}

/** A finding about a syntax tree that many of its nodes ask for: found once. */
export function perTree<Found>(find: (tree: Node[]) => Found): (tree: Node[]) => Found {
  const known = new WeakMap<Node[], { found: Found }>()
  return (tree) => {
    const entry = known.get(tree) ?? { found: find(tree) }
    known.set(tree, entry)
    return entry.found
  }
}

/** The whole number that an expression is, if it is a constant. */
export function wholeNumber(expression: Node | undefined): number | undefined {
  const constant = expression?.['A_Const'] as { ival?: { ival?: number } } | undefined
  return constant?.ival && (constant.ival.ival ?? 0) // the parser leaves a zero out
}

/** The last part of a name: `extract` of `pg_catalog.extract`. */
export function lastName(names: Node[] | undefined): string {
  return (names?.at(-1)?.['String'] as { sval?: string } | undefined)?.sval ?? ''
}
