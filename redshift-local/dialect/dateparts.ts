import { SqlError } from '../errors'

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
export function datepart(word: string): string {
  const found = canonical.get(word.toLowerCase())
  if (!found) throw new SqlError('22023', `Invalid datepart "${word}"`)
  return found
}

/** What DATEADD adds for each datepart. */
export const intervals: Record<string, string> = {
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
