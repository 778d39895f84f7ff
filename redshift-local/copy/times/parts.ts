import { isReal, type Moment } from './moment'

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Names of months, short or whole, for a pattern. */
export const monthNames =
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

export const zonePattern = `[+-]\\d{1,2}(?::?\\d{2})?|${Object.keys(zones).join('|')}`

/** What a pattern found, by the names of its groups. */
export type Parts = Record<string, string | undefined>

/** Puts the parts together, or answers undefined where there is no such day or time. */
export function momentOf(parts: Parts): Moment | undefined {
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
