import type { Calls } from './calls'
import type { Node, Visit } from './parse'
import { isWord, type Span, type Token } from './tokens'
import { withQueriesAround } from './with'

/** An item of a select list. */
export interface Item {
  node: Node
  /** Without the alias behind it. */
  expression: Span
}

/** The places of a query's select list and of its FROM clause. */
export class QueryParts {
  readonly items: Item[]
  /** What stands behind the word FROM. */
  readonly from: Span | undefined
  /** Where FROM ends. */
  readonly end: number

  constructor(
    query: Visit,
    private readonly calls: Calls,
  ) {
    const { tokens } = calls
    const targets = query.node['targetList'] as { ResTarget: Node }[]
    let at = 0
    this.items = targets.map(({ ResTarget: node }) => {
      const first = calls.tokenOf(node)
      at = endOfPart(tokens, first, endsItem)
      return itemOf(node, tokens, first, at)
    })
    if (isWord(tokens[at], 'into'))
      at = endOfPart(tokens, at + 1, (_, i) => isWord(tokens[i], 'from'))
    const start = at + 1
    const hasFrom = query.node['fromClause'] !== undefined && isWord(tokens[at], 'from')
    if (hasFrom) at = endOfPart(tokens, start, endsFrom)
    this.from = hasFrom ? { start: tokens[start]!.start, end: tokens[at - 1]!.end } : undefined
    this.end = tokens[at - 1]!.end
  }

  /** A query of columns of FROM, of all at first, in the engine's SQL. */
  questionOf({ start, end }: Span, list = '*'): string {
    const render = (from: number, to: number) => this.calls.edits.render(from, to)
    const first = this.calls.tokenOf(this.items[0]!.node)
    const query = `select ${list} from ${render(start, end)}`
    return withQueriesAround(query, this.calls.tokens, first, render)
  }
}

function itemOf(node: Node, tokens: Token[], first: number, end: number): Item {
  let last = end - 1
  if (node['name'] !== undefined) last -= isWord(tokens[last - 1], 'as') ? 2 : 1
  return { node, expression: { start: tokens[first]!.start, end: tokens[last]!.end } }
}

type Ends = (tokens: Token[], i: number) => boolean

/** The index of the token with which a part ends, outside of parentheses: itself no part of it. */
function endOfPart(tokens: Token[], first: number, ends: Ends): number {
  for (let i = first, depth = 0; i < tokens.length; i++) {
    if (depth === 0 && ends(tokens, i)) return i
    if (isWord(tokens[i], '(') || isWord(tokens[i], '[')) depth++
    if ((isWord(tokens[i], ')') || isWord(tokens[i], ']')) && depth-- === 0) return i
  }
  return tokens.length
}

const afterItems = new Set(
  'into from where group having window order limit offset fetch for union intersect except'.split(
    ' ',
  ),
)
const afterFrom = new Set([...afterItems].slice(2))

const endsItem: Ends = (tokens, i) => isWord(tokens[i], ',') || begins(afterItems, tokens, i)
const endsFrom: Ends = (tokens, i) => begins(afterFrom, tokens, i)

function begins(words: Set<string>, tokens: Token[], i: number): boolean {
  const { kind, value } = tokens[i]!
  if (kind !== 'word' || !words.has(value)) return false
  return !['.', 'as', 'within'].some((word) => isWord(tokens[i - 1], word))
}
