import { SqlError } from '../errors'
import type { Source } from './rewrite'
import { isWord, quoteLiteral, quoteName, syntaxErrorAt, type Token } from './tokens'
import type { Node, Visit } from './walk'

interface Edit {
  start: number
  end: number
  text: string | (() => string)
}

/**
 * Changes to a text, made by place and read by `render`. A change that lies within another is seen only
 * when the outer one renders the part that it lies in, so changes nest.
 */
export class Edits {
  private readonly list: Edit[] = []
  private sorted = true

  constructor(readonly original: string) {}

  get isEmpty(): boolean {
    return this.list.length === 0
  }

  replace(place: { start: number; end: number }, text: string | (() => string)): void {
    this.list.push({ start: place.start, end: place.end, text })
    this.sorted = false
  }

  insert(at: number, text: string): void {
    this.replace({ start: at, end: at }, text)
  }

  render(start = 0, end = this.original.length): string {
    this.sort()
    let done = start
    let result = ''
    for (let i = this.firstFrom(start); i < this.list.length; i++) {
      const edit = this.list[i]!
      if (edit.start > end || (edit.start === end && end > start && edit.end > end)) break
      if (edit.start < done || edit.end > end) continue
      result += this.original.slice(done, edit.start)
      result += typeof edit.text === 'string' ? edit.text : edit.text()
      done = edit.end
    }
    return result + this.original.slice(done, end)
  }

  private sort(): void {
    if (!this.sorted) this.list.sort((a, b) => a.start - b.start || b.end - a.end)
    this.sorted = true
  }

