import { SqlError } from '../../errors'
import { indexOutside, type Part, partsOf } from '../nesting'
import { Cursor, isWord, quoteName, type Token } from '../tokens'
import type { ClauseRule, Place } from './clause'

const three = "(select 1 as a, 'x' as b union all select 2, 'y' union all select 3, 'x') t"

/** Clauses that keep some of the rows or columns that the rest of a query makes: a query around it does. */
export const outerSelectRules: ClauseRule[] = [
  {
    word: 'qualify',
    fact: 'docs r_QUALIFY_clause: a condition on what window functions have given, behind HAVING',
    example: `select a from ${three} where true qualify row_number() over (partition by b order by a desc) = 1 order by a`,
    expected: [2, 3],
    when: (_, i, { clauses }) => clauses.get('qualify')?.start === i,
    carryOut: selectAround,
  },
  {
    word: 'exclude',
    fact: 'docs r_EXCLUDE_list: EXCLUDE column_list, in parentheses or not, behind the select list',
    example: `select * exclude (b) from ${three} order by 1`,
    expected: [1, 2, 3],
    when: (tokens, i, { list }) => indexOfExclude(tokens, list) === i,
    carryOut: selectAround,
  },
]

/** `select list from …` becomes a query of that, with its condition and the keys of its order as more columns. */
function selectAround(place: Place): void {
  const { tokens, block } = place
  const exclude = indexOfExclude(tokens, block.list)
  const list = { start: block.list.start, end: exclude < 0 ? block.list.end : exclude }
  const from = fromToHaving(place)
  const names = place.columnsOf(`select ${place.textOf(list)} ${from}`).map(({ name }) => name)
  const excluded = exclude < 0 ? [] : readNames(tokens.slice(exclude + 1, block.list.end))
  const missing = excluded.find((name) => !names.includes(name))
  if (missing !== undefined) throw new SqlError('42703', `column "${missing}" does not exist`)

  const columns = names.map((_, i) => `redshift_${i + 1}`)
  const items = names.flatMap((name, i) =>
    excluded.includes(name) ? [] : [`${columns[i]} as ${quoteName(name)}`],
  )
  const more: string[] = []
  const add = (expression: string): string => {
    columns.push(`redshift_${columns.length + 1}`)
    more.push(`, (${expression})`)
    return columns.at(-1)!
  }
  const condition = place.clause('qualify').slice('qualify'.length)
  const where = condition === '' ? '' : `where ${add(condition)}`
  const kept = names.filter((name) => !excluded.includes(name))
  const order = orderOf(place, kept, add)
  const inner = `select ${place.textOf(list)}${more.join('')} ${from}`
  const head = place.textOf(block.head)
  const rest = ['limit', 'offset'].map((word) => place.clause(word)).join(' ')
  place.replace(
    block,
    `select ${head} ${items.join(', ')} ${place.clause('into')} from (${inner}) as redshift_rows (${columns.join(', ')}) ${where} ${order} ${rest}`,
  )
}

/** The clauses between the select list and QUALIFY, without some. */
export function fromToHaving(place: Place, ...without: string[]): string {
  const outside = ['into', 'qualify', 'order', 'limit', 'offset', ...without]
  return [...place.block.clauses]
    .flatMap(([word, part]) => (outside.includes(word) ? [] : [place.textOf(part)]))
    .join(' ')
}

function orderOf(place: Place, names: string[], add: (expression: string) => string): string {
  const clause = place.block.clauses.get('order')
  if (!clause) return ''
  const { tokens } = place
  const keys = partsOf(tokens, { start: clause.start + 2, end: clause.end }).map((part) => {
    const key = { start: part.start, end: endOfKey(tokens, part) }
    const direction = place.textOf({ start: key.end, end: part.end })
    const [first, second] = [tokens[key.start]!, key.end - key.start > 1]
    const isOutput =
      !second && (first.kind === 'number' || names.includes(first.value.toLowerCase()))
    return `${isOutput ? first.text : add(place.textOf(key))} ${direction}`
  })
  return `order by ${keys.join(', ')}`
}

/** Before ASC, DESC and NULLS FIRST or LAST. */
function endOfKey(tokens: Token[], { start, end }: Part): number {
  let at = end
  if (isWord(tokens[at - 2], 'nulls')) at -= 2
  if (isWord(tokens[at - 1], 'asc') || isWord(tokens[at - 1], 'desc')) at--
  return Math.max(at, start + 1)
}

function indexOfExclude(tokens: Token[], list: Part): number {
  const items = tokens.slice(list.start, list.end - 1)
  const at = indexOutside(items, (token, i) => {
    const isName = [',', '.', 'as'].some((word) => isWord(items[i - 1], word))
    return i > 0 && isWord(token, 'exclude') && !isName
  })
  return at < 0 ? -1 : list.start + at
}

function readNames(tokens: Token[]): string[] {
  const cursor = new Cursor(tokens)
  const names = cursor.is('(') ? cursor.names() : cursor.listOf(() => cursor.name())
  cursor.expectEnd()
  return names
}
