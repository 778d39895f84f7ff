import { SqlError } from '../errors'
import { type Token } from './tokens'

/** A name as a statement gives it, folded (facts B: quoted names fold too). */
export interface Name {
  schema?: string
  name: string
}

/** Reads tokens one after another, by the words of a grammar. */
export class Cursor {
  constructor(
    private readonly tokens: Token[],
    private at = 0,
  ) {}

  get token(): Token | undefined {
    return this.tokens[this.at]
  }

  get isAtEnd(): boolean {
    return this.at >= this.tokens.length
  }

  /** Where the next token begins; at the end, where the last one ended. */
  get place(): number {
    return this.token?.start ?? this.tokens.at(-1)?.end ?? 0
  }

  /** Where the token before ended. */
  get placeBefore(): number {
    return this.tokens[this.at - 1]?.end ?? 0
  }

  is(...words: string[]): boolean {
    return words.every((word, i) => isWord(this.tokens[this.at + i], word))
  }

  take(...words: string[]): boolean {
    const found = this.is(...words)
    if (found) this.at += words.length
    return found
  }

  expect(...words: string[]): void {
    if (!this.take(...words)) throw this.syntaxError()
  }

  expectEnd(): void {
    if (!this.isAtEnd) throw this.syntaxError()
  }

  next(): Token {
    const token = this.token
    if (!token) throw this.syntaxError()
    this.at++
    return token
  }

  name(): string {
    const token = this.next()
    if (token.kind === 'word' || token.kind === 'quoted') return token.value.toLowerCase()
    throw syntaxErrorAt(token)
  }

  qualifiedName(): Name {
    const first = this.name()
    return this.take('.') ? { schema: first, name: this.name() } : { name: first }
  }

  names(): string[] {
    return this.group().map((part) => {
      const cursor = new Cursor(part)
      const name = cursor.name()
      cursor.expectEnd()
      return name
    })
  }

  integer(): number {
    const sign = this.take('-') ? -1 : 1
    const token = this.next()
    if (token.kind !== 'number' || !/^\d+$/.test(token.text)) throw syntaxErrorAt(token)
    return sign * Number(token.text)
  }

  /** The tokens within the parentheses that open here, split at their commas. */
  group(): Token[][] {
    this.expect('(')
    const parts: Token[][] = [[]]
    for (let depth = 1; ;) {
      const token = this.next()
      if (isWord(token, '(')) depth++
      if (isWord(token, ')') && --depth === 0) break
      if (depth === 1 && isWord(token, ',')) parts.push([])
      else parts.at(-1)!.push(token)
    }
    return parts.length === 1 && parts[0]!.length === 0 ? [] : parts
  }

  rest(): Token[] {
    return this.tokens.slice(this.at)
  }

  syntaxError(): SqlError {
    return this.token
      ? syntaxErrorAt(this.token)
      : new SqlError('42601', 'syntax error at end of input')
  }
}

/** Whether a token is this bare word or symbol; a quoted name never is. */
export function isWord(token: Token | undefined, word: string): boolean {
  return token?.value === word && (token.kind === 'word' || token.kind === 'symbol')
}

export function syntaxErrorAt(token: Token): SqlError {
  const position = token.start + 1
  return new SqlError('42601', `syntax error at or near "${token.text}"`, { position })
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

export function quoteFully(name: Name): string {
  return [name.schema, name.name]
    .flatMap((part) => (part === undefined ? [] : quoteName(part)))
    .join('.')
}

export function quoteLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}
