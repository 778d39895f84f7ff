import type { Drawing } from './draw'
import { formatNumber } from '../format'
import { label } from './names'
import { textWidth } from './text-width'
import { colours } from './theme'

/** Lying bars, as the answer orders them: labels beside them, on a phone above them. */
export const bars: Drawing = ({ points }, { name, width, fontSize }) => {
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
