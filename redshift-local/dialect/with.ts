import { closing, indexOutside } from './nesting'
import { isWord, type Token } from './tokens'

/** A query of a WITH clause: the places of its name, and of the parentheses around it. */
interface WithQuery {
  name: number
  open: number
  close: number
}

interface WithClause {
  recursive: boolean
  queries: WithQuery[]
}

/**
 * A query as if it stood at a place, behind the queries of the WITH clauses around it that are known there.
 * @param render the text from one place to another
 */
export function withQueriesAround(
  query: string,
  tokens: Token[],
  place: number,
  render: (start: number, end: number) => string,
): string {
  return clausesAround(tokens, place).reduceRight((inner, { recursive, queries }, i, all) => {
    const known = queries.flatMap((one) => knownAt(one, place, recursive))
    if (known.length === 0) return inner
    const isNearest = i === all.length - 1
    const rest = isNearest ? inner : `select * from (${inner}) as question`
    return `with ${recursive ? 'recursive ' : ''}${known.join(', ')} ${rest}`
  }, query)

  function knownAt({ name, open, close }: WithQuery, at: number, recursive: boolean): string[] {
    const start = tokens[name]!.start
    if (close < at) return [render(start, tokens[close]!.end)]
    // Within a recursive query its name means what it begins with.
    if (!recursive || open > at) return []
    const union = indexOutside(tokens.slice(open + 1, close), 'union')
    return union < 0 ? [] : [`${render(start, tokens[open + union]!.end)})`]
  }
}

/** The WITH clauses of the parentheses that a place is in, the outermost first. */
function clausesAround(tokens: Token[], place: number): WithClause[] {
  const levels: WithClause[][] = [[]]
  for (let at = 0; at <= place; at++) {
    if (isWord(tokens[at], '(')) levels.push([])
    else if (isWord(tokens[at], ')')) levels.pop()
    else if (isWord(tokens[at], 'with')) levels.at(-1)?.push(...readWith(tokens, at))
  }
  return levels.flat()
}

function readWith(tokens: Token[], at: number): WithClause[] {
  const recursive = isWord(tokens[at + 1], 'recursive')
  const queries: WithQuery[] = []
  for (let name = at + (recursive ? 2 : 1); ;) {
    let open = name + 1
    if (isWord(tokens[open], '(')) open = (closing(tokens, open) ?? tokens.length) + 1
    if (!isWord(tokens[open++], 'as') || !isWord(tokens[open], '(')) return []
    const close = closing(tokens, open) ?? tokens.length
    queries.push({ name, open, close })
    if (!isWord(tokens[close + 1], ',')) return [{ recursive, queries }]
    name = close + 2
  }
}
