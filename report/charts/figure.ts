import type { AnswerColumn, Excerpt } from '../../lib/questions/answer'
import type { Chart } from '../../lib/questions/chart'
import { formatTime, momentOf } from '../format'

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
