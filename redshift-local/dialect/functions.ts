import { SqlError } from '../errors'
import type { Call } from './calls'
import { lastName, type Node, type SessionView, type Visit } from './parse'
import { quoteLiteral } from './tokens'

/** How a call is made the engine's. The test runs each example and compares its first column's rows. */
interface FunctionRule {
  names: string[]
  fact: string
  example: string
  expected: unknown[]
  /** What the column of the example is called. */
  label?: string
  rewrite: (call: Call, session: SessionView) => void
}

export const functionRules: FunctionRule[] = [
  {
    names: ['dateadd', 'date_add'],
    fact: 'E: DATEADD(part, n, d) -> TIMESTAMP, also for DATE input; m = minutes',
    example: "select to_char(dateadd(month, 1, date '2020-01-31'), 'YYYY-MM-DD HH24') as x",
    expected: ['2020-02-29 00'],
    rewrite(call) {
      const part = partOf(call)
      const step = intervals[part]
      if (step === undefined) throw new SqlError('22023', `DATEADD takes no datepart "${part}"`)
      call.rename('redshift_catalog.date_add')
      call.replaceArg(0, `interval '${step}'`)
    },
  },
  {
    names: ['datediff', 'date_diff'],
    fact: 'E: DATEDIFF counts boundaries crossed -> BIGINT',
    example: "select datediff(yr, date '2019-12-31', '2020-01-01')",
    expected: ['1'],
    label: 'date_diff',
    rewrite(call) {
      call.replaceArg(0, quoteLiteral(partOf(call)))
      call.rename('redshift_catalog.date_diff')
    },
  },
  {
    names: ['date_part'],
    fact: "E: DATE_PART(ident|'str', x): DOUBLE, keeps fraction; column name pgdate_part",
    example: "select date_part(s, timestamp '2020-01-01 00:00:03.5')",
    expected: [3.5],
    label: 'pgdate_part',
    rewrite(call) {
      call.replaceArg(0, quoteLiteral(partOf(call)))
      call.rename('redshift_catalog.pgdate_part')
    },
  },
  {
    // As it stands, an id of a million rows costs a second; as the engine's own hexadecimal number, nothing.
    names: ['strtol'],
    fact: 'E: STRTOL(string, base) -> BIGINT; the digits of an MD5 need no check',
    example: "select strtol(left(md5('a'), 15), 16) as x",
    expected: ['57446577476672362'],
    rewrite(call) {
      const [digits, base] = argsOf(call.node)
      const [hash, count] = argsOf(functionIn(digits, 'left'))
      const isShort = numberIn(count) >= 1 && numberIn(count) <= 15
      if (functionIn(hash, 'md5') && isShort && numberIn(base) === 16)
        call.replace(() => `('0x' || ${call.arg(0)})::bigint`, 'strtol')
    },
  },
  {
    names: ['extract'],
    fact: 'E: EXTRACT: INTEGER on TIMESTAMP/DATE, second without fraction; column name date_part',
    example: "select extract(dayofweek from timestamp '2018-11-04 00:00:03.189')",
    expected: [0],
    label: 'date_part',
    rewrite(call) {
      const [part, from, ...value] = call.wordsInside()
      if (!part || !from) throw call.wrongArguments()
      const name = datepart(part.value)
      call.replace(() => `redshift_catalog.date_part('${name}', ${call.textOf(value)})`)
    },
  },
  {
    names: ['date_trunc'],
    fact: 'E, dateparts: the aliases hold for DATE_TRUNC as well',
    example: "select to_char(date_trunc('qtr', date '2020-05-17'), 'YYYY-MM-DD') as x",
    expected: ['2020-04-01'],
    rewrite(call) {
      const token = call.tokensOf(0)[0]
      if (token?.kind === 'string') call.replaceArg(0, quoteLiteral(datepart(token.value)))
    },
  },
  {
    names: ['nvl'],
    fact: 'E: NVL=COALESCE',
    example: "select nvl(null, 'b', 'c')",
    expected: ['b'],
    label: 'coalesce',
    rewrite: (call) => call.rename('coalesce'),
  },
  {
    names: ['nvl2'],
    fact: 'E: NVL2',
    example: "select nvl2(null, 'full', 'empty')",
    expected: ['empty'],
    rewrite(call) {
      call.replace(
        () => `case when (${call.arg(0)}) is not null then ${call.arg(1)} else ${call.arg(2)} end`,
      )
    },
  },
  {
    names: ['decode'],
    fact: 'E: DECODE (NULL=NULL true)',
    example: "select decode(null, 1, 'one', null, 'none', 'other')",
    expected: ['none'],
    label: 'case',
    rewrite: (call) => call.replace(() => decode(call)),
  },
  {
    names: ['listagg', 'listagg_distinct'],
    fact: 'E: LISTAGG([DISTINCT] e[,delim]) [WITHIN GROUP(ORDER BY)]',
    example:
      "select listagg(distinct a, '; ') within group (order by a desc) from (select 'x' as a union all select 'y') t",
    expected: ['y; x'],
    label: 'listagg',
    rewrite(call) {
      const distinct = call.name === 'listagg_distinct' ? 'distinct ' : ''
      call.replace(() => {
        const [value, delimiter = "''"] = call.args.map((_, i) => call.arg(i))
        return `redshift_catalog.listagg(${distinct}${value}, ${delimiter} ${call.clause('within')})`
      })
    },
  },
  {
    names: ['median'],
    fact: 'E: MEDIAN = PERCENTILE_CONT(.5)',
    example: 'select median(a) from (select 1 as a union all select 4) t',
    expected: [2.5],
    label: 'median',
    rewrite(call) {
      call.replace(() => `percentile_cont(0.5) within group (order by ${call.arg(0)})`, 'median')
    },
  },
  {
    names: ['ratio_to_report'],
    fact: 'E: RATIO_TO_REPORT',
    example:
      'select ratio_to_report(a) over () from (select 1 as a union all select 3) t order by a',
    expected: [0.25, 0.75],
    label: 'ratio_to_report',
    rewrite(call) {
      call.replace(() => {
        const value = `(${call.arg(0)})::float8`
        return `(${value} / nullif(sum(${value}) over (${call.clause('over')}), 0))`
      }, 'ratio_to_report')
    },
  },
  {
    names: ['avg'],
    fact: 'docs r_AVG: BIGINT for any integer type argument (`select avg(qtysold)`: 2)',
    example: 'select avg(a) from (select 1 as a union all select 4) t',
    expected: ['2'],
    label: 'avg',
    rewrite: (call) => call.rename('redshift_catalog.avg'),
  },
  {
    names: ['concat'],
    fact: 'E: Concatenation with NULL -> NULL',
    example: "select concat('a', null)",
    expected: [null],
    label: 'concat',
    rewrite(call) {
      if (call.args.length !== 2) throw call.wrongArguments()
      call.replace(() => `((${call.arg(0)})::text || (${call.arg(1)})::text)`, 'concat')
    },
  },
  {
    names: ['regexp_replace'],
    fact: 'docs REGEXP_REPLACE: every match is replaced; the third argument is optional',
    example: "select regexp_replace('a1b2', '[0-9]')",
    expected: ['ab'],
    label: 'regexp_replace',
    rewrite(call) {
      call.replace(() => {
        const [text, pattern, replacement = "''", position = '1'] = call.args.map((_, i) =>
          call.arg(i),
        )
        return `regexp_replace(${text}, ${pattern}, ${replacement}, ${position}, 0)`
      })
    },
  },
  {
    names: ['pg_last_copy_id'],
    fact: 'A6: PG_LAST_COPY_ID() (-1 if none)',
    example: 'select pg_last_copy_id()',
    expected: [-1],
    label: 'pg_last_copy_id',
    rewrite: (call, session) => call.replace(() => `(${session.lastCopyId})`, 'pg_last_copy_id'),
  },
  {
    names: ['pg_last_copy_count'],
    fact: 'A6: PG_LAST_COPY_COUNT()',
    example: 'select pg_last_copy_count()',
    expected: ['0'],
    label: 'pg_last_copy_count',
    rewrite: (call, { lastCopyCount }) =>
      call.replace(() => `(${lastCopyCount})::bigint`, 'pg_last_copy_count'),
  },
]

