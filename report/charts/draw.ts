import type { TopLevelSpec } from 'vega-lite'
import type { Chart } from '../../lib/questions/chart'
import { bars } from './bars'
import { columns, stacks } from './columns'
import type { Figure } from './figure'
import type { Frame } from './frame'
import { heatmap } from './heatmap'
import { lines } from './lines'
import { slim } from './slim'
import { theme } from './theme'
import { loadVega } from './vega.js'

/** How a kind of picture is drawn: its Vega-Lite specification, of a fixed size. */
export type Drawing = (figure: Figure, frame: Frame) => Record<string, unknown>

const drawings: Record<Chart['kind'], Drawing> = { bars, columns, lines, stacks, heatmap }

/** Draws a figure into SVG, which holds no script, and whose colours are the page's. */
export async function draw(figure: Figure, frame: Frame): Promise<string> {
  const { vega, lite } = await loadVega()
  const specification = {
    autosize: 'none',
    config: theme(frame),
    ...drawings[figure.kind](figure, frame),
  }
  const { spec } = lite.compile(specification as unknown as TopLevelSpec)
  return slim(await new vega.View(vega.parse(spec), { renderer: 'none' }).toSVG())
}
