import type { AnswerColumn, Excerpt, Value } from '../questions/answer'
import type { Chart } from '../questions/question'
import { formatMoments, formatNumber, formatTime, momentOf, spoken } from './format'
import { cut } from './html'

/** What a picture shows, whatever it is drawn with. */
export interface Figure extends Chart {
  points: Point[]
  /** Whether `by` is a moment. */
  isTime: boolean
  /** The series, the largest first; one without a name where nothing is told apart. */
  series: string[]
  /** Rows of the answer that the picture leaves out. */
  more: number
}

/** One mark of a picture. */
interface Point {
  /** A label, or a moment in milliseconds since 1970. */
  by: string | number
  per: string
  value: number
}

/** More than this is no picture any more. */
const most: Record<Chart['kind'], number> = {
  bars: 20,
  columns: 600,
  stacks: 600,
  lines: 1000,
  heatmap: 400,
}

/** As many series as there are colours. */
const seriesShown = 6

/** The points that the rows of an answer make; a row whose measure is no number makes none. */
export function figureOf(chart: Chart, { columns, rows, more }: Excerpt): Figure {
  const cellOf = (row: Value[], name: string): Cell => {
    const index = columns.findIndex((column) => column.name === name)
    return { value: row[index] ?? null, type: columns[index]!.type }
  }
  const isTime = isAlongTime(chart, columns)
  const all = rows.map((row): Point => ({
    by: (isTime ? momentIn : labelIn)(cellOf(row, chart.by)),
    per: chart.per === undefined ? '' : labelIn(cellOf(row, chart.per)),
    value: numberIn(cellOf(row, chart.measure)),
  }))
  const series = chart.kind === 'heatmap' ? [''] : largestSeries(all)
  const points = all
    .filter(({ by, per, value }) => {
      const isKnown = Number.isFinite(value) && !Number.isNaN(by)
      return isKnown && (chart.kind === 'heatmap' || series.includes(per))
    })
    .slice(0, most[chart.kind])
  return { ...chart, isTime, series, points, more: more + rows.length - points.length }
}

function isAlongTime({ kind, by }: Chart, columns: AnswerColumn[]): boolean {
  const isAlong = ['columns', 'lines', 'stacks'].includes(kind)
  return isAlong && columns.some(({ name, type }) => name === by && type === 'time')
}

function largestSeries(points: Point[]): string[] {
  const totals = new Map<string, number>()
  for (const { per, value } of points) totals.set(per, (totals.get(per) ?? 0) + (value || 0))
  const largest = [...totals].sort(([, a], [, b]) => b - a)
  return largest.slice(0, seriesShown).map(([name]) => name)
}

interface Cell {
  value: Value
  type: AnswerColumn['type']
}

function numberIn({ value }: Cell): number {
  return value === null ? NaN : Number(value)
}

function momentIn({ value }: Cell): number {
  return momentOf(String(value))
}

function labelIn({ value, type }: Cell): string {
  if (value === null || value === '') return '(none)'
  const text = String(value)
  return type === 'time' ? formatTime(text) : text
}

/** What stands along a picture, from left to right: all steps of a period, or labels as the answer orders them. */
export interface Categories {
  labels: string[]
  indexOf: (by: Point['by']) => number
}

/** The categories of a figure. */
export function categoriesOf({ points, isTime }: Figure): Categories {
  const bys = points.map(({ by }) => by)
  const all = isTime ? steps(bys.map(Number)) : [...new Set(bys)]
  const indexes = new Map(all.map((by, i) => [by, i]))
  return {
    labels: isTime ? formatMoments(all.map(Number)) : all.map(String),
    indexOf: (by) => indexes.get(by)!,
  }
}

/** More steps than this are those of other times than the picture's: seconds among years. */
const mostSteps = 1000

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
  if (distances.length === 0 || !isEven || count > mostSteps) return known
  return Array.from({ length: count }, (_, i) => first + i * step)
}

/** What a figure shows, in words and numbers. */
interface Description {
  /** What is drawn, by what: plays by hour. */
  subject: string
  /** The largest of it: the sentence under a picture. */
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
  const ordered = [...points].sort((a, b) => b.value - a.value)
  const most = ordered[0]!
  const least = ordered.at(-1)!
  const finding = `Most: ${say(figure, most)}.`
  const whole = [
    `${kindWords[kind]} of ${subject}, ${points.length} in all.`,
    finding,
    ...(points.length > 1 ? [`Least: ${say(figure, least)}.`] : []),
    ...(kind === 'heatmap' ? [] : perSeries(figure)),
  ].join(' ')
  return { subject, finding, whole }
}

function perSeries({ points, series }: Figure): string[] {
  if (series.length < 2) return []
  return series.map((name) => {
    const values = points.filter(({ per }) => per === name).map(({ value }) => value)
    const from = `from ${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))}`
    return `${cut(name, 40)}: ${from}.`
  })
}

function say(figure: Figure, { by, per, value }: Point): string {
  const units = spoken(figure.measure)
  const text = cut(String(by), 40)
  // 16 alone could be anything: hour 16.
  const named = /^-?[\d.]+$/.test(text) ? `${spoken(figure.by)} ${text}` : text
  const where = figure.isTime ? formatMoments([Number(by)])[0]! : named
  const which = per === '' ? where : `${where}, ${cut(per, 40)}`
  return `${which}, with ${formatNumber(value)} ${value === 1 ? units.replace(/s$/, '') : units}`
}
