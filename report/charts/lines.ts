import type { Drawing } from './draw'
import { labelLayer, placesOf } from './places'
import { colour, height, plot, plotted } from './plot'

/** More points than this along a line are a line by themselves. */
const dotsShown = 62

/** A line for each series, from a baseline of zero. */
export const lines: Drawing = (figure, frame) => {
  const places = placesOf(figure)
  const { size, below } = plot(frame)
  const scale = { type: 'point', domain: places.numbers, padding: 0.5 }
  const encoding = { y: height(figure), color: colour(figure) }
  const area = { mark: { type: 'area', opacity: 0.12, line: false }, encoding }
  const dots = { mark: { type: 'circle', size: 28, opacity: 1 }, encoding }
  return {
    ...size,
    data: { values: plotted(figure, places) },
    encoding: { x: { field: 'place', type: 'ordinal', axis: null, scale } },
    layer: [
      ...(figure.series.length === 1 ? [area] : []),
      { mark: { type: 'line' }, encoding },
      ...(places.numbers.length <= dotsShown ? [dots] : []),
      labelLayer(places.texts, { ...frame, width: size.width }, below),
    ],
  }
}
