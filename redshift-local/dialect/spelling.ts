import { SqlError } from '../errors'
import { isWord, quoteName, syntaxErrorAt } from './cursor'
import { type Edits } from './edits'
import { type Source } from './statement'
import { type Token } from './tokens'

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
    edits.replace(token, `'${token.value.replaceAll("'", "''")}'`)
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