  private firstFrom(start: number): number {
    let low = 0
    for (let high = this.list.length; low < high;) {
      const middle = (low + high) >> 1
      if (this.list[middle]!.start < start) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** Replaces the words of Redshift that PostgreSQL's parser does not know or would take for others. */
export function spellOut({ tokens, end }: Source, edits: Edits): void {
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    if (token.kind === 'word') spellings[token.value]?.(tokens, i, edits, end)
    if (token.kind === 'word' && token.text.startsWith('#'))
      edits.replace(token, quoteName(token.value))
    else if (token.kind === 'string') spellString(token, edits)
    else if (token.kind === 'quoted') foldName(token, edits)
  }
}

// Facts B: quoted names fold to lower case like all others.
function foldName(token: Token, edits: Edits): void {
  const folded = token.value.toLowerCase()
  if (folded !== token.value) edits.replace(token, quoteName(folded))
}

// Strings hold escapes in Redshift, and the engine's do not; E'' came with a later PostgreSQL
// (npgsql/npgsql#515: `type "e" does not exist`).
function spellString(token: Token, edits: Edits): void {
  const prefix = token.text[0]!.toLowerCase()
  if (prefix === 'e')
    throw new SqlError('42704', 'type "e" does not exist', { position: token.start + 1 })
  if (prefix === 'b' || prefix === 'x') throw new SqlError('0A000', 'Type "bit" is not supported.')
  if (prefix === 'u') throw syntaxErrorAt(token)
  if (prefix === "'" && token.text.includes('\\')) {
    edits.replace(token, quoteLiteral(token.value))
  }
}

type Spelling = (tokens: Token[], i: number, edits: Edits, end: number) => void

const spellings: Record<string, Spelling> = {
  // Facts E: no parentheses, the transaction's start; the column is called `timestamp`.
  sysdate(tokens, i, edits) {
    if (isName(tokens, i)) return
    edits.replace(tokens[i]!, 'redshift_catalog."timestamp"()')
  },
  // Facts C: MINUS is supported, and means EXCEPT.
  minus(tokens, i, edits) {
    if (startsQuery(tokens[i + 1]) || isWord(tokens[i + 1], 'all'))
      edits.replace(tokens[i]!, 'except')
  },
  top(tokens, i, edits, end) {
    const before = ['select', 'distinct', 'all'].some((word) => isWord(tokens[i - 1], word))
    const count = tokens[i + 1]
    if (!before || (count?.kind !== 'number' && count?.kind !== 'parameter')) return
    edits.replace({ start: tokens[i]!.start, end: count.end }, '')
    edits.insert(endOfSelect(tokens, i, end), ` limit ${count.text}`)
  },
  // An exact answer is within the error that Redshift allows itself (facts E: about 2 %).
  approximate(tokens, i, edits) {
    const next = tokens[i + 1]
    if (isWord(next, 'count') || isWord(next, 'percentile_disc')) edits.replace(tokens[i]!, '')
  },
  // Facts B: MAX is the greatest length.
  max(tokens, i, edits) {
    const type = tokens[i - 2]?.value ?? ''
    if (!isWord(tokens[i - 1], '(') || !isWord(tokens[i + 1], ')')) return
    if (['varchar', 'nvarchar', 'varying'].includes(type)) edits.replace(tokens[i]!, '65535')
    if (['char', 'character', 'nchar'].includes(type)) edits.replace(tokens[i]!, '4096')
  },
  // The parser takes no DISTINCT with WITHIN GROUP.
  listagg(tokens, i, edits) {
    if (!isWord(tokens[i + 1], '(') || !isWord(tokens[i + 2], 'distinct')) return
    edits.replace({ start: tokens[i]!.start, end: tokens[i + 2]!.end }, 'listagg_distinct(')
  },
  nvarchar: castTo('varchar'),
  // A cast to CHAR without a length takes the length of what it is given (docs r_Character_types).
  char: castTo('bpchar', 'varying', '('),
  character: castTo('bpchar', 'varying', '('),
  // Facts B, Types: DECIMAL is DECIMAL(18,0).
  decimal: castTo('decimal(18,0)', '('),
  numeric: castTo('numeric(18,0)', '('),
  pivot: notCarriedOut('PIVOT', '('),
  unpivot: notCarriedOut('UNPIVOT', '('),
  ignore: notCarriedOut('IGNORE NULLS', 'nulls'),
  respect(tokens, i, edits) {
    if (isWord(tokens[i + 1], 'nulls'))
      edits.replace({ start: tokens[i]!.start, end: tokens[i + 1]!.end }, '')
  },
  qualify(tokens, i) {
    const previous = tokens[i - 1]
    if (!previous || isWord(previous, '.') || isWord(previous, 'as') || isWord(previous, ','))
      return
    throw new SqlError(
      '0A000',
      'QUALIFY is not carried out by the local Redshift. Filter a sub-select instead.',
    )
  },
}

function castTo(type: string, ...unless: string[]): Spelling {
  return (tokens, i, edits) => {
    if (unless.some((word) => isWord(tokens[i + 1], word)) || !isCast(tokens, i)) return
    edits.replace(tokens[i]!, type)
  }
}

function isCast(tokens: Token[], i: number): boolean {
  if (isWord(tokens[i - 1], '::')) return true
  if (!isWord(tokens[i - 1], 'as')) return false
  let depth = 0
  const open = tokens.slice(0, i).findLastIndex((token) => {
    if (isWord(token, ')')) depth++
    return isWord(token, '(') && depth-- === 0
  })
  return isWord(tokens[open - 1], 'cast')
}

function notCarriedOut(what: string, next: string): Spelling {
  return (tokens, i) => {
    if (!isWord(tokens[i + 1], next)) return
    throw new SqlError('0A000', `${what} is not carried out by the local Redshift.`)
  }
}

// A label or a part of a name, not the word itself.
function isName(tokens: Token[], i: number): boolean {
  return isWord(tokens[i - 1], '.') || isWord(tokens[i - 1], 'as') || isWord(tokens[i + 1], '(')
}

function startsQuery(token: Token | undefined): boolean {
  return isWord(token, 'select') || isWord(token, '(') || isWord(token, 'with')
}

const setOperations = ['union', 'except', 'minus', 'intersect']

/** Where the SELECT that token `i` is in ends; TOP in an arm of a set operation would limit the whole. */
function endOfSelect(tokens: Token[], i: number, end: number): number {
  for (let at = i, depth = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    if (isWord(token, '(')) depth++
    if (isWord(token, ')') && --depth < 0) return token.start
    if (depth === 0 && setOperations.some((word) => isWord(token, word))) {
      throw new SqlError(
        '0A000',
        'TOP in an arm of a set operation is not carried out by the local Redshift.',
      )
    }
  }
  return end
}

interface Place {
  start: number
  end: number
}

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
    const start = this.indexOfByte((visit.node['location'] as number | undefined) ?? 0)
    return new Call(this, visit, this.tokenAt(start))
  }

