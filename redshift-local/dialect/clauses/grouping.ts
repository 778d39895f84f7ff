import { closing, type Part, partsOf } from '../nesting'
import { isWord, type Token } from '../tokens'
import type { ClauseRule, Place } from './clause'
import { fromToHaving } from './outer-select'

export const groupingRules: ClauseRule[] = [
  {
    word: 'all',
    fact: 'docs r_GROUP_BY_clause: GROUP BY ALL groups by all of the select list that is no aggregate',
    example:
      "select b, count(*) from (select 1 as a, 'x' as b union all select 2, 'y' union all select 3, 'x') t group by all order by b",
    expected: ['x', 'y'],
    isAt: (tokens, i) => isWord(tokens[i - 1], 'by') && isWord(tokens[i - 2], 'group'),
    when(tokens, i, { clauses }) {
      const group = clauses.get('group')
      return group?.start === i - 2 && group.end === i + 1
    },
    carryOut(place) {
      const keys: number[] = []
      let column = 0
      for (const item of partsOf(place.tokens, place.block.list)) {
        const columns = columnsIn(place, item)
        for (let n = 1; n <= columns; n++)
          if (!isAggregate(place.tokens, item)) keys.push(column + n)
        column += columns
      }
      place.replace(
        place.block.clauses.get('group')!,
        keys.length > 0 ? `group by ${keys.join(', ')}` : '',
      )
    },
  },
]

function columnsIn(place: Place, item: Part): number {
  if (!isWord(place.tokens[item.end - 1], '*')) return 1
  return place.columnsOf(`select ${place.textOf(item)} ${fromToHaving(place, 'group', 'having')}`)
    .length
}

const aggregates = new Set(
  (
    'any_value avg bit_and bit_or bool_and bool_or count listagg max median min percentile_cont percentile_disc ' +
    'stddev stddev_pop stddev_samp sum var_pop var_samp variance grouping grouping_id'
  ).split(' '),
)

/** An aggregate or a window function is in it. */
function isAggregate(tokens: Token[], { start, end }: Part): boolean {
  for (let at = start; at < end - 1; at++) {
    if (isWord(tokens[at], '(') && isWord(tokens[at + 1], 'select')) at = closing(tokens, at) ?? end
    else if (isWord(tokens[at], 'over') && isWord(tokens[at + 1], '(')) return true
    else if (aggregates.has(tokens[at]!.value) && isWord(tokens[at + 1], '(')) return true
  }
  return false
}
