import { SqlError } from '../../errors'
import type { Moment } from './moment'
import { momentOf, monthNames, type Parts } from './parts'

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
