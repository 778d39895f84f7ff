import { dateOf, dayNumber, type Moment } from './moment'
import { momentOf, monthNames, zonePattern, type Parts } from './parts'

interface AutomaticFormat {
  name: string
  /** What the manual shows, or what its format means. */
  example: string
  reads: string
  pattern: RegExp
}

const time = '(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:\\.(?<fraction>\\d+))?)?'
const meridian = '(?: ?(?<meridian>am|pm))?'
const zone = `(?: ?(?<zone>${zonePattern}))?`
const behind = `(?:[ T]${time}${meridian}${zone})?(?: (?<era>bc|ad))?`
const compactTime =
  '(?:[ T](?<hour>\\d{2}):?(?<minute>\\d{2}):?(?<second>\\d{2})(?:\\.(?<fraction>\\d+))?)?'

const whole = (pattern: string) => new RegExp(`^${pattern}$`, 'i')

/**
 * What 'auto' recognises (facts A4; manual: "Using automatic recognition with DATEFORMAT and
 * TIMEFORMAT"). Epochs are not among it. Month comes before day, as in the manual's examples.
 */
export const automaticFormats: AutomaticFormat[] = [
  {
    name: 'YYYY-MM-DD HH:MI:SS.SSS, ISO 8601, with or without a zone',
    example: '2019-02-11T05:09:12.195Z',
    reads: '2019-02-11 05:09:12.195000',
    pattern: whole(`(?<year>\\d{4,6})[-/](?<month>\\d{1,2})[-/](?<day>\\d{1,2})${behind}`),
  },
  {
    name: 'MM/DD/YYYY HH:MI:SS.SS TZ',
    example: '12/17/1997 07:37:16.00 PST',
    reads: '1997-12-17 07:37:16',
    pattern: whole(`(?<month>\\d{1,2})[-/.](?<day>\\d{1,2})[-/.](?<year>\\d{4}|\\d{2})${behind}`),
  },
  {
    name: 'Mon-DD-YYYY',
    example: 'Jan-08-95 BC',
    reads: '0095-01-08 00:00:00 BC',
    pattern: whole(
      `(?<month>${monthNames})[- ](?<day>\\d{1,2})(?:-|,? )(?<year>\\d{2,4})${behind}`,
    ),
  },
  {
    name: 'DD-Mon-YYYY',
    example: '08-Jan-1999 04:05',
    reads: '1999-01-08 04:05:00',
    pattern: whole(`(?<day>\\d{1,2})[- ](?<month>${monthNames})[- ](?<year>\\d{2,4})${behind}`),
  },
  {
    name: 'DD Mon HH:MI:SS YYYY TZ',
    example: '17 Dec 07:37:16 1997 PST',
    reads: '1997-12-17 07:37:16',
    pattern: whole(`(?<day>\\d{1,2}) (?<month>${monthNames}) ${time} (?<year>\\d{4})${zone}`),
  },
  {
    name: 'YYYYMMDD HHMISS',
    example: '19960108 040809',
    reads: '1996-01-08 04:08:09',
    pattern: whole(`(?<year>\\d{4})(?<month>\\d{2})(?<day>\\d{2})${compactTime}${zone}`),
  },
  {
    name: 'YYMMDD HHMISS',
    example: '960108 040809',
    reads: '1996-01-08 04:08:09',
    pattern: whole(`(?<year>\\d{2})(?<month>\\d{2})(?<day>\\d{2})${compactTime}${zone}`),
  },
  {
    name: 'YYYY.DDD',
    example: '1996.008',
    reads: '1996-01-08 00:00:00',
    pattern: whole(`(?<year>\\d{4})\\.(?<dayOfYear>\\d{3})(?: ${time}${zone})?`),
  },
  {
    name: 'Julian day',
    example: 'J2345678 04:05:06.789',
    reads: '1710-02-23 04:05:06.789000',
    pattern: whole(`J(?<julian>\\d{1,7})(?: ${time}${zone})?`),
  },
]

export function automatic(text: string): Moment | undefined {
  for (const { pattern } of automaticFormats) {
    const found = pattern.exec(text)
    if (found) return momentOf(withDate(found.groups as Parts))
  }
  return undefined
}

const julianOfEpoch = 2440588

function withDate(parts: Parts): Parts {
  const { julian, dayOfYear, year = '1' } = parts
  if (julian === undefined && dayOfYear === undefined) return parts
  const days =
    julian === undefined
      ? dayNumber(Number(year), 1, 1) + Number(dayOfYear) - 1
      : Number(julian) - julianOfEpoch
  const date = dateOf(days)
  // Day 000 or 367 is in another year: no such day.
  if (dayOfYear !== undefined && date.year !== Number(year)) return { ...parts, month: '13' }
  return {
    ...parts,
    year: String(date.year > 0 ? date.year : 1 - date.year).padStart(4, '0'),
    month: String(date.month),
    day: String(date.day),
    ...(date.year <= 0 && { era: 'bc' }),
  }
}
