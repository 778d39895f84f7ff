import type { Figure } from './figure'
import type { Frame } from './frame'
import type { Places } from './places'
import { seriesColour } from './theme'

const padding = { left: 46, right: 8, top: 10, bottom: 28 }
const ticks = 4

/** The size of a picture with an axis of values on its left, and where labels stand below it. */
export function plot({ width, height }: Frame) {
  const size = {
    width: width - padding.left - padding.right,
    height: height - padding.top - padding.bottom,
    padding,
  }
  return { size, below: size.height + 20 }
}

/** The points of a figure, by the numbers of their places and series. */
export function plotted({ points, series }: Figure, places: Places) {
  return points.map(({ by, per, value }) => ({
    place: places.of(by),
    series: series.indexOf(per),
    value,
  }))
}

/** How values are high, from zero: twice as high is twice as much. No half of what is counted. */
export function height({ points }: Figure) {
  const isCount = points.every(({ value }) => Number.isInteger(value))
  const largest = Math.max(...points.map(({ value }) => value))
  return {
    field: 'value',
    type: 'quantitative',
    scale: { zero: true, nice: ticks },
    axis: {
      format: largest < 100_000 ? ',~f' : '.3~s',
      tickCount: ticks,
      ...(isCount && { tickMinStep: 1 }),
    },
  }
}

/** The colours of the series, which the legend of the page has too. */
export function colour({ series }: Figure) {
  const domain = series.map((_, place) => place)
  return {
    field: 'series',
    type: 'ordinal',
    legend: null,
    scale: { domain, range: domain.map(seriesColour) },
  }
}
