import { loadModule } from 'libpg-query'
import { SqlError } from '../errors'

/** A word of SQL with its place in the text, in JavaScript string indexes. */
export interface Token {
  kind: 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'symbol'
  /** As it was written. */
  text: string
  /** A bare word in lower case, an identifier or string without its quotes and escapes, else `text`. */
  value: string
  start: number
  end: number
}

/** Loads PostgreSQL's parser (WebAssembly, about 40 ms). Await it once, before the rest. */
export const loadParser: () => Promise<void> = loadModule

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
    if (tag) return make('string', endOfDollars(sql, start, tag))
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
