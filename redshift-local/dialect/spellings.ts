import { castSpellings } from './casts'
import { checkWord, refused } from './check'
import { blockAround, isCount } from './clauses/block'
import type { Edits } from './edits'
import { openingBefore } from './nesting'
import type { ParsedStatement } from './parse'
import type { SpellingRule } from './spelling-rule'
import { isWord, quoteLiteral, quoteName, syntaxErrorAt, type Token } from './tokens'

/** Replaces what PostgreSQL's parser does not know or would take for something else, word by word. */
export function spellOut(statement: ParsedStatement, edits: Edits): void {
  const { tokens } = statement
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    if (token.kind === 'word') {
      checkWord(statement, i)
      spellingOf.get(token.value)?.spell({ ...statement, i, edits })
      if (token.text.startsWith('#')) edits.replace(token, quoteName(token.value))
    } else if (token.kind === 'string') {
      if (token.text[0] !== "'") checkPrefix(statement, i)
      else if (token.text.includes('\\')) spellEscapes(token, edits)
    } else if (token.kind === 'quoted') foldName(token, edits)
    else if (token.kind === 'number') {
      const next = tokens[i + 1]
      if (next?.kind === 'word' && next.start === token.end) part(next, edits)
    }
  }
}

// A word right behind a number, as in `case a when 1 then 4when …` of redshift_connector 2.1 (cursor.py, get_columns),
// is one for PostgreSQL 8.0, and a mistake for a later one.
function part(word: Token, edits: Edits): void {
  if (/^(x[\da-f]+|[bo]\d+|_\d\w*)$/.test(word.value)) throw refused('numberForm', word.text)
  edits.insert(word.start, ' ')
}

