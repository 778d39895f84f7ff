import { axisOf } from './axis'
import type { Figure, Point } from './figure'
import { mondayOf } from './format'

/** More days than this beside each other are narrower than what is told of them. */
const mostDays = 120

/**
 * The figure as it is drawn: of many days the average day of each week, from Monday, over its days that
 * have a row; what stands on each other counts as nothing on a day on which only others have a row.
 */
export function drawnOf(figure: Figure): Figure {
  const { kind, measure, across, points } = figure
  const isLong = across.unit === 'days' && across.labels.length > mostDays
  if (!isLong || kind === 'bars' || kind === 'heatmap') return figure
  const weeks = groupBy(
    points.filter(({ by }) => typeof by === 'number'),
    ({ by }) => mondayOf(by as number),
  )
  const averages = [...weeks].flatMap(([by, ofWeek]) => {
    const days = new Set(ofWeek.map((point) => point.by)).size
    return [...groupBy(ofWeek, ({ per }) => per)].map(([per, each]): Point => {
      const sum = each.reduce((total, { value }) => total + value, 0)
      const value = sum / (kind === 'stacks' ? days : each.length)
      return { by, per, value: Number(value.toFixed(2)) }
    })
  })
  const isPartial = ({ by }: Pick<Point, 'by'>) =>
    (weeks.get(by as number) ?? []).some((point) => figure.isPartial(point))
  const places = averages.map(({ by }) => by)
  return {
    ...figure,
    measure: `${measure}_on_average`,
    ...{ by: 'week', points: averages, across: axisOf('week', places), isPartial },
  }
}

function groupBy<K, V>(values: V[], keyOf: (value: V) => K): Map<K, V[]> {
  const groups = new Map<K, V[]>()
  for (const value of values) {
    const key = keyOf(value)
    groups.set(key, [...(groups.get(key) ?? []), value])
  }
  return groups
}
