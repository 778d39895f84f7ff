import { formatNumber } from '../format'
import type { Drawing } from './draw'
import type { Figure } from './figure'
import type { Frame } from './frame'
import { label } from './names'
import { labelLayer } from './places'
import { colours } from './theme'

const rowHeight = 30
const rowLetters = 14
const head = 26

/** A table whose cells are the darker the more they hold. */
export const heatmap: Drawing = (figure, frame) => {
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
