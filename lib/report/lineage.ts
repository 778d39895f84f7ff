import type { Node } from './content'
import { type Html, html, trusted } from './html'
import { label } from './plot'
import { dataTable } from './tables'

/** A node with its place: its left upper corner and its width, in pixels. */
interface Box extends Node {
  text: string
  x: number
  y: number
  width: number
}

export const boxHeight = 25
const least = 33 // from the top of a box to the next one's
const most = 72
const gap = 32
const lettersShown = 36

/** Lays the lineage out in columns from left to right. */
export function lay(nodes: Node[]): Box[] {
  const columns = ordered(nodes)
  const height = least * Math.max(...columns.map(({ length }) => length))
  let left = 1
  return columns.flatMap((column) => {
    const isLow = isPassed(column[0]!.column, nodes)
    const step = isLow ? least : Math.min(most, height / column.length)
    const room = height - step * column.length
    const top = isLow ? room : (room + step - boxHeight) / 2
    const boxes = column.map((node, row) => boxOf(node, left, Math.round(top + row * step)))
    left += gap + Math.max(...boxes.map(({ width }) => width))
    return boxes
  })
}

/** True of a column that ways go past, from before it to behind it: it stands at the foot, out of their way. */
function isPassed(column: number, nodes: Node[]): boolean {
  const columnOf = new Map(nodes.map((node) => [node.id, node.column]))
  return nodes.some(
    (node) => node.column > column && node.from.some((id) => columnOf.get(id)! < column),
  )
}

/** The nodes of each column, in the order of the middle of what they are made from: few ways cross. */
function ordered(nodes: Node[]): Node[][] {
  const heights = new Map<string, number>()
  const columns: Node[][] = []
  for (const node of nodes) (columns[node.column] ??= []).push(node)
  for (const column of columns) {
    const middles = new Map(column.map(({ id, from }) => [id, middle(from, heights)]))
    column.sort((a, b) => middles.get(a.id)! - middles.get(b.id)!)
    column.forEach(({ id }, row) => heights.set(id, (row + 0.5) / column.length))
  }
  return columns
}

function middle(ids: string[], heights: Map<string, number>): number {
  return ids.reduce((sum, id) => sum + heights.get(id)! / ids.length, 0)
}

function boxOf(node: Node, x: number, y: number): Box {
  const text = label(node.title, lettersShown)
  const letter = node.kind === 'question' ? 6.9 : 7
  return { ...node, text, x, y, width: Math.ceil(20 + text.length * letter) }
}

/** The lineage as a picture whose boxes are links to what they name. */
function picture(nodes: Node[]): Html {
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

/** What everything is made from: as a picture, and the same as a table. */
export function lineageSection(nodes: Node[]): Html {
  return html`<section id="lineage" aria-labelledby="lineage-title">
    <h2 id="lineage-title">Lineage</h2>
    <p class="answers">
      From the files over staging to the star and the questions: what each is made from, as the
      models and the questions declare it.
    </p>
    <div class="scroll" role="region" aria-label="The lineage as a picture" tabindex="0">
      ${picture(nodes)}
    </div>
    <details>
      <summary>The lineage as a table</summary>
      ${lineageTable(nodes)}
    </details>
  </section>`
}

function lineageTable(nodes: Node[]): Html {
  const named = new Map(nodes.map((node) => [node.id, link(node)]))
  const rows = nodes.map(({ id, from }) => [
    named.get(id)!,
    html`${from.map((source, i) => html`${i > 0 && ', '}${named.get(source)}`)}`,
  ])
  return dataTable('What each is made from', [{ text: 'What' }, { text: 'Made from' }], rows)
}

function link({ id, kind, title }: Node): Html {
  return kind === 'files' ? html`<code>${title}</code>` : html`<a href="#${id}">${title}</a>`
}
