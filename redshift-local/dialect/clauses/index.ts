import { Edits } from '../edits'
import { type Lookup, type ParsedStatement, parseWritten } from '../parse'
import { isWord, type Token } from '../tokens'
import { withQueriesAround } from '../with'
import { type Block, blockAround } from './block'
import { type ClauseRule, Place } from './clause'
import { groupingRules } from './grouping'
import { hierarchyRules } from './hierarchy'
import { outerJoinRules } from './outer-joins'
import { outerSelectRules } from './outer-select'

/** The clauses of Redshift's queries that PostgreSQL's parser does not know, and that take more than other words. */
export const clauseRules: ClauseRule[] = [
  ...outerSelectRules,
  ...outerJoinRules,
  ...hierarchyRules,
  ...groupingRules,
]

const rulesOf = new Map(clauseRules.map((rule) => [rule.word, rule]))

/** A clause in a statement. */
interface Found {
  rule: ClauseRule
  i: number
  block: Block
}

/**
 * The statement said without such clauses.
 * @param columnsOf the columns of a query in Redshift's SQL
 */
export function withoutClauses(
  statement: ParsedStatement,
  columnsOf: (query: string, session: Lookup) => ReturnType<Lookup['columnsOf']>,
): ParsedStatement {
  let current = statement
  for (let found = innermost(current.tokens); found; found = innermost(current.tokens)) {
    const { text, tokens, start, end, session } = current
    const { rule, i, block } = found
    const edits = new Edits(text)
    const render = (from: number, to: number) => text.slice(from, to)
    const ask = (query: string) =>
      columnsOf(withQueriesAround(query, tokens, block.start, render), session)
    rule.carryOut(new Place(text, tokens, i, block, edits, ask))
    current = parseWritten(edits.render(start, end), session)
  }
  return current
}

/** Of all such clauses one with none within it, so that what it is part of is asked about without it. */
function innermost(tokens: Token[]): Found | undefined {
  let deepest: Found | undefined
  let depth = 0
  let most = -1
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    if (isWord(token, '(')) depth++
    if (isWord(token, ')')) depth--
    if (token.kind === 'quoted' || token.kind === 'string') continue
    const rule = rulesOf.get(token.value)
    if (!rule || depth <= most || !(rule.isAt?.(tokens, i) ?? true)) continue
    const block = blockAround(tokens, i)
    if (!block || !rule.when(tokens, i, block)) continue
    deepest = { rule, i, block }
    most = depth
  }
  return deepest
}
