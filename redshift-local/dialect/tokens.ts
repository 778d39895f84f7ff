import { SqlError } from '../errors'
import { databaseName, isReserved, refuseOtherDatabase } from './names'

/** A stretch of a text in JavaScript string indexes, without what stands at `end`. */
export interface Span {
  start: number
  end: number
}

/** A word of SQL with its place in the text. */
export interface Token extends Span {
  kind: 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'symbol'
  /** As it was written. */
  text: string
  /** A bare word in lower case, an identifier or string without its quotes and escapes, else `text`. */
  value: string
}

/**
 * The tokens of `sql`, comments left out, by the lexical rules of PostgreSQL 8.0, which are Redshift's:
 * a backslash escapes in every string (apache/datafusion-sqlparser-rs#1801, jOOQ#10628), and a name may
 * begin with `#` (facts B). PostgreSQL 18's own scanner knows neither.
 * @throws SqlError 42601 where a string, a name or a comment has no end
 */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = []
  for (let at = skipBlanks(sql, 0); at < sql.length; at = skipBlanks(sql, at)) {
    const token = readToken(sql, at, tokens.at(-1))
    tokens.push(token)
    at = token.end
  }
  return tokens
}

const nameStart = /[a-z_\u0080-\uffff]/i
const name = /[\w$\u0080-\uffff]*/y
const number = /(?:\d+(?:\.(?!\.)\d*)?|\.\d+)(?:e[+-]?\d+)?/iy
const dollarTag = /\$(?:[a-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/iy
const parameter = /\$\d+/y
const operator = /[-+*/<>=~!@#%^&|`?]+/y
const prefixedString = /(?:[ebnx]|u&)'/iy

function readToken(sql: string, start: number, previous: Token | undefined): Token {
  const first = sql[start]!
  const make = (kind: Token['kind'], end: number, value?: string): Token => {
    const text = sql.slice(start, end)
    return { kind, text, value: value ?? text, start, end }
  }
  if (first === "'") {
    const end = endOfString(sql, start)
    return make('string', end, unescape(sql.slice(start + 1, end - 1)))
  }
  if (first === '"') {
    const end = endOfQuoted(sql, start)
    return make('quoted', end, sql.slice(start + 1, end - 1).replaceAll('""', '"'))
  }
  if (matches(prefixedString, sql, start)) {
    return make('string', endOfString(sql, sql.indexOf("'", start)))
  }
  if (first === '$') {
    const tag = matches(dollarTag, sql, start)
    if (tag) {
      const end = endOfDollars(sql, start, tag)
      return make('string', end, sql.slice(start + tag.length, end - tag.length))
    }
    const dollar = matches(parameter, sql, start)
    if (dollar) return make('parameter', start + dollar.length)
  }
  if (nameStart.test(first) || (first === '#' && beginsName(sql, start, previous))) {
    const end = start + 1 + matches(name, sql, start + 1)!.length
    return make('word', end, sql.slice(start, end).toLowerCase())
  }
  const digits = matches(number, sql, start)
  if (digits) return make('number', start + digits.length)
  return make('symbol', start + symbolLength(sql, start))
}

// After an operand, `#` is the operator of PostgreSQL.
function beginsName(sql: string, start: number, previous: Token | undefined): boolean {
  return nameStart.test(sql[start + 1] ?? '') && previous?.end !== start
}

function symbolLength(sql: string, start: number): number {
  if (sql.startsWith('::', start) || sql.startsWith(':=', start)) return 2
  let run = matches(operator, sql, start) ?? ''
  const comment = run.search(/--|\/\*/)
  if (comment > 0) run = run.slice(0, comment)
  // The rule of PostgreSQL's scanner: `=-` is two operators, `@-` is one.
  while (run.length > 1 && /[+-]$/.test(run) && !/[~!@#%^&|`?]/.test(run)) run = run.slice(0, -1)
  return run.length || 1
}

function matches(pattern: RegExp, sql: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(sql)?.[0]
}

function skipBlanks(sql: string, from: number): number {
  for (let at = from; ; at++) {
    if (sql.startsWith('--', at)) at = (sql.indexOf('\n', at) + 1 || sql.length + 1) - 1
    else if (sql.startsWith('/*', at)) at = endOfComment(sql, at) - 1
    else if (at >= sql.length || sql.charCodeAt(at) > 32) return at
  }
}

function endOfComment(sql: string, start: number): number {
  const mark = /\/\*|\*\//g
  mark.lastIndex = start
  for (let depth = 0, match; (match = mark.exec(sql));) {
    depth += match[0] === '/*' ? 1 : -1
    if (depth === 0) return mark.lastIndex
  }
  throw unterminated('/* comment', sql, start)
}

function endOfString(sql: string, start: number): number {
  for (let at = start + 1; at < sql.length; at++) {
    const code = sql.charCodeAt(at)
    if (code === 92) at++
    else if (code === 39 && sql.charCodeAt(at + 1) === 39) at++
    else if (code === 39) return at + 1
  }
  throw unterminated('quoted string', sql, start)
}

function endOfQuoted(sql: string, start: number): number {
  for (let at = start + 1; (at = sql.indexOf('"', at)) >= 0; at += 2) {
    if (sql[at + 1] !== '"') return at + 1
  }
  throw unterminated('quoted identifier', sql, start)
}

function endOfDollars(sql: string, start: number, tag: string): number {
  const close = sql.indexOf(tag, start + tag.length)
  if (close < 0) throw unterminated('dollar-quoted string', sql, start)
  return close + tag.length
}

function unterminated(what: string, sql: string, start: number): SqlError {
  const message = `unterminated ${what} at or near "${sql.slice(start, start + 60)}"`
  return new SqlError('42601', message, { position: start + 1 })
}

const letters: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

// A NUL cannot be in a string of PostgreSQL: COPY's NULL AS '\0' keeps its two characters.
function unescape(inside: string): string {
  if (!inside.includes('\\')) return inside.includes("'") ? inside.replaceAll("''", "'") : inside
  return inside.replace(/''|\\([0-7]{1,3}|[^])/g, (all, escaped?: string) => {
    if (escaped === undefined) return "'"
    if (!/^[0-7]/.test(escaped)) return letters[escaped] ?? escaped
    const code = parseInt(escaped, 8)
    return code === 0 ? all : String.fromCharCode(code)
  })
}

/** A name as a statement gives it, folded (facts B: quoted names fold too). */
export interface Name {
  schema?: string
  name: string
}

/** Reads the tokens of a statement one after another, by the words of a grammar. */
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

  /** Whether a string is next; one with a prefix, `x'…'`, is none where a grammar of ours takes one. */
  get isAtString(): boolean {
    return this.token?.kind === 'string' && /^['$]/.test(this.token.text)
  }

  /** Where the next token begins; at the end, where the last one ended. */
  get start(): number {
    return this.token?.start ?? this.tokens.at(-1)?.end ?? 0
  }

  /** Where the token before ended. */
  get endBefore(): number {
    return this.tokens[this.at - 1]?.end ?? 0
  }

  /** Whether these words or symbols are next, one after another. */
  is(...words: string[]): boolean {
    return words.every((word, i) => isWord(this.tokens[this.at + i], word))
  }

  take(...words: string[]): boolean {
    const found = this.is(...words)
    if (found) this.at += words.length
    return found
  }

  takeOneOf<Word extends string>(...words: readonly Word[]): Word | undefined {
    return words.find((word) => this.take(word))
  }

  /** @throws SqlError 42601 where they are not next, as all that follow do */
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

  /** A name, folded to lower case even where it is quoted (facts B). */
  name(): string {
    const token = this.next()
    if (token.kind === 'word' || token.kind === 'quoted') return token.value.toLowerCase()
    throw syntaxErrorAt(token)
  }

  /** Whether a name is next, and no reserved word. */
  get isAtName(): boolean {
    const { token } = this
    // Schemas named raw are in wide use, whatever the list says.
    const isSchema = isWord(this.tokens[this.at + 1], '.')
    return (
      token?.kind === 'quoted' || (token?.kind === 'word' && (isSchema || !isReserved(token.value)))
    )
  }

  unreservedName(): string {
    if (!this.isAtName) throw this.syntaxError()
    return this.name()
  }

  /** With a schema, or database and schema. @throws SqlError 0A000 for another database */
  qualifiedName(): Name {
    const parts = [this.unreservedName()]
    while (parts.length < 3 && this.take('.')) parts.push(this.name())
    if (parts.length === 1) return { name: parts[0]! }
    const [name, schema, database = databaseName] = parts.reverse() as [string, string, string?]
    refuseOtherDatabase(database)
    return { schema, name }
  }

  /** One or more of what is read so, with commas between them. */
  listOf<Item>(read: () => Item): Item[] {
    const items = [read()]
    while (this.take(',')) items.push(read())
    return items
  }

  /** One or more names in parentheses. */
  names(): string[] {
    const parts = this.group()
    if (parts.length === 0) throw syntaxErrorAt(this.tokens[this.at - 1]!)
    return parts.map((part) => {
      const cursor = new Cursor(part)
      const name = cursor.unreservedName()
      cursor.expectEnd()
      return name
    })
  }

  string(): string {
    if (!this.isAtString) throw this.syntaxError()
    return this.next().value
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

export function syntaxErrorAt({ kind, text, start }: Token): SqlError {
  // A string is not repeated: it may be a secret.
  const near = kind === 'string' ? "'...'" : text
  return new SqlError('42601', `syntax error at or near "${near}"`, { position: start + 1 })
}

export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

export function quoteFully({
  schema,
  name,
}: {
  schema?: string | undefined
  name: string
}): string {
  return [schema, name].flatMap((part) => (part === undefined ? [] : quoteName(part))).join('.')
}

export function quoteLiteral(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}