  private tokenAt(start: number): number {
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
  readonly args: Place[]
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
    const place = this.args[n]
    if (!place) throw this.wrongArguments()
    return this.calls.edits.render(place.start, place.end)
  }

  /** The tokens of an argument. */
  tokensOf(n: number): Token[] {
    const place = this.args[n]
    if (!place) throw this.wrongArguments()
    return this.calls.tokens.filter(({ start, end }) => start >= place.start && end <= place.end)
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

  rename(name: string): void {
    this.calls.edits.replace(
      { start: this.token(this.first)!.start, end: this.token(this.open)!.start },
      name,
    )
  }

  replaceArg(n: number, text: string): void {
    const place = this.args[n]
    if (!place) throw this.wrongArguments()
    this.calls.edits.replace(place, text)
  }

  insertBeforeClosing(text: string): void {
    this.calls.edits.insert(this.token(this.close)!.start, text)
  }

  /** Replaces the call with its clauses; a column that has no name of its own gets `label`. */
  replace(text: () => string, label?: string): void {
    const place = { start: this.token(this.first)!.start, end: this.end }
    const suffix = label !== undefined && this.isUnnamedColumn ? ` as ${label}` : ''
    this.calls.edits.replace(place, () => text() + suffix)
  }

  /** The tokens between two of this call's, for what has words of its own inside, such as EXTRACT. */
  wordsInside(): Token[] {
    return this.calls.tokens.slice(this.open + 1, this.close)
  }

  textOf(tokens: Token[]): string {
    return this.calls.edits.render(tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0)
  }

  wrongArguments(): SqlError {
    return syntaxErrorAt(this.token(this.close)!)
  }

  private get isUnnamedColumn(): boolean {
    const { parent, field } = this.visit
    const isSelected = parent?.parent?.type === 'SelectStmt' && parent.field === 'targetList'
    return (
      parent?.type === 'ResTarget' &&
      isSelected &&
      field === 'val' &&
      parent.node['name'] === undefined
    )
  }

  private token(i: number): Token | undefined {
    return this.calls.tokens[i]
  }

  private closing(open: number): number {
    for (let i = open, depth = 0; i < this.calls.tokens.length; i++) {
      if (isWord(this.token(i), '(')) depth++
      if (isWord(this.token(i), ')') && --depth === 0) return i
    }
    throw new SqlError('42601', 'syntax error at end of input')
  }

  private split(open: number, close: number): Place[] {
    if (close === open + 1) return []
    const places: Place[] = []
    let from = open + 1
    if (this.node['agg_distinct'] || isWord(this.token(from), 'all')) from++
    for (let i = from, depth = 0; i <= close; i++) {
      const token = this.token(i)!
      if (token.kind !== 'symbol') continue
      if (i === close || (depth === 0 && token.text === ',')) {
        places.push({ start: this.token(from)!.start, end: this.token(i - 1)!.end })
        from = i + 1
      } else if (token.text === '(' || token.text === '[') depth++
      else if (token.text === ')' || token.text === ']') depth--
    }
    return places
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
