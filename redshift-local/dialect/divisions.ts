import type { Calls } from './calls'
import { closing } from './nesting'
import type { Decimal } from './number-types'
import { OperandTypes } from './operand-types'
import { lastName, type Lookup, type Node, type Visit } from './parse'
import { isUnnamedItem, queryAround } from './query-sources'
import { isWord, type Span, type Token } from './tokens'

/**
 * Divisions of DECIMALs: Redshift tells the scale of the result from the types of both sides, and cuts what is behind
 * it (docs r_numeric_computations201); the engine tells it from the values, and rounds. Where both types are known,
 * a division becomes one of whole numbers, which cuts, and gets its scale afterwards.
 */
export class Divisions {
  private readonly list: Visit[] = []
  private readonly queries = new Map<Node, Visit>()

  /** Takes note of a node of the syntax tree, each once. */
  note(visit: Visit): void {
    const { type, node } = visit
    if (type === 'A_Expr') {
      if (isDivision(node)) this.list.push(visit)
    } else if (type === 'SelectStmt' || type === 'UpdateStmt' || type === 'DeleteStmt') {
      this.queries.set(node, visit)
    }
  }

  get areNone(): boolean {
    return this.list.length === 0
  }

  /** Registers the divisions, whose types are told as they are rendered: those of a sub-query before its reader's. */
  replace(calls: Calls, lookup: Lookup): void {
    const types = new OperandTypes(calls, lookup, this.queries)
    const { edits } = calls
    const extents = new Map<object, Extent>()
    for (const visit of this.list) {
      const place = placeOf(visit, calls, extents)
      if (!place) continue
      const { left, right, whole, label } = place
      let known: Decimal | undefined
      edits.replace(whole, () => {
        known ??= resultOf(types, visit)
        const [dividend, divisor] = [left, right].map(({ start, end }) => edits.render(start, end))
        if (known) return quotient(dividend!, divisor!, known) + label
        const { original } = edits
        const between = original.slice(left.end, right.start)
        const [before, after] = [
          [whole.start, left.start] as const,
          [right.end, whole.end] as const,
        ]
        return `${original.slice(...before)}${dividend}${between}${divisor}${original.slice(...after)}`
      })
    }
  }
}

function isDivision({ kind, name, lexpr }: Node): boolean {
  return kind === 'AEXPR_OP' && lexpr !== undefined && lastName(name as Node[]) === '/'
}

function resultOf(types: OperandTypes, visit: Visit): Decimal | undefined {
  const type = types.of({ A_Expr: visit.node }, queryAround(visit))
  return type?.kind === 'decimal' ? type : undefined
}

/** The operators are the engine's product and quotient, by names of ours that tell a view's reader of them. */
function quotient(left: string, right: string, { precision, scale }: Decimal): string {
  const whole = `((${left}) * 1e${scale}) operator(redshift_catalog./) (${right})`
  return `((${whole}) operator(redshift_catalog.*) 1e-${scale})::numeric(${precision},${scale})`
}

/** Where a division stands, parentheses around it included where it has to be named there. */
interface Place {
  whole: Span
  left: Span
  right: Span
  /** What gives the column its name again, where a cast would. */
  label: string
}

/** Nothing where the tokens and the tree do not agree on what the operands are. */
function placeOf(visit: Visit, calls: Calls, extents: Map<object, Extent>): Place | undefined {
  const { node, parent } = visit
  const { tokens } = calls
  const operator = calls.tokenOf(node)
  const first = startOfOperand(extentOf(node['lexpr'] as Node, extents), operator, calls)
  const last = endOfOperand(tokens, operator + 1)
  if (!isWord(tokens[operator], '/') || first === undefined || last === undefined) return undefined
  const ends = calls.tokenOf({ location: extentOf(node['rexpr'] as Node, extents).last })
  if (ends > last || continues(tokens[last + 1])) return undefined
  const span = (from: number, to: number) => ({ start: tokens[from]!.start, end: tokens[to]!.end })
  const [left, right] = [span(first, operator - 1), span(operator + 1, last)]
  if (!isUnnamedItem(visit)) return { whole: span(first, last), left, right, label: '' }
  const around = first - calls.tokenOf(parent!.node)
  const isClosed = tokens.slice(last + 1, last + 1 + around).every((token) => isWord(token, ')'))
  const whole = span(first - around, last + around)
  return isClosed ? { whole, left, right, label: ' as "?column?"' } : undefined
}

