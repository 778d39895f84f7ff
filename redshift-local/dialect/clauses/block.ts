import { closing, type Part } from '../nesting'
import { isWord, type Token } from '../tokens'

/**
 * A SELECT as its tokens have it: the places of its clauses, by the words that they begin with. Of an arm of a set
 * operation ORDER BY and LIMIT are no part: they are the whole's.
 */
export interface Block extends Part {
  /** TOP n, DISTINCT or ALL, behind SELECT. */
  head: Part
  list: Part
  /** Each with the words that it begins with. */
  clauses: Map<string, Part>
  /** Whether it is an arm of a set operation. */
  isArm: boolean
}

const setOperations = ['union', 'intersect', 'except', 'minus']

/** The clauses of a SELECT in their order, by their first words. */
const clauseWords = [
  ['into'],
  ['from'],
  ['where'],
  ['start', 'with'],
  ['connect', 'by'],
  ['group', 'by'],
  ['having'],
  ['qualify'],
  ['order', 'by'],
  ['limit'],
  ['offset'],
]
const ofTheWhole = ['order', 'limit', 'offset']

const wordsOf = new Map(clauseWords.map((words) => [words[0]!, words]))

/** The SELECT whose clauses the token is among; undefined where there is none. */
export function blockAround(tokens: Token[], i: number): Block | undefined {
  const start = selectBefore(tokens, i)
  if (start < 0) return undefined
  const head = { start: start + 1, end: endOfHead(tokens, start + 1) }
  const clauses = new Map<string, Part>()
  let end = tokens.length
  let last: Part = { start: head.end, end }
  const list = last
  for (let at = head.end, depth = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    if (isWord(token, '(')) depth++
    if (isWord(token, ')')) depth--
    const isEnd = depth < 0 || (depth === 0 && isSetOperation(tokens, at))
    if (isEnd) end = at
    // A second one, as the FROM of IS DISTINCT FROM, is for PostgreSQL to judge.
    else if (depth > 0 || clauses.has(token.value) || !beginsClause(tokens, at, last)) continue
    last.end = at
    if (isEnd) break
    last = { start: at, end }
    clauses.set(token.value, last)
  }
  last.end = end
  const block = { start, end, head, list, clauses, isArm: isArm(tokens, { start, end }) }
  return block.isArm ? withoutTheWhole(block) : block
}

/** The index of the SELECT that a token is part of, in whatever parentheses. */
function selectBefore(tokens: Token[], i: number): number {
  for (let at = i, depth = 0; at >= 0; at--) {
    if (at < i && isWord(tokens[at], ')')) depth++
    if (at < i && isWord(tokens[at], '(')) depth = Math.max(depth - 1, 0)
    if (depth === 0 && isWord(tokens[at], 'select')) return at
  }
  return -1
}

function endOfHead(tokens: Token[], start: number): number {
  let at = start
  for (;;) {
    if (isWord(tokens[at], 'distinct') || isWord(tokens[at], 'all')) at++
    else if (isWord(tokens[at], 'top') && isCount(tokens[at + 1])) at += 2
    else return at
  }
}

export function isCount(token: Token | undefined): boolean {
  return token?.kind === 'number' || token?.kind === 'parameter'
}

function beginsClause(tokens: Token[], at: number, last: Part): boolean {
  const { kind, value } = tokens[at]!
  if (kind !== 'word') return false
  const words = wordsOf.get(value)
  if (!words || (words[1] !== undefined && !isWord(tokens[at + 1], words[1]))) return false
  if (isWord(tokens[at - 1], '.') || isWord(tokens[at - 1], 'as')) return false
  return value !== 'qualify' || isQualify(tokens, at, last)
}

/** QUALIFY is no reserved word: directly behind a table or a sub-query it is its alias (r_QUALIFY_clause). */
function isQualify(tokens: Token[], at: number, clause: Part): boolean {
  if (!isWord(tokens[clause.start], 'from')) return clauses.has(tokens[clause.start]!.value)
  let depth = 0
  let relation = at
  while (relation > clause.start) {
    const before = tokens[relation - 1]
    if (isWord(before, ')')) depth++
    if (isWord(before, '(')) depth--
    if (depth === 0 && ['from', 'join', ','].some((word) => isWord(before, word))) break
    relation--
  }
  const words = tokens.slice(relation, at)
  const isName = words.length % 2 === 1 && words.every((it, i) => i % 2 === 0 || isWord(it, '.'))
  const isSubQuery = isWord(words[0], '(') && closing(words, 0) === words.length - 1
  return !isName && !isSubQuery
}

const clauses = new Set(['where', 'connect', 'start', 'group', 'having'])

function isSetOperation(tokens: Token[], at: number): boolean {
  if (!setOperations.some((word) => isWord(tokens[at], word)) || isWord(tokens[at - 1], '.'))
    return false
  return ['select', '(', 'all', 'with', 'distinct'].some((word) => isWord(tokens[at + 1], word))
}

function isArm(tokens: Token[], { start, end }: Part): boolean {
  let before = start - 1
  if (isWord(tokens[before], 'all') || isWord(tokens[before], 'distinct')) before--
  return [before, end].some((at) => setOperations.some((word) => isWord(tokens[at], word)))
}

function withoutTheWhole(block: Block): Block {
  const clauses = new Map([...block.clauses].filter(([word]) => !ofTheWhole.includes(word)))
  const ends = ofTheWhole.flatMap((word) => block.clauses.get(word)?.start ?? [])
  return { ...block, clauses, end: Math.min(block.end, ...ends) }
}

/** The text of some tokens, as it was written. */
export function textOfPart(text: string, tokens: Token[], { start, end }: Part): string {
  return end > start ? text.slice(tokens[start]!.start, tokens[end - 1]!.end) : ''
}
