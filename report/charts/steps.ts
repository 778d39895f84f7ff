/** More steps than this are those of other times than the picture's: seconds among years. */
const most = 1000

/**
 * The moments from the first to the last, in steps of the smallest distance between two of them: a
 * picture of a period shows also the days on which nothing was played.
 */
export function steps(moments: number[]): number[] {
  const known = [...new Set(moments)].sort((a, b) => a - b)
  const distances = known.slice(1).map((moment, i) => moment - known[i]!)
  const step = Math.min(...distances)
  const isEven = distances.every((distance) => distance % step === 0)
  const first = known[0] ?? 0
  const count = ((known.at(-1) ?? 0) - first) / step + 1
  // Months are of unequal length: their steps are those that are there.
  if (distances.length === 0 || !isEven || count > most) return known
  return Array.from({ length: count }, (_, i) => first + i * step)
}

const hour = 3_600_000
const day = 24 * hour

/** What is written of the moments of a period, in UTC: 5 Nov, Nov 2018 or 14:00. */
export function formatMoments(moments: number[]): string[] {
  const span = (moments.at(-1) ?? 0) - (moments[0] ?? 0)
  const options = moments.some((moment) => moment % day !== 0)
    ? span < 2 * day
      ? byTime
      : { ...byDay, ...byTime }
    : span < 200 * day
      ? byDay
      : byMonth
  const format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
  return moments.map((moment) => format.format(moment))
}

const byTime = { hour: '2-digit', minute: '2-digit' } as const
const byDay = { day: 'numeric', month: 'short' } as const
const byMonth = { month: 'short', year: 'numeric' } as const
