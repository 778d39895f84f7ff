import { placed } from './caption'
import type { Figure, Point } from './figure'
import { formatNumber, spoken } from './format'
import { visible } from './html'

/** What is told of each place of a picture, in the order of its marks, to who points at it. */
export interface Values {
  unit: string
  series: string[]
  /** A value for each series; null where there is no row. */
  stops: [name: string, ...values: (string | null)[]][]
}

export function valuesOf(figure: Figure): Values {
  const { measure, series, kind, points, across } = figure
  const unit = spoken(measure)
  if (kind === 'bars' || kind === 'heatmap') {
    const nameOf = kind === 'bars' ? nameOfBar : nameOfCell
    const stops = points.map((point): Stop => {
      const name = nameOf(figure, point)
      return [told(name, figure, [point]), textOf(point.value)]
    })
    return { unit, series: [''], stops }
  }
  const areWeeks = across.unit === 'weeks' && points.some(({ by }) => typeof by === 'number')
  const pointsAt = across.labels.map((): Point[] => [])
  for (const point of points) pointsAt[across.indexOf(point.by)]!.push(point)
  const stops = across.labels.map((label, i): Stop => {
    const here = pointsAt[i]!
    const values = series.map((name) => here.find(({ per }) => per === name)?.value)
    const name = placed(figure.by, areWeeks ? `week of ${label}` : label)
    return [told(name, figure, here), ...values.map(textOf)]
  })
  return { unit, series: series.map(visible), stops }
}

type Stop = Values['stops'][number]

function nameOfBar(_: Figure, { by, per }: Point): string {
  return per === '' ? String(by) : `${by}, ${per}`
}

function nameOfCell(
  { by: column, per: row = '', across, down }: Figure,
  { by, per }: Point,
): string {
  const [one, other] = [across.labels[across.indexOf(by)]!, down.labels[down.indexOf(per)]!]
  return `${placed(row, other)}, ${placed(column, one)}`
}

function told(name: string, { isPartial }: Figure, points: Point[]): string {
  return visible(points.some(isPartial) ? `${name} (not whole)` : name)
}

function textOf(value: number | undefined): string | null {
  return value === undefined ? null : formatNumber(value)
}