const ruleOf = new Map(functionRules.flatMap((rule) => rule.names.map((name) => [name, rule])))

/** The rule for this node of the syntax tree, if it is a call that has one. */
export function functionRule({ type, node }: Visit): FunctionRule | undefined {
  if (type !== 'FuncCall') return undefined
  const names = node['funcname'] as Visit['node'][]
  if (names.length > 1 && lastName(names.slice(0, 1)) !== 'pg_catalog') return undefined
  return ruleOf.get(lastName(names))
}

function decode(call: Call): string {
  const [value, ...rest] = call.args.map((_, i) => call.arg(i))
  if (rest.length < 2) throw call.wrongArguments()
  const otherwise = rest.length % 2 === 1 ? ` else ${rest.pop()}` : ''
  let cases = ''
  for (let i = 0; i < rest.length; i += 2) {
    cases += ` when (${value}) is not distinct from (${rest[i]}) then ${rest[i + 1]}`
  }
  return `case${cases}${otherwise} end`
}

// A datepart may be a bare word or a string (facts E).
function partOf(call: Call): string {
  const [token, ...more] = call.tokensOf(0)
  if (!token || more.length > 0) throw call.wrongArguments()
  return datepart(token.value)
}

/** Facts E, dateparts: the engine's name for each of Redshift's. */
const aliases: Record<string, string> = {
  millennium: 'millennium millennia mil mils',
  century: 'century centuries c cent cents',
  decade: 'decade decades dec decs',
  epoch: 'epoch',
  year: 'year years y yr yrs',
  quarter: 'quarter quarters qtr qtrs',
  month: 'month months mon mons',
  week: 'week weeks w',
  dow: 'dow dayofweek dw weekday',
  doy: 'doy dayofyear dy yearday',
  day: 'day days d',
  hour: 'hour hours h hr hrs',
  minute: 'minute minutes m min mins',
  second: 'second seconds s sec secs',
  millisecond:
    'millisecond milliseconds ms msec msecs msecond mseconds millisec millisecs millisecon',
  microsecond: 'microsecond microseconds microsec microsecs us usec usecs usecond useconds',
  timezone: 'timezone',
  timezone_hour: 'timezone_hour',
  timezone_minute: 'timezone_minute',
}

