import type { Token } from '../dialect/tokens'
import { SqlError } from '../errors'

/** Reads the tokens of one statement from left to right. Its errors never repeat a string. */
export class TokenReader {
  #next = 0

  constructor(readonly tokens: Token[]) {}

  get atEnd(): boolean {
    const token = this.tokens[this.#next]
    return !token || (token.text === ';' && this.#next === this.tokens.length - 1)
  }

  /** Takes the next token if it is one of these words or symbols. */
  accept(...values: string[]): string | undefined {
    const token = this.tokens[this.#next]
    if (!token || (token.kind !== 'word' && token.kind !== 'symbol')) return undefined
    if (!values.includes(token.value)) return undefined
    this.#next++
    return token.value
  }

  expect(...values: string[]): string {
    return this.accept(...values) ?? this.fail()
  }

  word(): string {
    return this.#take('word').value
  }

  string(): string {
    return this.#take('string').value
  }

  number(): number {
    return Number(this.#take('number').value)
  }

  /** Redshift folds quoted identifiers, too (facts B). */
  identifier(): string {
    const hash = this.accept('#') ?? ''
    return hash + this.#take('word', 'quoted').value.toLowerCase()
  }

  peek(): Token | undefined {
    return this.tokens[this.#next]
  }

  /** @throws SqlError: a syntax error at the next token */
  fail(): never {
    const token = this.atEnd ? undefined : this.tokens[this.#next]
    if (!token) throw new SqlError('42601', 'syntax error at end of input')
    const near = token.kind === 'string' ? "'...'" : token.text
    throw new SqlError('42601', `syntax error at or near "${near}"`, { position: token.start + 1 })
  }

  #take(...kinds: Token['kind'][]): Token {
    const token = this.tokens[this.#next]
    if (!token || !kinds.includes(token.kind)) return this.fail()
    this.#next++
    return token
  }
}
