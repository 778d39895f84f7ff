import type { TopLevelSpec } from 'vega-lite'
import type { Chart } from '../questions/question'
import type { Figure } from './figure'
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
export async function drawMarks(kind: PlottedKind, figure: Figure): Promise<Marks> {
  const { vega, lite } = await loadVega()
  const { spec } = lite.compile({
    ...frame,
    ...drawings[kind](
      figure,
      figure.across.labels.map((_, i) => i),
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

/** What is drawn of a point: numbers in place of names. No value: there a line breaks. */
interface Mark {
  category: number
  series: number
  value: number | null
  /** Whether no line leads to it. */
  isAlone?: boolean
}

function marksOf({ points, across, series }: Figure): Mark[] {
  return points.map(({ by, per, value }) => ({
    category: across.indexOf(by),
    series: series.indexOf(String(per)),
    value,
  }))
}

/**
 * The marks of lines: no line leads over a place that has no row. That is neither zero, for an average
 * or a share may be drawn, nor anything between its neighbours.
 */
function marksOfLines(figure: Figure): Mark[] {
  const marks = marksOf(figure)
  const keyOf = (series: number, category: number) => `${series} ${category}`
  const known = new Set(marks.map(({ series, category }) => keyOf(series, category)))
  const gaps = figure.series.flatMap((_, series) =>
    figure.across.labels.flatMap((_, category) =>
      known.has(keyOf(series, category)) ? [] : [{ category, series, value: null }],
    ),
  )
  const isKnown = (series: number, category: number) => known.has(keyOf(series, category))
  return [
    ...gaps,
    ...marks.map((mark) => ({
      ...mark,
      isAlone: !isKnown(mark.series, mark.category - 1) && !isKnown(mark.series, mark.category + 1),
    })),
  ]
}

/** The layers of a picture and their data, in Vega-Lite's words. */
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

  /** A line for each series, from a baseline of zero; a dot where a line is none. */
  lines(figure, categories) {
    const encoding = { y: height(figure), color: colour(figure) }
    const area = { mark: { type: 'area', opacity: 0.12, line: false }, encoding }
    const dots = { mark: dot, encoding, transform: [{ filter: 'isValid(datum.value)' }] }
    if (categories.length > dotsShown) dots.transform.push({ filter: 'datum.isAlone' })
    return {
      data: { values: marksOfLines(figure) },
      encoding: { x: along({ type: 'point', domain: categories, padding: 0.5 }) },
      layer: [
        ...(figure.series.length === 1 ? [area] : []),
        { mark: { type: 'line' }, encoding },
        dots,
      ],
    }
  },
}

function standing(figure: Figure, categories: number[], arrangement: object): object {
  const padding = Math.max(0.18, 1 - (widestShare * categories.length) / (figure.per ? 1 : 2))
  const scale = {
    type: 'band',
    domain: categories,
    paddingInner: padding,
    paddingOuter: padding / 2,
  }
  return {
    data: { values: marksOf(figure) },
    mark: { type: 'bar' },
    encoding: {
      x: along({ ...scale, round: false }),
      y: height(figure),
      color: colour(figure),
      ...arrangement,
    },
  }
}

/** How much of a picture the marks of one category take at most: half of it where these are not beside each other. */
const widestShare = 0.3

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