export const spellingRules: SpellingRule[] = [
  {
    words: ['sysdate'],
    fact: "E: SYSDATE without parentheses, the transaction's start; the column is called timestamp",
    example: 'select sysdate',
    expected: 'select redshift_catalog."timestamp"()',
    spell({ tokens, i, edits }) {
      if (!isName(tokens, i)) edits.replace(tokens[i]!, 'redshift_catalog."timestamp"()')
    },
  },
  {
    words: ['minus'],
    fact: 'C: MINUS is supported; it means EXCEPT',
    example: 'select a from t minus select a from s',
    expected: 'select a from t except select a from s',
    spell({ tokens, i, edits }) {
      const startsQuery = ['select', '(', 'with', 'all'].some((word) => isWord(tokens[i + 1], word))
      if (startsQuery) edits.replace(tokens[i]!, 'except')
    },
  },
  {
    words: ['top'],
    fact: 'C: TOP n is supported',
    example: 'select top 2 a from t order by a',
    expected: 'select  a from t order by a limit 2',
    spell({ tokens, i, edits }) {
      const isAfterSelect = ['select', 'distinct', 'all'].some((word) =>
        isWord(tokens[i - 1], word),
      )
      const count = tokens[i + 1]
      const block = isAfterSelect && isCount(count) ? blockAround(tokens, i) : undefined
      if (!block) return
      const limit = ` limit ${count!.text}`
      edits.replace({ start: tokens[i]!.start, end: count!.end }, '')
      edits.insert(tokens[block.end - 1]!.end, block.isArm ? `${limit}) as redshift_top` : limit)
      // Behind an arm of a set operation LIMIT would limit the whole.
      if (block.isArm) edits.insert(tokens[block.start]!.start, 'select * from (')
    },
  },
  {
    words: ['where'],
    fact: 'sqlalchemy-redshift/sqlalchemy-redshift, dialect.py: `where 1 AND …` is what it asks a cluster',
    example: 'select a from t where 1 and a = 2',
    expected: 'select a from t where 1<>0 and a = 2',
    spell({ tokens, i, edits }) {
      const [number, next] = [tokens[i + 1], tokens[i + 2]]
      const isCondition = !next || ['and', 'or', ')'].some((word) => isWord(next, word))
      if (number?.kind === 'number' && isCondition) edits.insert(number.end, '<>0')
    },
  },
  {
    words: ['approximate'],
    fact: 'E: APPROXIMATE COUNT(DISTINCT) ~2 %: an exact answer is within that error',
    example: 'select approximate count(distinct a) from t',
    expected: 'select  count(distinct a) from t',
    spell({ tokens, i, edits }) {
      const next = tokens[i + 1]
      if (isWord(next, 'count') || isWord(next, 'percentile_disc')) edits.replace(tokens[i]!, '')
    },
  },
  {
    // The parser takes no DISTINCT together with WITHIN GROUP.
    words: ['listagg'],
    fact: 'E: LISTAGG([DISTINCT] e[,delim]) [WITHIN GROUP(ORDER BY)]',
    example: "select listagg(distinct a, ',') as x from t",
    expected: "select redshift_catalog.listagg(distinct a, ',' ) as x from t",
    spell({ tokens, i, edits }) {
      if (!isWord(tokens[i + 1], '(') || !isWord(tokens[i + 2], 'distinct')) return
      edits.replace({ start: tokens[i]!.start, end: tokens[i + 2]!.end }, 'listagg_distinct(')
    },
  },
  {
    words: ['respect'],
    fact: 'C: RESPECT NULLS is supported for some functions; it is what the engine does',
    example: 'select lag(a) respect nulls over (order by a) from t',
    expected: 'select lag(a)  over (order by a) from t',
    spell({ tokens, i, edits }) {
      const [word, next] = [tokens[i]!, tokens[i + 1]]
      if (isWord(next, 'nulls')) edits.replace({ start: word.start, end: next!.end }, '')
    },
  },
  {
    words: ['ignore'],
    fact: 'docs r_WF_LAG, r_WF_first_value: IGNORE NULLS behind the call or its argument',
    example:
      'select lag(a) ignore nulls over (order by b), first_value(a ignore nulls) over () from t',
    expected:
      'select redshift_catalog.last_value(a) over (order by b rows between unbounded preceding and 1 preceding) as lag, redshift_catalog.first_value(a ) over () from t',
    spell({ tokens, i, edits }) {
      const [word, next] = [tokens[i]!, tokens[i + 1]]
      if (!isWord(next, 'nulls')) return
      const name = tokens[openingBefore(tokens, isWord(tokens[i - 1], ')') ? i - 1 : i) - 1]
      if (!ignoring.some((one) => isWord(name, one))) throw syntaxErrorAt(word)
      edits.insert(name!.end, '_ignoring_nulls')
      edits.replace({ start: word.start, end: next!.end }, '')
    },
  },
  {
    words: ['current_date'],
    fact: 'docs r_CURRENT_DATE_function: its column is called date',
    example: 'select current_date',
    expected: 'select redshift_catalog."date"()',
    spell({ tokens, i, edits }) {
      if (!isName(tokens, i)) edits.replace(tokens[i]!, 'redshift_catalog."date"()')
    },
  },
  {
    words: ['grouping_id'],
    fact: 'docs r_GROUP_BY_aggregation-extensions: GROUPING_ID is an alias of GROUPING',
    example: 'select grouping_id(a, b) from t group by cube (a, b)',
    expected: 'select grouping(a, b) from t group by cube (a, b)',
    spell({ tokens, i, edits }) {
      if (isWord(tokens[i + 1], '(')) edits.replace(tokens[i]!, 'grouping')
    },
  },
  {
    words: ['current_aws_account', 'current_namespace', 'current_user_id'],
    fact: 'docs r_System_information_functions: functions that are called without parentheses',
    example: 'select current_user_id',
    expected: 'select redshift_catalog.current_user_id()',
    spell({ tokens, i, edits }) {
      const { value } = tokens[i]!
      if (!isName(tokens, i)) edits.replace(tokens[i]!, `redshift_catalog.${value}()`)
    },
  },
  {
    words: ['user'],
    fact: 'docs r_USER: USER is CURRENT_USER, and its column is called so',
    example: 'select user, 1',
    expected: 'select current_user, 1',
    spell({ tokens, i, edits }) {
      const isItem = isWord(tokens[i - 1], 'select') || isWord(tokens[i - 1], ',')
      const ends =
        i + 1 === tokens.length || [',', 'from', ')'].some((it) => isWord(tokens[i + 1], it))
      if (isItem && ends && isWord(tokens[0], 'select')) edits.replace(tokens[i]!, 'current_user')
    },
  },
  ...castSpellings,
]

const spellingOf = new Map(
  spellingRules.flatMap((rule) => rule.words.map((word) => [word, rule] as const)),
)

/** Whether a word that is a function without parentheses is a name at this place. */
function isName(tokens: Token[], i: number): boolean {
  return isWord(tokens[i - 1], '.') || isWord(tokens[i - 1], 'as') || isWord(tokens[i + 1], '(')
}

const ignoring = ['lag', 'lead', 'first_value', 'last_value', 'nth_value']

// U& came with a PostgreSQL later than 8.0, so it is a name and an operator.
function checkPrefix(statement: ParsedStatement, i: number): void {
  checkWord(statement, i)
  const token = statement.tokens[i]!
  if (/^u/i.test(token.text)) throw syntaxErrorAt(token)
}

// Backslashes escape in Redshift's strings, and in the engine's behind an E only, where one that is meant is
// written twice, so that our own tokens, too, end where the string does.
function spellEscapes(token: Token, edits: Edits): void {
  const literal = quoteLiteral(token.value)
  const isPlain = !token.value.includes('\\')
  edits.replace(token, isPlain ? literal : ` E${literal.replaceAll('\\', '\\\\')}`)
}

// Facts B: quoted names fold to lower case like all others.
function foldName(token: Token, edits: Edits): void {
  const folded = token.value.toLowerCase()
  if (folded !== token.value) edits.replace(token, quoteName(folded))
}
