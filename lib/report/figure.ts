import type { AnswerColumn, Excerpt, Value } from '../questions/answer'
import type { Chart } from '../questions/question'
import { type Axis, axisOf, type Place } from './axis'
import { formatTime, momentOf } from './format'
import { partialIn } from './partial'
import type { Period } from './pulse'

/** What a picture shows, whatever it is drawn with. */
export interface Figure extends Chart {
  points: Point[]
  /** Where the points stand: from left to right, and in a heatmap also down. */
  across: Axis
  down: Axis
  /** The series, the largest first; one without a name where nothing is told apart. */
  series: string[]
  /** Rows of the answer that the picture leaves out. */
  more: number
  /** Whether a point stands for a time of which only a part is in the warehouse. */
  isPartial: (point: Pick<Point, 'by' | 'per'>) => boolean
}

/** One mark of a picture. */
export interface Point {
  by: Place
  /** What tells series apart: a label, save in a heatmap. */
  per: Place
  value: number
}

/** More than this is no picture any more. */
const most: Record<Chart['kind'], number> = {
  bars: 20,
  columns: 1000,
  stacks: 1000,
  lines: 1000,
  heatmap: 2000,
}

/** As many series as there are colours. */
const seriesShown = 6

/**
 * The points that the rows of an answer make; a row whose measure is no number makes none.
 * @param period the whole days of the log, where they are known
 */
export function figureOf(chart: Chart, { columns, rows, more }: Excerpt, period?: Period): Figure {
  const cellOf = (row: Value[], name: string): Cell => {
    const index = columns.findIndex((column) => column.name === name)
    return { value: row[index] ?? null, type: columns[index]!.type }
  }
  const placeIn = (cell: Cell) => (cell.type === 'time' ? momentIn(cell) : labelIn(cell))
  const isMap = chart.kind === 'heatmap'
  const all = rows.map((row): Point => ({
    by: (chart.kind === 'bars' ? labelIn : placeIn)(cellOf(row, chart.by)),
    per: chart.per === undefined ? '' : (isMap ? placeIn : labelIn)(cellOf(row, chart.per)),
    value: numberIn(cellOf(row, chart.measure)),
  }))
  const series = isMap ? [''] : largestSeries(all)
  const points = all
    .filter(({ by, per, value }) => {
      const isKnown = Number.isFinite(value) && !Number.isNaN(by) && !Number.isNaN(per)
      return isKnown && (isMap || series.includes(per as string))
    })
    .slice(0, most[chart.kind])
  const across = axisOf(
    chart.by,
    points.map(({ by }) => by),
  )
  const down = axisOf(
    chart.per ?? '',
    points.map(({ per }) => per),
  )
  return {
    ...{ ...chart, series, points, across, down },
    more: more + rows.length - points.length,
    isPartial: partialIn({ by: chart.by, across, down }, period),
  }
}

function largestSeries(points: Point[]): string[] {
  const totals = new Map<string, number>()
  for (const { per, value } of points)
    totals.set(String(per), (totals.get(String(per)) ?? 0) + (value || 0))
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
