import { SqlError } from '../../errors'
import type { Call } from '../calls'
import { quoteLiteral } from '../tokens'
import type { FunctionRule } from './rule'

export const dateRules: FunctionRule[] = [
  {
    names: ['dateadd', 'date_add'],
    fact: 'E: DATEADD(part, n, d) -> TIMESTAMP, also for DATE input; m = minutes; years have a rule of their own',
    example: "select dateadd(year, 1, '2016-02-29')::varchar as x",
    expected: ['2017-03-01 00:00:00'],
    rewrite(call) {
      const part = partOf(call)
      const step = steps[part]
      if (step === undefined) throw new SqlError('22023', `DATEADD takes no datepart "${part}"`)
      call.rename('redshift_catalog.date_add')
      call.replaceArg(0, step)
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
]

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

/** What DATEADD adds for each datepart: an interval, or a number of years. */
const steps: Record<string, string> = {
  millennium: '1000',
  century: '100',
  decade: '10',
  year: '1',
  quarter: "interval '3 months'",
  month: "interval '1 month'",
  week: "interval '7 days'",
  day: "interval '1 day'",
  doy: "interval '1 day'",
  dow: "interval '1 day'",
  hour: "interval '1 hour'",
  minute: "interval '1 minute'",
  second: "interval '1 second'",
  millisecond: "interval '1 millisecond'",
  microsecond: "interval '1 microsecond'",
}
