import type { Chart } from '../questions/question'
import { type Axis, gap, type Place } from './axis'
import type { Figure, Point } from './figure'
import { formatNumber, spoken } from './format'
import { shortened } from './html'
import { unitOf } from './partial'

/** As much of a name as a sentence has. */
const nameLength = 40

/** What a figure shows, in words and numbers. */
interface Description {
  /** What is drawn, by what: plays by hour. */
  subject: string
  /** What is worth reading under a picture: the most of it, and where there is none. May be empty. */
  finding: string
  /** What someone hears who does not see it. */
  whole: string
}

const kindWords: Record<Chart['kind'], string> = {
  bars: 'Bars',
  columns: 'Columns',
  lines: 'Line',
  stacks: 'Stacked columns',
  heatmap: 'Heatmap',
}

/** Says what a figure with points shows. */
export function describeFigure(figure: Figure): Description {
  const { kind, measure, by, per, points } = figure
  const subject = `${spoken(measure)} by ${spoken(by)}${per ? ` and ${spoken(per)}` : ''}`
  const [most, least] = extremes(figure)
  const finding = [most, gaps(figure), partials(figure)].filter(Boolean).join(' ')
  const whole = [
    `${kindWords[kind]} of ${subject}, ${formatNumber(points.length)} in all.`,
    most,
    least,
    gaps(figure),
    partials(figure),
    ...(kind === 'heatmap' ? [] : perSeries(figure)),
  ]
  return { subject, finding, whole: whole.filter(Boolean).join(' ') }
}

/** More than these of the same value are not named: which is the most then says nothing. */
const mostNamed = 3

/**
 * The most and the least, each with all that have it; the beginning, at which all are there, is neither,
 * nor is what is not whole: more may belong to it.
 */
function extremes(figure: Figure): string[] {
  // What is left out may be more, or less.
  const here = figure.more > 0 ? ' here' : ''
  const all = figure.kind === 'stacks' ? columnsOf(figure) : figure.points
  const later = all.filter((point) => !isBeginning(figure, point))
  const points = all.length === 1 ? later : later.filter((point) => !figure.isPartial(point))
  const values = points.map(({ value }) => value)
  const [low, high] = [Math.min(...values), Math.max(...values)]
  if (points.length === 0) return []
  if (all.length === 1) return [`The only one: ${say(figure, points)}.`]
  const of = points.length < later.length ? ` of the whole ${unitOf(figure)}` : ''
  const except = later.length < all.length ? `${of} but for ${placed(figure.by, '0')}` : of
  if (points.length === 1 && of) return [`The only one${except}: ${say(figure, points)}.`]
  if (formatNumber(low) === formatNumber(high))
    return [`All alike${here}${except}: ${amount(figure, high)} each.`]
  return Object.entries({ Most: high, Least: low }).map(([word, value]) => {
    // What reads alike is alike to who reads it.
    const same = points.filter((point) => formatNumber(point.value) === formatNumber(value))
    return same.length > mostNamed ? '' : `${word}${here}${except}: ${say(figure, same)}.`
  })
}

/** Columns as high as they stand in the picture. */
function columnsOf({ points, across }: Figure): Point[] {
  const totals = new Map<Place, number>()
  for (const { by, value } of points) totals.set(by, (totals.get(by) ?? 0) + value)
  const isWhole = points.every(({ value }) => Number.isInteger(value))
  return [...totals]
    .sort(([one], [other]) => across.indexOf(one) - across.indexOf(other))
    .map(([by, value]) => ({ by, per: '', value: isWhole ? value : Number(value.toFixed(9)) }))
}

/** 0 weeks later, 100 percent are there: what is so by its meaning tells nothing. */
function isBeginning({ by, measure }: Figure, point: Point): boolean {
  return by.endsWith('_later') && /percent|share/.test(measure) && point.by === '0'
}

/** Where nothing stands; a heatmap shows it, and of rows that are left out nothing is known. */
function gaps({ kind, more, across: { empty, unit, labels } }: Figure): string {
  if (['bars', 'heatmap'].includes(kind) || empty === 0 || !unit) return ''
  if (empty === undefined)
    return `A long gap before ${labels[labels.lastIndexOf(gap) + 1]!} is drawn short.`
  if (more > 0) return ''
  const verb = empty === 1 ? 'has' : 'have'
  return `${formatNumber(empty)} of the ${formatNumber(labels.length)} ${unit} ${verb} no row.`
}

/** What is hatched in the picture, and why. */
function partials(figure: Figure): string {
  const { by, points, across, kind } = figure
  const places = [...new Set(points.filter(figure.isPartial).map((point) => point.by))]
  const unit = unitOf(figure)
  if (places.length === 0 || !unit) return ''
  if (kind === 'heatmap') return `Hatched: ${unit} that are not whole.`
  const names = listed(places.map(naming(by, across)))
  const are = places.length === 1 ? `a ${unit.slice(0, -1)} that is` : `${unit} that are`
  return `Hatched: ${names}, ${are} not whole.`
}

function perSeries({ points, series }: Figure): string[] {
  if (series.length < 2) return []
  const names = shortened(series, nameLength)
  return series.map((name, i) => {
    const values = points.filter(({ per }) => per === name).map(({ value }) => value)
    const from = `from ${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))}`
    return `${names[i]}: ${from}.`
  })
}

/** 5 Nov and 7 Nov, with 12 plays each. */
function say(figure: Figure, points: Point[]): string {
  const nameBy = naming(figure.by, figure.across)
  const namePer = naming(figure.per ?? '', figure.down)
  const names = points.map(({ by, per }) =>
    per === '' ? nameBy(by) : `${nameBy(by)}, ${namePer(per)}`,
  )
  const each = points.length > 1 ? ' each' : ''
  return `${listed(names)}, with ${amount(figure, points[0]!.value)}${each}`
}

/** A and B; of names that have a comma, A, one; and B, two. */
function listed(names: string[]): string {
  const last = names.at(-1)!
  const others = names.slice(0, -1)
  if (others.length === 0) return last
  const hasComma = names.some((name) => name.includes(','))
  return hasComma ? `${others.join('; ')}; and ${last}` : `${others.join(', ')} and ${last}`
}

/** Names the places of a side, each told from all others of it. */
function naming(column: string, { labels, indexOf }: Axis): (place: Place) => string {
  const names = shortened(labels, nameLength)
  return (place) => placed(column, names[indexOf(place)] ?? String(place))
}

/** The name of a place in a sentence. 16 alone could be anything: hour 16, songs 2 to 5, or 16 weeks later. */
export function placed(column: string, name: string): string {
  if (!/^-?[\d.]+( to [\d.]+)?$/.test(name)) return name
  const [, unit] = /^(.+)s_later$/.exec(column) ?? []
  if (!unit) return `${spoken(column)} ${name}`
  return `${name} ${spoken(unit)}${name === '1' ? '' : 's'} later`
}

function amount({ measure }: Figure, value: number): string {
  return `${formatNumber(value)} ${value === 1 ? singular(spoken(measure)) : spoken(measure)}`
}

/** 1 play per day, 1 percent of plays. */
function singular(units: string): string {
  return units.replace(/^.*?(?=$| (?:per|of|by|in) )/, (counted) =>
    counted.replace(/([^s])s$/, '$1'),
  )
}
