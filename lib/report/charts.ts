import { categoriesOf, type Figure } from './figure'
import { formatNumber } from './format'
import { cut, type Html, html, trusted } from './html'
import { drawMarks, type PlottedKind } from './marks'

/**
 * Draws a figure as markup without script. Whatever is written in it is the page's own text, which the
 * browser measures in the fonts that it has: where it needs more room than there is, the picture scrolls.
 */
export async function chartOf(figure: Figure): Promise<Html> {
  const { kind } = figure
  if (kind === 'bars') return bars(figure)
  if (kind === 'heatmap') return heatmap(figure)
  return plot(kind, figure)
}

/** Lying bars, as the answer orders them: labels beside them, on a phone above them; each ends in its number. */
function bars({ points }: Figure): Html {
  const { low, span } = rangeOf(points)
  const numbers = points.map(({ value }) => formatNumber(value))
  const digits = Math.max(...numbers.map(({ length }) => length))
  const rows = points.map(({ by, value }, i) => {
    const [from, share] = [Math.min(value, 0) - low, Math.abs(value)].map((part) => part / span)
    return html`<bdi>${cut(String(by).trim(), 50)}</bdi>
      <span
        ><i class="bar" style="--from:${short(from!)};--share:${short(share!)}"></i
        >${numbers[i]}</span
      > `
  })
  return html`<div class="bars" style="--digits:${digits}ch">${rows}</div>`
}

/** A grid of cells that are the darker the more they hold; on a phone its longer side goes down. */
function heatmap({ points }: Figure): Html {
  const cells = points.map(({ by, per, value }) => ({ column: String(by), row: per, value }))
  const turned = cells.map(({ column, row, value }) => ({ column: row, row: column, value }))
  const [columns, rows] = [cells, turned].map((each) => distinct(each.map(({ column }) => column)))
  if (columns!.length <= rows!.length) return grid(cells)
  return html`<div class="wide">${grid(cells)}</div>
    <div class="narrow">${grid(turned)}</div>`
}

interface Cell {
  column: string
  row: string
  value: number
}

function grid(cells: Cell[]): Html {
  const columns = distinct(cells.map(({ column }) => column))
  const rows = distinct(cells.map(({ row }) => row))
  const { low, span } = rangeOf(cells)
  return html`<div class="heatmap" style="--columns:${columns.length}">
    ${labelRow(columns)}
    ${rows.map((text, i) => html`<bdi style="grid-area:${i + 2}/1">${cut(text, 24)}</bdi> `)}
    ${cells.map(({ column, row, value }) => {
      const area = `${rows.indexOf(row) + 2}/${columns.indexOf(column) + 2}`
      const share = short((value - low) / span)
      return html`<b class="cell" style="grid-area:${area};--share:${share}"
        >${formatNumber(value)}</b
      > `
    })}
  </div>`
}

/** Marks above the labels of their categories, and beside the values of their lines. */
async function plot(kind: PlottedKind, figure: Figure): Promise<Html> {
  const categories = categoriesOf(figure)
  const { svg, ticks } = await drawMarks(kind, figure, categories)
  return html`<div class="plot" style="--columns:${categories.labels.length}">
    <div class="values">
      ${ticks.reverse().map((tick) => html`<span>${valueText(tick)}</span> `)}
    </div>
    <div class="marks">${trusted(svg)}</div>
    ${labelRow(categories.labels)}
  </div>`
}

function valueText(value: number): string {
  if (Math.abs(value) < 100_000) return formatNumber(value)
  return value.toLocaleString('en-US', { notation: 'compact', maximumSignificantDigits: 3 })
}

/** About as many letters as stand beside each other, on a page and on a phone. */
const lettersAbreast = { wide: 90, narrow: 36 }
const lettersShown = 24

/** The labels of columns, each in the middle of as many columns as it stands for. */
function labelRow(columns: string[]): Html {
  const [wide, narrow] = (['wide', 'narrow'] as const).map(
    (width) =>
      html`${chosen(columns, lettersAbreast[width]).map(
        ({ text, first, count }) =>
          html`<bdi class="label ${width}" style="grid-column:${first + 2}/span ${count}"
            >${text}</bdi
          > `,
      )}`,
  )
  return html`${wide}${narrow}`
}

interface Label {
  text: string
  first: number
  count: number
}

/** All labels, or the beginnings of words (Mon for Monday), or the middle one of every three, five … */
function chosen(texts: string[], letters: number): Label[] {
  const longest = Math.max(...texts.map((text) => Math.min(text.length, lettersShown)))
  const beginnings = texts.map((text) => text.slice(0, 3))
  const areWords = longest > 3 && texts.every((text) => /^[A-Za-z]+$/.test(text))
  const crowd = (texts.length * (longest + 1)) / letters
  if (crowd > 1 && areWords && new Set(beginnings).size === texts.length)
    return chosen(beginnings, letters)
  const half = Math.min(Math.ceil((crowd - 1) / 2), Math.floor((texts.length - 1) / 2))
  const count = 2 * Math.max(half, 0) + 1
  return Array.from({ length: Math.floor(texts.length / count) }, (_, i) => ({
    text: cut(texts[i * count + (count - 1) / 2]!, lettersShown),
    first: i * count,
    count,
  }))
}

/** From the lowest value or zero to the highest. */
function rangeOf(points: { value: number }[]): { low: number; span: number } {
  const values = points.map(({ value }) => value)
  const low = Math.min(0, ...values)
  return { low, span: Math.max(0, ...values) - low || 1 }
}

function distinct(texts: string[]): string[] {
  return [...new Set(texts)]
}

function short(share: number): string {
  return String(Math.round(share * 1000) / 1000)
}
