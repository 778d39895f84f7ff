import { type Html, html, trusted } from '../page/html'
import type { Node } from './graph'
import { type Box, boxHeight, lay } from './layout'

/** The lineage as a picture whose boxes are links to what they name. */
export function picture(nodes: Node[]): Html {
  const boxes = lay(nodes)
  const width = Math.max(...boxes.map((box) => box.x + box.width)) + 1
  const height = Math.max(...boxes.map(({ y }) => y + boxHeight)) + 1
  const found = new Map(boxes.map((box) => [box.id, box]))
  const ways = boxes.flatMap((box) => box.from.map((id) => drawWay(found.get(id)!, box)))
  return html`<style>
      ${trusted(nodes.map(highlight).join('\n'))}
    </style>
    <svg
      class="lineage"
      role="group"
      aria-label="Lineage: ${boxes.length} boxes, from the files to the questions"
      width="${width}"
      height="${height}"
      viewBox="0 0 ${width} ${height}"
    >
      <g class="ways">${ways}</g>
      ${boxes.map(drawBox)}
    </svg>`
}

function drawWay(from: Box, to: Box): Html {
  const [x, y] = [from.x + from.width, from.y + boxHeight / 2]
  const end = to.y + boxHeight / 2
  const bend = Math.min(60, (to.x - x) / 2)
  return html`<path
    class="of-${from.id} of-${to.id}"
    d="M${x} ${y}C${x + bend} ${y} ${to.x - bend} ${end} ${to.x} ${end}"
  /> `
}

function drawBox({ id, kind, title, text, x, y, width }: Box): Html {
  const box = html`<title>${title}</title
    ><rect x="${x}" y="${y}" width="${width}" height="${boxHeight}" rx="4" /><text
      x="${x + 10}"
      y="${y + 16.5}"
      >${text}</text
    >`
  if (kind === 'files') return html`<g id="box-${id}" class="${kind}">${box}</g> `
  return html`<a id="box-${id}" class="${kind}" href="#${id}">${box}</a> `
}

/** Under the pointer and in focus, a box shows what it is made from, and what is made from it. */
function highlight({ id }: Node): string {
  return `.lineage:has(#box-${id}:is(:hover, :focus-visible)) .of-${id} { stroke: var(--series-1); stroke-opacity: 1 }`
}
