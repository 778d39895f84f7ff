import type { Axis } from './axis'
import type { Figure } from './figure'
import { formatNumber, formatShort } from './format'
import { type Html, html, shortened, styled } from './html'
import { labelRow, lettersShown } from './labels'
import { rangeOf, short } from './range'

/**
 * A grid of cells that are the darker the more they hold; there is none where there is no row. On a phone
 * its longer side goes down, save where that is a long way: then it goes across, on a page too.
 */
export function heatmap({ points, across, down, isPartial }: Figure): Html {
  const range = rangeOf(points)
  const given: Grid = {
    columns: across,
    rows: down,
    cells: points.map(({ by, per, value }) => ({
      column: across.indexOf(by),
      row: down.indexOf(per),
      form: isPartial({ by, per }) ? 'cell partial' : 'cell',
      value,
      share: short((value - range.low) / range.span),
    })),
  }
  const [isWide, isLong] = [across, down].map(({ labels }) => labels.length > mostDown)
  const isTall = across.labels.length <= down.labels.length
  const onPage = isLong && isTall ? turned(given) : given
  const onPhone = isLong || isWide || isTall ? onPage : turned(given)
  const [wide, narrow] = [draw(onPage, 'wide'), draw(onPhone, 'narrow')]
  if (wide.markup === narrow.markup) return wide
  return html`<div class="wide">${wide}</div>
    <div class="narrow">${narrow}</div>`
}

/** More rows of cells than this are no picture that is seen at a time. */
const mostDown = 60

interface Grid {
  columns: Axis
  rows: Axis
  cells: { column: number; row: number; form: string; value: number; share: string }[]
}

function turned({ columns, rows, cells }: Grid): Grid {
  return {
    columns: rows,
    rows: columns,
    cells: cells.map(({ column, row, ...cell }) => ({ column: row, row: column, ...cell })),
  }
}

function draw({ columns, rows, cells }: Grid, width: keyof typeof lettersAbreast): Html {
  const labels = shortened(rows.labels, lettersShown)
  const beside = Math.min(Math.max(...labels.map(({ length }) => length)), lettersAcross)
  const numbers = numbersIn(
    cells.map(({ value }) => value),
    columns.labels.length,
    lettersAbreast[width] - beside,
  )
  const kind = numbers ? 'heatmap' : 'heatmap dense'
  return html`<div class="${kind} ${styled({ '--columns': columns.labels.length })}">
    ${labelRow(columns, numbers ? 0 : beside)}
    ${labels.map((text, i) => html`<bdi class="${styled({ 'grid-area': `${i + 2}/1` })}">${text}</bdi> `)}
    ${cells.map(
      ({ column, row, form, share }, i) =>
        html`<b
          class="${form} ${styled({ 'grid-area': `${row + 2}/${column + 2}`, '--share': share })}"
          >${numbers?.[i]}</b
        > `,
    )}
  </div>`
}

/** About as many letters as have room on cells and beside them, on a page and on a phone. */
const lettersAbreast = { wide: 90, narrow: 36 }
/** A longer label of a row is broken. */
const lettersAcross = 16

/** The numbers on cells, short ones where whole ones have no room, or none: the rows behind the picture have them. */
function numbersIn(values: number[], columns: number, letters: number): string[] | undefined {
  return [values.map(formatNumber), values.map((value) => formatShort(value))].find((numbers) => {
    const longest = Math.max(...numbers.map(({ length }) => length))
    return columns * (0.94 * longest + 0.5) <= letters
  })
}
