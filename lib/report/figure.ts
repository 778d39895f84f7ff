import type { AnswerColumn, Excerpt } from '../questions/answer'
import type { Chart } from '../questions/question'
import { formatTime, momentOf } from './html'

/** A value of an answer. */
export type Value = string | number | boolean | null

/** One mark of a picture. */
export interface Point {
  /** A label, or a moment in milliseconds since 1970. */
  by: string | number
  per: string
  value: number
}

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
  const cellOf = (row: unknown[], name: string) => {
    const place = columns.findIndex((column) => column.name === name)
    return { value: row[place] as Value, type: columns[place]!.type }
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
