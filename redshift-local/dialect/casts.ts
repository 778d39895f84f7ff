import { refused } from './check'
import { isLackingType } from './column-types'
import { closing, openingBefore } from './nesting'
import type { Place, SpellingRule } from './spelling-rule'
import { isWord, quoteLiteral, syntaxErrorAt, type Token } from './tokens'

/** Types in casts, and the casts that PostgreSQL writes otherwise. */
export const castSpellings: SpellingRule[] = [
  {
    words: ['max'],
    fact: 'B, Types: MAX is the greatest length',
    example: 'select a::varchar(max), b::char(max) from t',
    expected: 'select a::varchar(65535), b::char(4096) from t',
    spell({ tokens, i, edits }) {
      if (!isWord(tokens[i - 1], '(') || !isWord(tokens[i + 1], ')')) return
      const length = greatest.get(tokens[i - 2]?.value ?? '')
      if (length !== undefined) edits.replace(tokens[i]!, length)
    },
  },
  {
    words: ['nvarchar'],
    fact: 'B, Types: NVARCHAR is VARCHAR',
    example: 'select a::nvarchar(3) from t',
    expected: 'select a::varchar(3) from t',
    spell: inCast,
  },
  {
    words: ['char', 'character', 'nchar'],
    fact: 'docs r_Character_types: a cast to CHAR without a length takes the length of what it is given',
    example: 'select a::char, cast(b as character) from t',
    expected: 'select a::bpchar, cast(b as bpchar) from t',
    spell: inCast,
  },
  {
    words: ['decimal', 'numeric'],
    fact: 'B, Types: DECIMAL is DECIMAL(18,0)',
    example: 'select a::decimal, cast(b as numeric) from t',
    expected: 'select a::numeric(18,0), cast(b as numeric(18,0)) from t',
    spell: inCast,
  },
  {
    words: ['datetime'],
    fact: 'docs r_CONVERT_function: DATETIME in a cast is TIMESTAMP',
    example: "select '2020-01-01'::datetime",
    expected: "select '2020-01-01'::timestamp",
    spell: inCast,
  },
  {
    words: ['convert'],
    fact: 'docs r_CONVERT_function: CONVERT(type, expression) is a cast',
    example: 'select convert(decimal, a + 1) from t',
    expected: 'select cast( a + 1 as numeric(18,0)) from t',
    spell({ tokens, i, edits }) {
      if (!isCall(tokens, i)) return
      const comma = endOfType(tokens, i + 2)
      if (comma === i + 2 || !isWord(tokens[comma], ',')) return
      const type = engineType(tokens.slice(i + 2, comma))
      const close = tokens[endOfCall(tokens, i + 1)]!
      edits.replace(tokens[i]!, 'cast')
      edits.replace({ start: tokens[i + 2]!.start, end: tokens[comma]!.end }, '')
      edits.insert(close.start, ` as ${type}`)
    },
  },
  {
    words: ['try_cast'],
    fact: 'docs r_TRY_CAST: NULL where a cast would fail',
    example: 'select try_cast(a as int) from t',
    expected: "select redshift_catalog.try_cast('' || (a ), 'int', null::int) from t",
    spell({ tokens, i, edits }) {
      if (!isCall(tokens, i)) return
      const end = endOfCall(tokens, i + 1)
      const close = tokens[end]!
      const as = tokens.findLastIndex((token, at) => at > i && at < end && isWord(token, 'as'))
      if (as < 0) throw syntaxErrorAt(close)
      const type = engineType(tokens.slice(as + 1, end))
      const [open, from, to] = [tokens[i + 1]!, tokens[i + 2]!, tokens[as]!]
      edits.replace({ start: tokens[i]!.start, end: open.end }, "redshift_catalog.try_cast('' || (")
      if (from.start > open.end) edits.replace({ start: open.end, end: from.start }, '')
      edits.replace(
        { start: to.start, end: close.start },
        `), ${quoteLiteral(type)}, null::${type}`,
      )
    },
  },
]

const greatest = new Map([
  ['varchar', '65535'],
  ['nvarchar', '65535'],
  ['varying', '65535'],
  ['char', '4096'],
  ['character', '4096'],
  ['nchar', '4096'],
])

/** The engine's name for what Redshift calls a type in a cast. */
const named = new Map([
  ['nvarchar', 'varchar'],
  ['nchar', 'char'],
  ['datetime', 'timestamp'],
])
/** The same for a type that stands without its arguments. */
const bare = new Map([
  ['decimal', 'numeric(18,0)'],
  ['numeric', 'numeric(18,0)'],
  ['char', 'bpchar'],
  ['character', 'bpchar'],
  ['nchar', 'bpchar'],
])

function engineWord(tokens: Token[], i: number): string {
  const { value, text } = tokens[i]!
  const hasMore = isWord(tokens[i + 1], '(') || isWord(tokens[i + 1], 'varying')
  return (hasMore ? undefined : bare.get(value)) ?? named.get(value) ?? text
}

function inCast({ tokens, i, edits }: Place): void {
  if (!isCast(tokens, i)) return
  const word = engineWord(tokens, i)
  if (word !== tokens[i]!.text) edits.replace(tokens[i]!, word)
}

function isCast(tokens: Token[], i: number): boolean {
  if (isWord(tokens[i - 1], '::')) return true
  if (!isWord(tokens[i - 1], 'as')) return false
  return isWord(tokens[openingBefore(tokens, i) - 1], 'cast')
}

function isCall(tokens: Token[], i: number): boolean {
  return isWord(tokens[i + 1], '(') && !isWord(tokens[i - 1], '.')
}

const typeWords = new Set(
  (
    'smallint int2 integer int int4 bigint int8 decimal numeric dec real float4 float8 float double precision ' +
    'boolean bool char character varying nchar bpchar varchar nvarchar text date time timetz timestamp timestamptz ' +
    'datetime with without zone super varbyte varbinary geometry geography hllsketch'
  ).split(' '),
)

/** Where the words of a type end. */
function endOfType(tokens: Token[], from: number): number {
  let i = from
  while (tokens[i]?.kind === 'word' && typeWords.has(tokens[i]!.value)) i++
  if (i > from && isWord(tokens[i], '(')) i = endOfCall(tokens, i) + 1
  return i
}

function engineType(tokens: Token[]): string {
  const first = tokens[0]?.value ?? ''
  if (isLackingType(first)) throw refused('lackingType', first)
  return tokens
    .map((token, i) =>
      token.value === 'max' ? (greatest.get(first) ?? '65535') : engineWord(tokens, i),
    )
    .join(' ')
    .replace(/ ?([(),]) ?/g, '$1')
}

/** @throws SqlError where it is not closed */
function endOfCall(tokens: Token[], open: number): number {
  const end = closing(tokens, open)
  if (end === undefined) throw syntaxErrorAt(tokens[open]!)
  return end
}
