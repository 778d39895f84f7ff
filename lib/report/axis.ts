import { areOfMonths, dayLength, formatMoments, isFirstOfMonth } from './format'

/** Where a mark stands along a side of a picture: a label, or a moment in milliseconds since 1970. */
export type Place = string | number

/** A side of a picture, from left to right or down: every place that has a row, and those between that have none. */
export interface Axis {
  labels: string[]
  indexOf: (place: Place) => number
  /** What a place is, where that is known: days. */
  unit?: string
  /** How many places have no row; undefined where a gap is drawn as one place, however long it is. */
  empty?: number
  /** Whether the places follow each other by what they are, and not as the answer orders them. */
  isOrdered: boolean
}

/**
 * The side along which a column of the answer stands. Times and numbers stand in their order, in steps:
 * of a day in a column that is named day, of a week in first_week, of one in weeks_later; elsewhere of
 * the largest step that meets every row. Names of weekdays and months stand in the order of the calendar.
 * A step without a row keeps its place, empty. Other labels stand as the answer orders them.
 */
export function axisOf(column: string, places: Place[]): Axis {
  const known = [...new Set(places)]
  const unit = unitOf(column)
  const moments = known.filter((place) => typeof place === 'number')
  if (moments.length > 0) return timeAxis(moments, unit)
  const texts = known.map(String)
  return numberAxis(texts, unit) ?? calendarAxis(texts) ?? asTheyCome(texts)
}

/** The steps of time, in milliseconds, or in months, which are of unequal length. */
const lengths: Record<string, { milliseconds?: number; months?: number }> = {
  second: { milliseconds: 1000 },
  minute: { milliseconds: 60_000 },
  hour: { milliseconds: dayLength / 24 },
  day: { milliseconds: dayLength },
  weekday: {},
  week: { milliseconds: 7 * dayLength },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { months: 12 },
}

/** The unit of time that a column is named after. */
function unitOf(column: string): string | undefined {
  const form = `(?:^|_)(${Object.keys(lengths).join('|')}|date)s?(?:_|$)`
  const [, unit] = new RegExp(form).exec(column) ?? []
  return unit === 'date' ? 'day' : unit
}

function timeAxis(moments: number[], unit: string | undefined): Axis {
  const { milliseconds, months } = lengths[unit ?? ''] ?? {}
  // Without a name to go by, several firsts of months are months.
  const areMonths =
    (months !== undefined && moments.every(isFirstOfMonth)) || (!unit && areOfMonths(moments))
  const all = areMonths
    ? steps(moments.map(monthOf), months).map((month) => month && monthStart(month))
    : steps(moments, milliseconds)
  const named = formatMoments(
    all.filter((moment) => moment !== undefined),
    areMonths,
  )
  const labels = all.map((moment) => (moment === undefined ? gap : named.shift()!))
  return axis(all, labels, moments.length, unit)
}

/** The moment that is some steps of a unit after another: of days, weeks, months; NaN for no such unit. */
export function after(moment: number, unit: string, count = 1): number {
  const { milliseconds, months } = lengths[unit.replace(/s$/, '')] ?? {}
  if (milliseconds !== undefined) return moment + count * milliseconds
  return months === undefined ? NaN : monthStart(monthOf(moment) + count * months)
}

function monthOf(moment: number): number {
  const date = new Date(moment)
  return 12 * date.getUTCFullYear() + date.getUTCMonth()
}

function monthStart(month: number): number {
  return Date.UTC(Math.floor(month / 12), month % 12)
}

function numberAxis(texts: string[], unit: string | undefined): Axis | undefined {
  const others = texts.filter((text) => !/^-?\d+(\.\d+)?$/.test(text))
  // A row without a value does not make its column one of words.
  if (texts.length === others.length || others.some((text) => text !== '(none)')) return undefined
  const numbers = texts.filter((text) => !others.includes(text))
  if (!numbers.every((text) => String(Number(text)) === text)) return undefined
  const values = numbers.map(Number)
  const all = values.every(Number.isSafeInteger)
    ? steps(values, unit ? 1 : undefined)
    : values.sort((a, b) => a - b)
  const labels = [...all.map((value) => (value === undefined ? gap : String(value))), ...others]
  return axis(labels, labels, texts.length, unit)
}

const calendar = {
  weekday: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  month:
    'January February March April May June July August September October November December'.split(
      ' ',
    ),
}

/** A week begins on a Sunday where the answer has that first. */
function calendarAxis(texts: string[]): Axis | undefined {
  for (const [unit, names] of Object.entries(calendar)) {
    if (!texts.every((text) => names.includes(text))) continue
    const isFromMonday = unit === 'weekday' && texts[0] !== names[0]
    const order = isFromMonday ? [...names.slice(1), names[0]!] : names
    const indexes = texts.map((text) => order.indexOf(text))
    const labels = order.slice(Math.min(...indexes), Math.max(...indexes) + 1)
    return axis(labels, labels, texts.length, unit)
  }
  return undefined
}

function asTheyCome(texts: string[]): Axis {
  return { ...axis(texts, texts, texts.length), isOrdered: false }
}

/** What stands where a gap of many steps is drawn as one. */
export const gap = '…'

function axis(all: (Place | undefined)[], labels: string[], known: number, unit?: string): Axis {
  const indexes = new Map(all.map((place, i) => [place, i]))
  const isCounted = !labels.includes(gap)
  return {
    labels,
    indexOf: (place) => indexes.get(place)!,
    ...(unit && { unit: `${unit}s` }),
    ...(isCounted && { empty: all.length - known }),
    isOrdered: true,
  }
}

/** More places than this are too narrow to be seen. */
const mostSteps = 1000

/**
 * The numbers from the first to the last, in steps of a unit, or of their greatest common divisor.
 * Where these are too many, one place without a number stands for each long gap; without a unit nobody
 * knows what a gap is.
 */
export function steps(numbers: number[], unit?: number): (number | undefined)[] {
  const known = [...new Set(numbers)].sort((a, b) => a - b)
  const distances = known.slice(1).map((number, i) => number - known[i]!)
  if (distances.length === 0) return known
  const divisor = distances.reduce(greatestCommonDivisor)
  const isUnit = unit !== undefined && divisor % unit === 0
  const step = isUnit ? unit : divisor
  const [first, last] = [known[0]!, known.at(-1)!]
  const count = (last - first) / step + 1
  if (count <= mostSteps) return Array.from({ length: count }, (_, i) => first + i * step)
  if (!isUnit) return known
  const longest = mostSteps / known.length
  return known.flatMap((number, i) => {
    const between = i === 0 ? 0 : distances[i - 1]! / step - 1
    if (between > longest) return [undefined, number]
    return Array.from({ length: between + 1 }, (_, j) => number - (between - j) * step)
  })
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}
