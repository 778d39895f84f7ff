import type { Figure } from './figure'
import { formatNumber, formatShort } from './format'
import { heatmap } from './heatmap'
import { type Html, html, shortened, styled, trusted } from './html'
import { labelRow } from './labels'
import { drawMarks, type PlottedKind } from './marks'
import { rangeOf, short } from './range'

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
function bars({ points, series }: Figure): Html {
  const { low, span } = rangeOf(points)
  const numbers = points.map(({ value }) => formatNumber(value))
  const digits = Math.max(...numbers.map(({ length }) => length))
  const labels = shortened(
    points.map(({ by }) => String(by).trim()),
    50,
  )
  const rows = points.map(({ per, value }, i) => {
    const [from, share] = [Math.min(value, 0) - low, Math.abs(value)].map((part) => part / span)
    const colour = series.length > 1 ? ` series-${series.indexOf(String(per)) + 1}` : ''
    const extent = styled({ '--from': short(from!), '--share': short(share!) })
    return html`<bdi>${labels[i]}</bdi>
      <span><i class="bar${colour} ${extent}"></i>${numbers[i]}</span> `
  })
  return html`<div class="bars ${styled({ '--digits': `${digits}ch` })}">${rows}</div>`
}

/** Marks above the labels of their categories, and beside the values of their lines. */
async function plot(kind: PlottedKind, figure: Figure): Promise<Html> {
  const { svg, ticks } = await drawMarks(kind, figure)
  const values = ticks.reverse().map(valueText)
  const taken = Math.max(0, ...values.map(({ length }) => length - valueLetters))
  return html`<div class="plot ${styled({ '--columns': figure.across.labels.length })}">
    <div class="values">${values.map((value) => html`<span>${value}</span> `)}</div>
    <div class="marks">${trusted(svg)}</div>
    ${hatched(figure)} ${labelRow(figure.across, taken)}
  </div>`
}

/** Stripes in the colour of the page over the marks of what is not whole. */
function hatched({ points, across, isPartial }: Figure): Html[] {
  const places = new Set(points.filter(isPartial).map(({ by }) => across.indexOf(by)))
  return [...places].map(
    (i) => html`<i class="hatch ${styled({ 'grid-column': `${i + 2}/span 1` })}"></i>`,
  )
}

/** Longer values beside a picture leave less room for the labels below it. */
const valueLetters = 4

function valueText(value: number): string {
  if (Math.abs(value) < 100_000) return formatNumber(value)
  return formatShort(value, 3)
}
