import { SqlError } from '../errors'
import type { Edits } from './edits'
import { closing, partsOf } from './nesting'
import type { Node, Visit } from './parse'
import { isUnnamedItem } from './query-sources'
import { isWord, type Span, syntaxErrorAt, type Token } from './tokens'

/** The calls of functions in a text, found by the bytes at which the parser saw them. */
export class Calls {
  private readonly indexOfByte: (byte: number) => number

  constructor(
    readonly text: string,
    readonly tokens: Token[],
    readonly edits: Edits,
  ) {
    this.indexOfByte = indexOfByte(text)
  }

  at(visit: Visit): Call {
    return new Call(this, visit, this.tokenOf(visit.node))
  }

  /** The index of the token at which the parser saw a node. */
  tokenOf(node: Node): number {
    const start = this.indexOfByte((node['location'] as number | undefined) ?? 0)
    let low = 0
    for (let high = this.tokens.length; low < high;) {
      const middle = (low + high) >> 1
      if (this.tokens[middle]!.start < start) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** One call of a function, `name(argument, …)` and what follows it, and how to replace it. */
export class Call {
  readonly args: Span[]
  readonly node: Node
  private readonly open: number
  private readonly close: number

  constructor(
    private readonly calls: Calls,
    private readonly visit: Visit,
    private readonly first: number,
  ) {
    this.node = visit.node
    let open = first + 1
    while (isWord(this.token(open), '.')) open += 2
    const hasArguments = isWord(this.token(open), '(')
    this.open = hasArguments ? open : first
    this.close = hasArguments ? this.closing(open) : first
    this.args = hasArguments ? this.split(open, this.close) : []
  }

  get name(): string {
    return (this.token(this.open - 1) ?? this.token(this.first))!.value
  }

  /** Where the whole call ends, WITHIN GROUP (…) and OVER (…) included. */
  get end(): number {
    let last = this.close
    if (isWord(this.token(last + 1), 'within')) last = this.closing(last + 3)
    if (isWord(this.token(last + 1), 'over')) {
      last = isWord(this.token(last + 2), '(') ? this.closing(last + 2) : last + 2
    }
    return this.token(last)!.end
  }

  /** The text of the n-th argument, rewritten where it holds calls itself. */
  arg(n: number): string {
    const { start, end } = this.spanOf(n)
    return this.calls.edits.render(start, end)
  }

  /** The tokens of an argument. */
  tokensOf(n: number): Token[] {
    const span = this.spanOf(n)
    return this.calls.tokens.filter(({ start, end }) => start >= span.start && end <= span.end)
  }

  /** The text behind a clause's words: the inside of WITHIN GROUP (…), or OVER (…) or OVER name. */
  clause(word: 'within' | 'over'): string {
    const last =
      word === 'over' && isWord(this.token(this.close + 1), 'within')
        ? this.closing(this.close + 3)
        : this.close
    if (!isWord(this.token(last + 1), word)) return ''
    const open = last + (word === 'within' ? 3 : 2)
    if (!isWord(this.token(open), '(')) return this.token(open)!.text
    return this.calls.edits.render(this.token(open)!.end, this.token(this.closing(open))!.start)
  }

  get isDistinct(): boolean {
    return this.node['agg_distinct'] === true
  }

  /** The whole OVER clause, for what the call is replaced by; '' where there is none. */
  over(): string {
    const over = this.clause('over')
    if (over === '' && this.node['over'] === undefined) return ''
    return isWord(this.token(this.close + 2), '(') ? ` over (${over})` : ` over ${over}`
  }

  rename(name: string): void {
    this.calls.edits.replace(
      { start: this.token(this.first)!.start, end: this.token(this.open)!.start },
      name,
    )
  }

  replaceArg(n: number, text: string): void {
    this.calls.edits.replace(this.spanOf(n), text)
  }

  insertBeforeClosing(text: string): void {
    this.calls.edits.insert(this.token(this.close)!.start, text)
  }

  /** Replaces the call with its clauses; a column that has no name of its own gets `label`. */
  replace(text: () => string, label?: string): void {
    const span = { start: this.token(this.first)!.start, end: this.end }
    const suffix = label !== undefined && isUnnamedItem(this.visit) ? ` as ${label}` : ''
    this.calls.edits.replace(span, () => text() + suffix)
  }

  /** The tokens between the parentheses, for what has words of its own inside, such as EXTRACT. */
  wordsInside(): Token[] {
    return this.calls.tokens.slice(this.open + 1, this.close)
  }

  textOf(tokens: Token[]): string {
    return this.calls.edits.render(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0)
  }

  /** A syntax error at the closing parenthesis. */
  wrongArguments(): SqlError {
    return syntaxErrorAt(this.token(this.close)!)
  }

  private spanOf(n: number): Span {
    const span = this.args[n]
    if (!span) throw this.wrongArguments()
    return span
  }

  private token(i: number): Token | undefined {
    return this.calls.tokens[i]
  }

  private closing(open: number): number {
    const close = closing(this.calls.tokens, open)
    if (close === undefined) throw new SqlError('42601', 'syntax error at end of input')
    return close
  }

  private split(open: number, close: number): Span[] {
    const isQualified = this.isDistinct || isWord(this.token(open + 1), 'all')
    const list = { start: open + (isQualified ? 2 : 1), end: close }
    return partsOf(this.calls.tokens, list).map(({ start, end }) => ({
      start: this.token(start)!.start,
      end: this.token(end - 1)!.end,
    }))
  }
}

// The parser counts bytes of UTF-8; JavaScript counts UTF-16 code units.
function indexOfByte(text: string): (byte: number) => number {
  const length = Buffer.byteLength(text)
  if (length === text.length) return (byte) => byte
  const index = new Uint32Array(length + 1)
  for (let unit = 0, byte = 0; unit < text.length;) {
    const code = text.codePointAt(unit)!
    index[byte] = unit
    byte += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    unit += code > 0xffff ? 2 : 1
    index[byte] = unit
  }
  return (byte) => index[byte]!
}
