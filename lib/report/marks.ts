import type { TopLevelSpec } from 'vega-lite'
import type { Chart } from '../questions/question'
import type { Categories, Figure } from './figure'
import { loadVega } from './vega.js'

/** Kinds of picture that stand on an axis of categories, beside one of values. */
export type PlottedKind = Exclude<Chart['kind'], 'bars' | 'heatmap'>

/** What Vega draws of a figure. */
interface Marks {
  /** Without a letter, and in the colours of the page: it may be stretched to any size. */
  svg: string
  /** The values that have a line across the picture, evenly spaced from its foot to its top. */
  ticks: number[]
}

/** Draws the marks of a figure; each category is as wide as the others, and its marks are in its middle. */
export async function drawMarks(
  kind: PlottedKind,
  figure: Figure,
  categories: Categories,
): Promise<Marks> {
  const { vega, lite } = await loadVega()
  const { spec } = lite.compile({
    ...frame,
    data: {
      values: figure.points.map(({ by, per, value }) => ({
        category: categories.indexOf(by),
        series: figure.series.indexOf(per),
        value,
      })),
    },
    ...drawings[kind](
      figure,
      categories.labels.map((_, i) => i),
    ),
  } as unknown as TopLevelSpec)
  const view = new vega.View(vega.parse(spec), { renderer: 'none' })
  const svg = slim(await view.toSVG())
  const scale = view.scale('y') as { ticks: (count: number) => number[] }
  const ticks = scale.ticks(tickCount)
  return { svg, ticks: isCount(figure) ? ticks.filter(Number.isInteger) : ticks }
}

const tickCount = 4

const frame = {
  width: 700,
  height: 220,
  autosize: 'none',
  padding: 0,
  config: {
    background: 'transparent',
    view: { stroke: null },
    axis: { domain: false, ticks: false, title: null, labels: false, gridColor: 'var(--rule)' },
    line: { strokeWidth: 2.25, strokeCap: 'round', strokeJoin: 'round' },
  },
}

/** The layers of a picture, in Vega-Lite's words. */
type Drawing = (figure: Figure, categories: number[]) => object

const drawings: Record<PlottedKind, Drawing> = {
  /** Standing columns; those of several series beside each other. */
  columns: (figure, categories) =>
    standing(
      figure,
      categories,
      figure.per ? { xOffset: { field: 'series', type: 'ordinal' } } : {},
    ),

  /** Standing columns; those of several series on top of each other. */
  stacks: (figure, categories) =>
    standing(figure, categories, { order: { field: 'series', type: 'ordinal' } }),

  /** A line for each series, from a baseline of zero. */
  lines(figure, categories) {
    const encoding = { y: height(figure), color: colour(figure) }
    const area = { mark: { type: 'area', opacity: 0.12, line: false }, encoding }
    const dots = { mark: dot, encoding }
    return {
      encoding: { x: along({ type: 'point', domain: categories, padding: 0.5 }) },
      layer: [
        ...(figure.series.length === 1 ? [area] : []),
        { mark: { type: 'line' }, encoding },
        ...(categories.length <= dotsShown ? [dots] : []),
      ],
    }
  },
}

function standing(figure: Figure, categories: number[], arrangement: object): object {
  const scale = { type: 'band', domain: categories, paddingInner: 0.18, paddingOuter: 0.09 }
  return {
    mark: { type: 'bar' },
    encoding: {
      x: along({ ...scale, round: false }),
      y: height(figure),
      color: colour(figure),
      ...arrangement,
    },
  }
}

/** More points than this along a line are a line by themselves. */
const dotsShown = 62

// The round end of a stroke of no length: a dot however the picture is stretched.
const dot = {
  type: 'point',
  shape: 'M0,0h0.01',
  size: 1,
  strokeWidth: 6,
  strokeCap: 'round',
  opacity: 1,
}

function along(scale: object) {
  return { field: 'category', type: 'ordinal', axis: null, scale }
}

/** How values are high, from zero: twice as high is twice as much. No half of what is counted. */
function height(figure: Figure) {
  return {
    field: 'value',
    type: 'quantitative',
    scale: { zero: true, nice: tickCount },
    axis: { tickCount, ...(isCount(figure) && { tickMinStep: 1 }) },
  }
}

function isCount({ points }: Figure): boolean {
  return points.every(({ value }) => Number.isInteger(value))
}

/** The colours of the series, which the legend of the page has too. */
function colour({ series }: Figure) {
  const domain = series.map((_, i) => i)
  const range = domain.map((i) => `var(--series-${i + 1})`)
  return { field: 'series', type: 'ordinal', legend: null, scale: { domain, range } }
}

/**
 * Leaves out of Vega's SVG what a page that names its pictures itself has no use for, and digits behind
 * the hundredth of a pixel; stretches it to the room that it is given.
 */
function slim(svg: string): string {
  return svg
    .replace(/<[a-z][^>]*>/g, (tag) =>
      tag
        .replace(/ (?:aria-[a-z]+|role|pointer-events|xmlns:xlink|version)="[^"]*"/g, '')
        .replace(/ (?:opacity|stroke-width)="1"/g, '')
        .replace(/\d+\.\d{3,}(?:e-\d+)?/g, (number) =>
          String(Math.round(Number(number) * 100) / 100),
        ),
    )
    .replace(/<path class="(?:fore|back)ground"[^>]*\/>/g, '')
    .replace('<svg', '<svg preserveAspectRatio="none"')
}
