/** A point in time as it is written: parts, not yet in any time zone. */
export interface Moment {
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

/** Whether there is such a day and time; hour 24 is not taken, second 60 is not. */
export function isReal(moment: Moment): boolean {
  const { year, month, day, hour, minute, second } = moment
  const days = month === 2 && isLeap(year) ? 29 : (monthDays[month - 1] ?? 0)
  return day >= 1 && day <= days && hour < 24 && minute < 60 && second < 60 && year >= -4712
}

export function isLeap(year: number): boolean {
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
