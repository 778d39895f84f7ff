import { SqlError } from '../../errors'

/** A point in time as it is written: parts, not yet in any time zone. */
interface Moment {
  /** 0 is 1 BC. */
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  microsecond: number
  /** Minutes east of UTC, where one is written. */
  offset?: number
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Dates and timestamps go from 4713 BC to here (facts A4). */
const lastYear = 294_276

/** Whether there is such a day and time; hour 24 is not taken, second 60 is not. */
function isReal(moment: Moment): boolean {
  const { year, month, day, hour, minute, second } = moment
  const days = month === 2 && isLeap(year) ? 29 : (monthDays[month - 1] ?? 0)
  return (
    day >= 1 &&
    day <= days &&
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    year >= -4712 &&
    year <= lastYear
  )
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Days since 1970-01-01 in the Gregorian calendar (Howard Hinnant's days_from_civil). */
export function dayNumber(year: number, month: number, day: number): number {
  const shifted = month <= 2 ? year - 1 : year
  const era = Math.floor(shifted / 400)
  const ofEra = shifted - era * 400
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const days = ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear
  return era * 146097 + days - 719468
}

/** The reverse of dayNumber (civil_from_days). */
export function dateOf(dayNumber: number): { year: number; month: number; day: number } {
  const days = dayNumber + 719468
  const era = Math.floor(days / 146097)
  const ofEra = days - era * 146097
  const year = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36524) - Math.floor(ofEra / 146096)) /
      365,
  )
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  const shifted = Math.floor((5 * ofYear + 2) / 153)
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  const day = ofYear - Math.floor((153 * shifted + 2) / 5) + 1
  return { year: year + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

export function writeDate({ year, month, day }: { year: number; month: number; day: number }) {
  const shown = String(year > 0 ? year : 1 - year).padStart(4, '0')
  return `${shown}-${two(month)}-${two(day)}${year > 0 ? '' : ' BC'}`
}

/** As PostgreSQL reads it; in UTC where `zoned`, without a zone otherwise. */
export function writeMoment(moment: Moment, zoned: boolean): string {
  const { hour, minute, second, microsecond } = moment
  const zone = zoned ? '+00' : ''
  const minutes = hour * 60 + minute - (zoned ? (moment.offset ?? 0) : 0)
  const days = dayNumber(moment.year, moment.month, moment.day) + Math.floor(minutes / 1440)
  const ofDay = ((minutes % 1440) + 1440) % 1440
  const [date, era] = writeDate(dateOf(days)).split(' ')
  const time = `${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}:${two(second)}`
  const fraction = microsecond === 0 ? '' : `.${String(microsecond).padStart(6, '0')}`
  return `${date} ${time}${fraction}${zone}${era ? ` ${era}` : ''}`
}

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number)
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Names of months, short or whole, for a pattern. */
const monthNames =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|' +
  'sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?'

/** Hours east of UTC. */
const zones: Record<string, number> = {
  z: 0,
  utc: 0,
  gmt: 0,
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
}

const zonePattern = `[+-]\\d{1,2}(?::?\\d{2})?|${Object.keys(zones).join('|')}`

/** What a pattern found, by the names of its groups. */
type Parts = Record<string, string | undefined>

/** Puts the parts together, or answers undefined where there is no such day or time. */
function momentOf(parts: Parts): Moment | undefined {
  const moment: Moment = {
    year: yearOf(parts),
    month: monthOf(parts),
    day: Number(parts.day ?? 1),
    hour: hourOf(parts),
    minute: Number(parts.minute ?? 0),
    second: Number(parts.second ?? 0),
    microsecond: Number((parts.fraction ?? '').slice(0, 6).padEnd(6, '0')),
    ...(parts.zone && { offset: offsetOf(parts.zone) }),
  }
  return isReal(moment) ? moment : undefined
}

// Two digits are a year of 1970 to 2069.
function yearOf({ year = '1', era }: Parts): number {
  if (era?.toLowerCase() === 'bc') return 1 - Number(year)
  if (year.length > 2) return Number(year)
  return Number(year) + (Number(year) < 70 ? 2000 : 1900)
}

function monthOf({ month = '1' }: Parts): number {
  if (/\d/.test(month)) return Number(month)
  return months.indexOf(month.slice(0, 3).toLowerCase()) + 1
}

function hourOf({ hour = '0', meridian }: Parts): number {
  if (!meridian) return Number(hour)
  if (Number(hour) < 1 || Number(hour) > 12) return NaN
  return (Number(hour) % 12) + (meridian.toLowerCase() === 'pm' ? 12 : 0)
}

function offsetOf(zone: string): number {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone) ?? []
  if (hours === undefined) return (zones[zone.toLowerCase()] ?? 0) * 60
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

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

/** What the parts of a format string match; the longest name first (manual: DATEFORMAT strings). */
const parts: [name: string, pattern: string][] = [
  ['YYYY', '(?<year>\\d{4})'],
  ['YY', '(?<year>\\d{2})'],
  ['MON', `(?<month>${monthNames})`],
  ['MM', '(?<month>#)'],
  ['MI', '(?<minute>#)'],
  ['DD', '(?<day>#)'],
  ['HH24', '(?<hour>#)'],
  ['HH12', '(?<hour>#)'],
  ['HH', '(?<hour>#)'],
  ['SS', '(?<second>#)(?:\\.(?<fraction>\\d+))?'],
  ['AM', '(?<meridian>[ap]m)'],
  ['PM', '(?<meridian>[ap]m)'],
]

const part = new RegExp(parts.map(([name]) => name).join('|'), 'gi')
const keywords = ['auto', 'epochsecs', 'epochmillisecs']

export type Recogniser = (text: string) => Moment | undefined

/** Whether the rest behind a match may be left out of account. */
type Rest = 'none' | 'time'

/** A recogniser for a format string such as 'YYYY-MM-DD HH24:MI:SS'. */
export function byFormat(format: string, rest: Rest = 'none'): Recogniser {
  const pattern = new RegExp(`^${patternOf(format)}${rest === 'time' ? '(?:[ T].*)?' : ''}$`, 'i')
  return (text) => {
    const found = pattern.exec(text)
    return found ? momentOf(found.groups as Parts) : undefined
  }
}

// Numbers may be short of a digit, except where the next one follows without a separator.
function patternOf(format: string): string {
  let pattern = ''
  let end = 0
  for (const { 0: name, index } of format.matchAll(part)) {
    pattern += literal(format.slice(end, index))
    end = index + name.length
    const closed = format.slice(end).search(part) !== 0
    const [, own] = parts.find(([known]) => known === name.toUpperCase())!
    pattern += own.replace('#', closed ? '\\d{1,2}' : '\\d{2}')
  }
  return pattern + literal(format.slice(end))
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}

/** @throws SqlError where the format names a part twice, none, or a time zone */
export function checkFormat(option: 'DATEFORMAT' | 'TIMEFORMAT', format: string): string {
  if (keywords.slice(0, option === 'DATEFORMAT' ? 1 : 3).includes(format)) return format
  const fault = formatFault(format)
  if (fault) throw new SqlError('22007', `Invalid ${option} '${format}': ${fault}`)
  return format
}

function formatFault(format: string): string | undefined {
  const names = format.match(part)
  if (!names) return 'it names no part of a date'
  if (/TZ|OF/i.test(format)) return 'a format cannot have a time zone; use auto'
  const fields = [...patternOf(format).matchAll(/\?<(\w+)>/g)].map(([, name]) => name)
  if (new Set(fields).size < fields.length) return 'it names a part twice'
  return undefined
}
