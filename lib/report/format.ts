/** The name of a column as people say it: listening hours for listening_hours. */
export function spoken(column: string): string {
  return column.replaceAll('_', ' ')
}

/** A number as people read it: 8,056 and 0.33; a small one keeps two digits that say something. */
export function formatNumber(value: number): string {
  const isSmall = Math.abs(value) < 1 && value !== 0
  return (isSmall ? smallNumber : number).format(value)
}

// A format takes longer to make than to use, and a page has thousands of numbers.
const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 })
const smallNumber = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 2 })

/** A number in little room: 6K for 5,952, 33 for 33.3. */
export function formatShort(value: number, digits = 2): string {
  return value.toLocaleString('en-US', { notation: 'compact', maximumSignificantDigits: digits })
}

/** A share of a whole: 33 %; nothing of nothing is no share. */
export function formatShare(part: number, whole: number): string {
  return whole === 0
    ? '–'
    : (part / whole).toLocaleString('en-US', { style: 'percent', maximumFractionDigits: 1 })
}

const units = { GB: 1e9, MB: 1e6, kB: 1e3 }

/** Bytes: 1.2 MB. */
export function formatBytes(bytes: number): string {
  const [unit, size] = Object.entries(units).find(([, least]) => bytes >= least) ?? ['bytes', 1]
  return `${(bytes / size).toLocaleString('en-US', { maximumFractionDigits: 1 })} ${unit}`
}

/** The moment that a time of the server means, all of which are UTC; NaN for none. */
export function momentOf(time: string): number {
  const [, day, hours] =
    /^(\d{4,}-\d\d-\d\d)(?:[ T]([\d:.]+))?(?:\+00(?::?00)?|Z)?$/.exec(time) ?? []
  return day === undefined ? NaN : Date.parse(`${day}T${hours ?? '00:00:00'}Z`)
}

/** In milliseconds. */
export const dayLength = 24 * 3_600_000

/** 30 Nov 2018; what is no time stays as it is. */
export function formatDay(time: string): string {
  const moment = momentOf(time)
  return Number.isNaN(moment) ? time : dayAndYear.format(moment)
}

/** A span of whole days, its end being the midnight behind it: 19 to 25 Nov 2018. */
export function formatSpan(from: number, to: number): string {
  const last = to - dayLength
  return from === last ? dayAndYear.format(from) : dayAndYear.formatRange(from, last)
}

/** 23:59 UTC. */
export function formatMinute(time: string): string {
  const moment = momentOf(time)
  return Number.isNaN(moment) ? time : `${minute.format(moment)} UTC`
}

/** A day for a time at its beginning, else the time as it is. */
export function formatTime(time: string): string {
  return /^\d{4,}-\d\d-\d\d(?: 00:00:00)?$/.test(time) ? formatDay(time) : time
}

const dayAndYear = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' })
const minute = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' })

/** What is written of the moments of a period, in UTC: 5 Nov, 5 Nov 2018, Nov 2018 or 14:00. No two look alike. */
export function formatMoments(moments: number[], areMonths = areOfMonths(moments)): string[] {
  const [first, last] = [moments[0] ?? 0, moments.at(-1) ?? 0]
  const hasTimes = moments.some((moment) => moment % dayLength !== 0)
  const hasSeconds = moments.some((moment) => moment % 60_000 !== 0)
  const isOneDay = Math.floor(first / dayLength) === Math.floor(last / dayLength)
  const ofDay = last - first < 200 * dayLength ? byDay : { ...byDay, ...byYear }
  const options = areMonths
    ? byMonth
    : {
        ...(!(hasTimes && isOneDay) && ofDay),
        ...(hasTimes && byTime),
        ...(hasSeconds && bySecond),
      }
  const format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
  return moments.map((moment) => format.format(moment))
}

/** Whether moments are several beginnings of months. */
export function areOfMonths(moments: number[]): boolean {
  return moments.length > 1 && moments.every(isFirstOfMonth)
}

/** Whether a moment is the beginning of a month. */
export function isFirstOfMonth(moment: number): boolean {
  return moment % dayLength === 0 && new Date(moment).getUTCDate() === 1
}

/** The midnight that a moment's week begins with, on a Monday. */
export function mondayOf(moment: number): number {
  // The first day of 1970 was a Thursday.
  return (Math.floor((moment / dayLength + 3) / 7) * 7 - 3) * dayLength
}

const byTime = { hour: '2-digit', minute: '2-digit' } as const
const bySecond = { second: '2-digit' } as const
const byDay = { day: 'numeric', month: 'short' } as const
const byYear = { year: 'numeric' } as const
const byMonth = { month: 'short', year: 'numeric' } as const
