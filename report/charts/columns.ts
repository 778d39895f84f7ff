import type { Drawing } from './draw'
import type { Figure } from './figure'
import type { Frame } from './frame'
import { labelLayer, placesOf } from './places'
import { colour, height, plot, plotted } from './plot'

/** Standing columns; those of several series beside each other. */
export const columns: Drawing = (figure, frame) =>
  standing(figure, frame, figure.per ? { xOffset: { field: 'series', type: 'ordinal' } } : {})

/** Standing columns; those of several series on top of each other. */
export const stacks: Drawing = (figure, frame) =>
  standing(figure, frame, { order: { field: 'series', type: 'ordinal' } })

function standing(figure: Figure, frame: Frame, arrangement: object): ReturnType<Drawing> {
  const places = placesOf(figure)
  const { size, below } = plot(frame)
  const scale = { domain: places.numbers, paddingInner: 0.18, paddingOuter: 0.09 }
  return {
    ...size,
    data: { values: plotted(figure, places) },
    encoding: { x: { field: 'place', type: 'ordinal', axis: null, scale } },
    layer: [
      {
        mark: { type: 'bar' },
        encoding: { y: height(figure), color: colour(figure), ...arrangement },
      },
      labelLayer(places.texts, { ...frame, width: size.width }, below),
    ],
  }
}
