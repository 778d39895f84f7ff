const names = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const day = 86_400_000

/** When something began: 2018-11-01 20:57:10.796, UTC. */
interface Timed {
  start_time: string
}

const momentOf = ({ start_time }: Timed) => new Date(`${start_time.replace(' ', 'T')}Z`)

const dateOf = (moment: Date) => moment.toISOString().slice(0, 10)

export const dayOf = (play: Timed) => dateOf(momentOf(play))
export const hourOf = (play: Timed) => momentOf(play).getUTCHours()
export const weekdayOf = (play: Timed) => momentOf(play).getUTCDay()
export const weekdayNameOf = (play: Timed) => names[weekdayOf(play)]!

/** The Monday on which the week began. */
export function mondayOf(play: Timed): string {
  const sinceMonday = (weekdayOf(play) + 6) % 7
  return dateOf(new Date(momentOf(play).getTime() - sinceMonday * day))
}

/** How many weeks one Monday is after another. */
export function weeksBetween(first: string, second: string): number {
  return (Date.parse(second) - Date.parse(first)) / (7 * day)
}

/** Seconds since 1970, as a clock without fractions shows them. */
export const secondOf = (play: Timed) => Math.floor(momentOf(play).getTime() / 1000)
