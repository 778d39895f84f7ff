import { SqlError } from '../errors'
import { wordSet } from './names'
import type { Token } from './tokens'

/** Words that make of what stands around them one node above it, and so do operators. */
const chaining = wordSet(
  'not is isnull notnull like ilike similar between in collate at overlaps escape any some all',
)
/** Those of which a chain goes on behind commas and conditions. */
const joining = wordSet('union intersect except minus join')
/** Behind these the chain begins again: of any number of them, without others between, one list is made. */
const listing = wordSet(', and or when then else')
const opening = wordSet('( case')
const closing = wordSet(') end')

// A statement as deep as this is read in half of the stack of a process. Where it overflows within PostgreSQL's
// parser, which is WebAssembly, the parser is broken for all sessions: it must not come to that.
const deepest = 2500

/** @throws SqlError 54001 where the syntax tree of a statement may be too deep to be read */
export function refuseTooDeep(tokens: Token[]): void {
  // How deep the place lies, what has been joined there, and chained since: of each level that is open.
  const levels: Level[] = []
  let level: Level = { base: 0, joined: 0, chained: 0 }
  for (const { kind, value } of tokens) {
    if (kind !== 'symbol' && kind !== 'word') continue
    if (opening.has(value)) {
      levels.push(level)
      level = { base: depthOf(level) + 1, joined: 0, chained: 0 }
    } else if (closing.has(value)) level = levels.pop() ?? level
    else if (listing.has(value)) level.chained = 0
    else if (joining.has(value)) level = { ...level, joined: level.joined + 1, chained: 0 }
    else if ((kind === 'symbol' && value !== '.') || chaining.has(value)) level.chained++
    if (depthOf(level) > deepest) throw tooDeep()
  }
}

interface Level {
  base: number
  joined: number
  chained: number
}

function depthOf({ base, joined, chained }: Level): number {
  return base + joined + chained
}

/** PostgreSQL's words, which are Redshift's. */
export function tooDeep(): SqlError {
  return new SqlError('54001', 'stack depth limit exceeded')
}
