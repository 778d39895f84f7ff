import { refused } from '../check'
import type { Call } from '../calls'
import { indexOutside, partsOf } from '../nesting'
import { isWord, type Token, tokenize } from '../tokens'
import { type FunctionRule, wholePartition } from './rule'

const rowsBefore = 'rows between unbounded preceding and 1 preceding'

const three = '(select 1 as a, 2 as b union all select 2, null union all select 3, 6) t order by a'

/** The functions that take IGNORE NULLS, as `spellings` calls them with it, and aggregates as window functions. */
export const windowRules: FunctionRule[] = [
  {
    names: ['first_value_ignoring_nulls'],
    fact: 'docs r_WF_first_value: the first value in the frame that is not NULL',
    example: `select first_value(b ignore nulls) over (order by a desc rows between 1 following and unbounded following) from ${three}`,
    expected: [null, 2, 2],
    label: 'first_value',
    rewrite: (call) => call.rename('redshift_catalog.first_value'),
  },
  {
    names: ['last_value_ignoring_nulls'],
    fact: 'docs r_WF_first_value: the last value in the frame that is not NULL',
    example: `select last_value(b) ignore nulls over (order by a rows unbounded preceding) from ${three}`,
    expected: [2, 2, 6],
    label: 'last_value',
    rewrite: (call) => call.rename('redshift_catalog.last_value'),
  },
  {
    names: ['nth_value_ignoring_nulls'],
    fact: 'docs r_WF_NTH: NULLs are skipped',
    example: `select nth_value(b, 2) ignore nulls over (order by a ${wholePartition}) from ${three}`,
    expected: [6, 6, 6],
    label: 'nth_value',
    rewrite: (call) => call.rename('redshift_catalog.nth_value'),
  },
  {
    names: ['lag_ignoring_nulls'],
    fact: 'docs r_WF_LAG: NULLs are skipped',
    example: `select lag(b) ignore nulls over (order by a) from ${three}`,
    expected: [null, 2, 2],
    label: 'lag',
    rewrite: (call) => call.replace(() => shifted(call, 'lag', call.clause('over')), 'lag'),
  },
  {
    names: ['lead_ignoring_nulls'],
    fact: 'docs r_WF_LEAD: NULLs are skipped',
    example: `select lead(b, 1) ignore nulls over (order by a) from ${three}`,
    expected: [6, 6, null],
    label: 'lead',
    // The rows behind, in the other direction: there a frame only grows from row to row.
    rewrite: (call) =>
      call.replace(() => shifted(call, 'lead', reversed(call.clause('over'))), 'lead'),
  },
  {
    names: ['percentile_cont', 'percentile_disc'],
    fact: 'docs r_WF_PERCENTILE_CONT: over a partition as well; of whole numbers a DECIMAL, which the engine has not',
    example:
      'select percentile_cont(0.75) within group (order by a) over () from (select 1 as a union all select 3) t, one',
    expected: ['2.50', '2.50'],
    label: 'percentile_cont',
    rewrite(call) {
      const { name } = call
      const isWindow = call.node['over'] !== undefined
      if (!isWindow && name === 'percentile_disc') return
      call.replace(() => {
        const order = call.clause('within')
        const key = keyOf(order)
        const values = isWindow
          ? `redshift_catalog.in_order(${key}) over (${call.clause('over')} ${order} ${wholePartition})`
          : `redshift_catalog.in_order(${key} ${order})`
        return `redshift_catalog.${name}(${values}, ${call.arg(0)})`
      }, name)
    },
  },
]

/** The n-th value before the row that is not NULL. */
function shifted(call: Call, name: string, window: string): string {
  const [value, count = '1', ...more] = call.args.map((_, i) => call.arg(i))
  if (value === undefined || more.length > 0) throw call.wrongArguments()
  if (!/^(\d+|\$\d+)$/.test(count)) throw refused('changingOffset', name.toUpperCase())
  if (count === '0') return `${name}(${value}, 0) over (${call.clause('over')})`
  const over = `over (${window} ${rowsBefore})`
  if (count === '1') return `redshift_catalog.last_value(${value}) ${over}`
  return `redshift_catalog.nth_back(${value}, ${count}) ${over}`
}

interface SortKey {
  key: string
  descending: boolean
  nullsFirst: boolean
}

/** `order by a, b desc` as its keys. */
function readOrder(text: string): SortKey[] {
  const tokens = tokenize(text)
  const keys = partsOf(tokens, { start: 2, end: tokens.length })
  return keys.map(({ start, end }) => readKey(text, tokens.slice(start, end)))
}

function readKey(text: string, tokens: Token[]): SortKey {
  let end = tokens.length
  const isNext = (word: string) => end > 1 && isWord(tokens[end - 1], word)
  const nulls = ['first', 'last'].find((word) => isNext(word) && isWord(tokens[end - 2], 'nulls'))
  if (nulls !== undefined) end -= 2
  const descending = isNext('desc')
  if (descending || isNext('asc')) end--
  const key = text.slice(tokens[0]!.start, tokens[end - 1]!.end)
  return { key, descending, nullsFirst: nulls === undefined ? descending : nulls === 'first' }
}

function keyOf(order: string): string {
  return readOrder(order)[0]?.key ?? 'null'
}

/** A window with its rows in the other direction. */
function reversed(window: string): string {
  const tokens = tokenize(window)
  const at = indexOutside(
    tokens,
    (token, i) => isWord(token, 'order') && isWord(tokens[i + 1], 'by'),
  )
  if (at < 0) return window
  const { start } = tokens[at]!
  const keys = readOrder(window.slice(start)).map(
    ({ key, descending, nullsFirst }) =>
      `${key} ${descending ? 'asc' : 'desc'} nulls ${nullsFirst ? 'last' : 'first'}`,
  )
  return `${window.slice(0, start)}order by ${keys.join(', ')}`
}