const canonical = new Map(
  Object.entries(aliases).flatMap(([name, words]) => words.split(' ').map((word) => [word, name])),
)

/** @throws SqlError 22023 for what is no datepart */
function datepart(word: string): string {
  const found = canonical.get(word.toLowerCase())
  if (!found) throw new SqlError('22023', `Invalid datepart "${word}"`)
  return found
}

/** What DATEADD adds for each datepart. */
const intervals: Record<string, string> = {
  millennium: '1000 years',
  century: '100 years',
  decade: '10 years',
  year: '1 year',
  quarter: '3 months',
  month: '1 month',
  week: '7 days',
  day: '1 day',
  doy: '1 day',
  dow: '1 day',
  hour: '1 hour',
  minute: '1 minute',
  second: '1 second',
  millisecond: '1 millisecond',
  microsecond: '1 microsecond',
}

function argsOf(node: Node | undefined): Node[] {
  return (node?.['args'] ?? []) as Node[]
}

/** The call that an expression is, where it is one of the function of that name. */
function functionIn(expression: Node | undefined, name: string): Node | undefined {
  const node = expression?.['FuncCall'] as Node | undefined
  return node && lastName(node['funcname'] as Node[]) === name ? node : undefined
}

/** The whole number that an expression is; NaN for any other. */
function numberIn(expression: Node | undefined): number {
  const constant = expression?.['A_Const'] as { ival?: { ival?: number } } | undefined
  return constant?.ival ? (constant.ival.ival ?? 0) : NaN
}
