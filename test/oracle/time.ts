import type { Row } from './records'

const day = 86_400_000

/** One row per start time, each as 2018-11-01 20:57:10.796. */
export function timeOf(startTimes: string[]): Row[] {
  return [...new Set(startTimes)].map((startTime) => {
    const moment = new Date(`${startTime.replace(' ', 'T')}Z`)
    return {
      start_time: startTime,
      hour: moment.getUTCHours(),
      day: moment.getUTCDate(),
      week: isoWeek(moment),
      month: moment.getUTCMonth() + 1,
      year: moment.getUTCFullYear(),
      weekday: moment.getUTCDay(),
    }
  })
}

/** A week belongs to the year that its Thursday lies in. */
function isoWeek(moment: Date): number {
  const fromMonday = (moment.getUTCDay() + 6) % 7
  const thursday = new Date(moment.getTime() + (3 - fromMonday) * day)
  const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1)
  return Math.floor((thursday.getTime() - newYear) / (7 * day)) + 1
}
