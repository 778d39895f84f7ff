import { SqlError } from '../../errors'
import { refused } from '../check'
import { type Part, partsOf } from '../nesting'
import { isWord, quoteName, type Token } from '../tokens'
import type { ClauseRule, Place } from './clause'
import { nameOf } from './outer-joins'

const staff =
  "(select 1 as id, 'a' as name, null::int as boss union all select 2, 'b', 1 union all select 3, 'c', 2 union all select 4, 'd', null) staff"

export const hierarchyRules: ClauseRule[] = [
  {
    word: 'connect',
    fact: 'docs r_CONNECT_BY_clause: FROM, then CONNECT BY from the rows of START WITH on, then WHERE',
    example: `select name from ${staff} where level > 1 start with boss is null connect by prior id = boss order by name`,
    expected: ['b', 'c'],
    when: (_, i, { clauses }) => clauses.get('connect')?.start === i,
    carryOut: walkTree,
  },
]

/** In place of what FROM names, the rows that a recursive query reaches, and their LEVEL. */
function walkTree(place: Place): void {
  const { tokens, block } = place
  const [from, connect, start] = ['from', 'connect', 'start'].map((it) => block.clauses.get(it))
  const [relation, ...more] = from ? partsOf(tokens, { ...from, start: from.start + 1 }) : []
  if (
    !relation ||
    more.length > 0 ||
    tokens.slice(relation.start, relation.end).some((it) => isWord(it, 'join'))
  )
    throw refused('hierarchyOfJoin')
  const name = nameOf(tokens, relation)
  const names = place.columnsOf(`select * from ${place.textOf(relation)}`).map((it) => it.name)
  const columns = names.map((_, i) => `redshift_${i + 1}`)
  const parent = (column: string) => columns[names.indexOf(column)]

  const conditions = within(place, connect!, 'redshift_level + 1', parent)
  const seeds = start ? within(place, start, '1', parent) : 'true'
  const relationText = place.textOf(relation)
  const level = names.includes('level') ? '' : ', redshift_level as "level"'
  const outputs = names.map((column, i) => `${columns[i]} as ${quoteName(column)}`).join(', ')
  place.replace(
    relation,
    `(with recursive redshift_tree (${columns.join(', ')}, redshift_level) as (` +
      `select ${quoteName(name)}.*, 1 from ${relationText} where ${seeds} union all ` +
      `select ${quoteName(name)}.*, redshift_level + 1 from ${relationText}, redshift_tree where ${conditions}) ` +
      `select ${outputs}${level} from redshift_tree) as ${quoteName(name)}`,
  )
  for (const clause of [connect, start]) if (clause) place.replace(clause, '')
  const all = names.map((column) => `${quoteName(name)}.${quoteName(column)}`).join(', ')
  for (const item of partsOf(tokens, block.list)) {
    if (isWord(tokens[item.end - 1], '*') && item.end - item.start <= 3 && isStar(tokens, item))
      place.replace(item, all)
  }
}

function isStar(tokens: Token[], { start, end }: Part): boolean {
  return end - start === 1 || isWord(tokens[end - 2], '.')
}

/** A condition of the tree: LEVEL is that of the row, and PRIOR column the one of the row above. */
function within(
  place: Place,
  clause: Part,
  level: string,
  parent: (column: string) => string | undefined,
): string {
  const { tokens } = place
  let text = ''
  for (let at = clause.start + 2; at < clause.end; at++) {
    const token = tokens[at]!
    const blank = text !== '' && tokens[at - 1]!.end < token.start ? ' ' : ''
    if (isWord(token, 'level') && !isWord(tokens[at - 1], '.') && !isWord(tokens[at + 1], '.')) {
      text += `${blank}(${level})`
    } else if (isWord(token, 'prior')) {
      at++
      while (isWord(tokens[at + 1], '.')) at += 2
      const column = tokens[at]
      if (column?.kind !== 'word' && column?.kind !== 'quoted') throw refused('priorOfExpression')
      const found = parent(column.value.toLowerCase())
      if (found === undefined) {
        throw new SqlError('42703', `column "${column.value.toLowerCase()}" does not exist`)
      }
      text += `${blank}${found}`
    } else text += `${blank}${token.text}`
  }
  return text
}
