import type { TopLevelSpec } from 'vega-lite'
import type { Chart } from '../questions/question'
import type { Figure } from './figure'
import { formatNumber } from './html'
import {
  colour,
  colours,
  type Frame,
  height,
  label,
  labelLayer,
  placesOf,
  plot,
  plotted,
  textWidth,
  theme,
} from './plot'
import { loadVega } from './vega.js'

/** Lying bars, as the answer orders them: labels beside them, on a phone above them. */
const bars: Drawing = ({ points }, { name, width, fontSize }) => {
  const [step, letters] = name === 'wide' ? [26, 34] : [42, 40]
  const rows = points.map(({ by, value }, i) => ({
    place: i,
    label: label(String(by), letters),
    value,
    number: formatNumber(value),
  }))
  const widest = (texts: string[]) => Math.max(...texts.map((text) => textWidth(text, fontSize)))
  const left = name === 'wide' ? 12 + widest(rows.map((row) => row.label)) : 0
  const right = 8 + widest(rows.map(({ number }) => number))
  const height = rows.length * step
  const y = {
    field: 'place',
    type: 'ordinal',
    axis: null,
    scale: { paddingInner: 0, paddingOuter: 0 },
  }
  const beside = { align: 'right', baseline: 'middle', x: -10 }
  const above = { align: 'left', baseline: 'middle', x: 0, dy: -11 }
  const down = name === 'wide' ? 0 : 9
  return {
    width: width - left - right,
    height,
    padding: { left, right, top: 0, bottom: 0 },
    data: { values: rows },
    encoding: { y },
    layer: [
      {
        mark: { type: 'bar', height: 16, yOffset: down },
        encoding: {
          x: { field: 'value', type: 'quantitative', axis: null, scale: { zero: true } },
        },
      },
      {
        mark: { type: 'text', align: 'left', baseline: 'middle', dx: 7, dy: down },
        encoding: {
          x: { field: 'value', type: 'quantitative', axis: null },
          text: { field: 'number' },
        },
      },
      {
        mark: { type: 'text', color: colours.ink, ...(name === 'wide' ? beside : above) },
        encoding: { text: { field: 'label' } },
      },
    ],
  }
}

/** Standing columns; those of several series beside each other. */
const columns: Drawing = (figure, frame) =>
  standing(figure, frame, figure.per ? { xOffset: { field: 'series', type: 'ordinal' } } : {})

/** Standing columns; those of several series on top of each other. */
const stacks: Drawing = (figure, frame) =>
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

const rowHeight = 30
const rowLetters = 14
const head = 26

/** A table whose cells are the darker the more they hold. */
const heatmap: Drawing = (figure, frame) => {
  const { cells, columns, rows } = arrange(figure, frame)
  const left =
    12 + 0.64 * frame.fontSize * Math.min(rowLetters, Math.max(...rows.map(({ length }) => length)))
  const step = Math.min((frame.width - left) / columns.length, 76)
  const longest = Math.max(...cells.map(({ number }) => number.length))
  const width = step * columns.length
  const band = { type: 'ordinal', axis: null }
  return {
    width,
    height: rowHeight * rows.length,
    padding: { left, right: frame.width - left - width, top: head, bottom: 0 },
    data: { values: cells },
    encoding: {
      x: { field: 'place', ...band, scale: { domain: columns.map((_, i) => i), padding: 0 } },
      y: { field: 'row', ...band, scale: { domain: rows.map((_, i) => i), padding: 0 } },
    },
    layer: [
      {
        mark: { type: 'rect', color: colours.accent, stroke: 'var(--paper)' },
        encoding: { fillOpacity },
      },
      {
        mark: {
          type: 'text',
          baseline: 'middle',
          fontSize: Math.min(frame.fontSize, (step - 4) / (longest * 0.66)),
        },
        encoding: { text: { field: 'number' } },
      },
      labelLayer(columns, { ...frame, width }, -9),
      rowLabels(rows),
    ],
  }
}

// Half of the colour at most: the number on it can be read, in light and in dark.
const fillOpacity = {
  field: 'value',
  type: 'quantitative',
  legend: null,
  scale: { zero: true, range: [0.04, 0.5] },
}

/** The cells; on a phone the longer side goes down. */
function arrange({ points }: Figure, { name }: Frame) {
  const bys = distinct(points.map(({ by }) => String(by)))
  const pers = distinct(points.map(({ per }) => per))
  const isTurned = name === 'narrow' && bys.length > pers.length
  const [columns, rows] = isTurned ? [pers, bys] : [bys, pers]
  const cells = points.map(({ by, per, value }) => {
    const [column, row] = isTurned ? [per, String(by)] : [String(by), per]
    return {
      place: columns.indexOf(column),
      row: rows.indexOf(row),
      value,
      number: formatNumber(value),
    }
  })
  return { cells, columns, rows }
}

function rowLabels(rows: string[]) {
  return {
    data: { values: rows.map((text, row) => ({ row, label: label(text, rowLetters) })) },
    mark: { type: 'text', align: 'right', baseline: 'middle', color: colours.soft },
    encoding: { x: { value: -10 }, text: { field: 'label' } },
  }
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts)]
}

/** More points than this along a line are a line by themselves. */
const dotsShown = 62

/** A line for each series, from a baseline of zero. */
const lines: Drawing = (figure, frame) => {
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

/**
 * Leaves out of Vega's SVG what a page that names its pictures itself has no use for, and digits behind
 * the hundredth of a pixel. Text stays as it is: Vega escapes it, so no text holds a tag.
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
}

/** How a kind of picture is drawn: its Vega-Lite specification, of a fixed size. */
type Drawing = (figure: Figure, frame: Frame) => Record<string, unknown>

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