interface Extent {
  first: number
  last: number
}

/** The first and the last byte at which the parser saw a part of an expression, each told once. */
function extentOf(part: object, known: Map<object, Extent>): Extent {
  const found = known.get(part) ?? { first: Infinity, last: -1 }
  if (known.has(part)) return found
  known.set(part, found)
  const see = ({ first, last }: Extent) => {
    found.first = Math.min(found.first, first)
    found.last = Math.max(found.last, last)
  }
  for (const [key, inner] of Object.entries(part) as [string, unknown][]) {
    if (typeof inner === 'object' && inner !== null) see(extentOf(inner, known))
    else if (key === 'location' && Number(inner) >= 0)
      see({ first: Number(inner), last: Number(inner) })
  }
  return found
}

/** The first token of what stands on the left of an operator. */
function startOfOperand(
  { first: byte }: Extent,
  operator: number,
  calls: Calls,
): number | undefined {
  const { tokens } = calls
  const leaf = calls.tokenOf({ location: byte })
  let [depth, least] = [0, 0]
  for (let i = leaf; i < operator; i++) {
    if (isWord(tokens[i], '(')) depth++
    if (isWord(tokens[i], ')')) least = Math.min(least, --depth)
  }
  const first = leaf + least
  const isOpened = tokens.slice(first, leaf).every((token) => isWord(token, '('))
  return isOpened && first < operator ? first : undefined
}

/** The last token of an operand: signs, a value, and what binds to it more closely than a division. */
function endOfOperand(tokens: Token[], from: number): number | undefined {
  let first = from
  while (isWord(tokens[first], '-') || isWord(tokens[first], '+')) first++
  let last = endOfValue(tokens, first)
  while (last !== undefined) {
    if (isWord(tokens[last + 1], '::')) last = endOfType(tokens, last + 2)
    else if (isWord(tokens[last + 1], '^')) last = endOfOperand(tokens, last + 2)
    else break
  }
  return last
}

function endOfValue(tokens: Token[], first: number): number | undefined {
  const token = tokens[first]
  if (isWord(token, '(')) return closing(tokens, first)
  if (isWord(token, 'case')) return closing(tokens, first, 'case', 'end')
  if (token?.kind === 'number' || token?.kind === 'parameter') return first
  if (token?.kind !== 'word' && token?.kind !== 'quoted') return undefined
  let last = first
  while (isWord(tokens[last + 1], '.')) last += 2
  if (!isWord(tokens[last + 1], '(')) return last
  let close = closing(tokens, last + 1)
  if (close !== undefined && isWord(tokens[close + 1], 'within')) close = closing(tokens, close + 3)
  if (close === undefined || !isWord(tokens[close + 1], 'over')) return close
  return isWord(tokens[close + 2], '(') ? closing(tokens, close + 2) : close + 2
}

function endOfType(tokens: Token[], first: number): number | undefined {
  const hasTwo = isWord(tokens[first + 1], 'precision') || isWord(tokens[first + 1], 'varying')
  const last = hasTwo ? first + 1 : first
  return isWord(tokens[last + 1], '(') ? closing(tokens, last + 1) : last
}

/** Whether a token belongs to the operand before it, so that more stands there than is known here. */
function continues(token: Token | undefined): boolean {
  if (token === undefined) return false
  if (token.kind === 'symbol') return ['(', '[', '.', '::', '^'].includes(token.text)
  return token.kind !== 'word' && token.kind !== 'quoted'
}
