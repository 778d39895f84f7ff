import { dayLength, formatNumber, formatSpan } from './format'
import type { Counts, Pulse, Spans } from './pulse'

/** What is to be known first, in words; nothing where there is nothing to say. */
export function headlineOf(pulse: Pulse, totals: { plays: number; users: number }): string {
  if (totals.plays === 0) return ''
  const { paidUsers, paidPlays } = pulse
  const trend = trendOf(pulse)
  const paying =
    totals.users > 0
      ? `Paid listeners are ${wholePercent(paidUsers, totals.users)} of users and ` +
        `${wholePercent(paidPlays, totals.plays)} of plays`
      : ''
  const sentence = [paying, trend].filter(Boolean).join('; ')
  return sentence && `${sentence[0]!.toUpperCase()}${sentence.slice(1)}.`
}

/** plays fell 6 % against the week before; nothing where the spans cannot be compared. */
function trendOf(pulse: Pulse): string {
  const compared = comparedIn(pulse)
  if (!compared) return ''
  const { spans, former, later } = compared
  const change = changeOf(former.plays, later.plays)
  const verb = { up: `rose ${change.text}`, down: `fell ${change.text}`, none: 'did not change' }
  return `plays ${verb[change.direction]} against ${formerOf(spans)}`
}

/** The spans that can be compared, and what was counted of them; nothing where one has a day without a play. */
function comparedIn({ spans, former, later, daysWithout }: Pulse) {
  return spans && former && later && daysWithout === 0 ? { spans, former, later } : undefined
}

/** What a span is compared with. */
function formerOf({ from, middle, isWeek }: Spans): string {
  if (isWeek) return 'the former week'
  const days = (middle - from) / dayLength
  return days === 1 ? 'the day before' : `the ${days} days before`
}

/** Which spans the changes are of, and what stands in the way of a comparison. */
export function comparisonOf({ spans, daysWithout, days }: Pulse): string {
  if (!spans) return 'Changes are told once there are two whole days.'
  const { from, middle, to } = spans
  const both = `${formatSpan(middle, to)} and ${formatSpan(from, middle)}`
  if (daysWithout > 0) {
    const verb = daysWithout === 1 ? 'day has' : 'days have'
    return `${both} are not compared: ${daysWithout} ${verb} no play.`
  }
  const kind = spans.isWeek ? ' (whole weeks, from Monday)' : ''
  const drawn = days.length > 1 ? ` The lines: the latest ${days.length} whole days.` : ''
  return `Changes: ${formatSpan(middle, to)} against ${formatSpan(from, middle)}${kind}.${drawn}`
}

/** How much a number changed. */
interface Change {
  direction: 'up' | 'down' | 'none'
  /** 6 %, without a sign. */
  text: string
}

/** The change of a number from a former one that is not 0. */
function changeOf(former: number, later: number): Change {
  if (former === later) return { direction: 'none', text: '0 %' }
  const direction = later > former ? 'up' : 'down'
  return { direction, text: wholePercent(Math.abs(later - former), former) }
}

/** What a key figure says of the later span: 1,439 of them, and how that changed; nothing where it is not known. */
export function lately(pulse: Pulse, name: keyof Counts): string {
  const compared = comparedIn(pulse)
  if (!compared) return ''
  const { former, later } = compared
  if (name === 'known') return latelyKnown(former, later)
  const amount = [formatNumber(later[name]), words[name]].filter(Boolean).join(' ')
  if (former[name] === 0) return amount
  const { direction, text } = changeOf(former[name], later[name])
  const sign = { up: `▲ ${text}`, down: `▼ ${text}`, none: 'no change' }[direction]
  return `${amount} ${sign}`
}

/** What those did, or what was done to them, that are counted in a span. */
const words: Partial<Record<keyof Counts, string>> = {
  users: 'listened',
  songs: 'heard',
  artists: 'heard',
}

/** A share changes by points. */
function latelyKnown(former: Counts, later: Counts): string {
  if (former.plays === 0 || later.plays === 0) return ''
  const [before, now] = [former, later].map(({ known, plays }) => (100 * known) / plays)
  const points = Math.round(10 * (now! - before!)) / 10
  const said = `${formatNumber(Math.abs(points))} ${Math.abs(points) === 1 ? 'point' : 'points'}`
  const sign = points === 0 ? 'no change' : `${points > 0 ? '▲' : '▼'} ${said}`
  return `${formatNumber(Math.round(10 * now!) / 10)} % ${sign}`
}

/** A share as a whole number, and no 0 or 100 that is none: 23 %, less than 1 %. */
export function wholePercent(part: number, whole: number): string {
  const percent = (100 * part) / whole
  if (percent > 0 && percent < 1) return 'less than 1 %'
  if (percent > 99 && percent < 100) return 'more than 99 %'
  return `${formatNumber(Math.round(percent))} %`
}
