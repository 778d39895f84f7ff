import type { LineageNode } from './content'
import { dataTable, tableRow } from './data-table'
import { type Html, html, rule, styled } from './html'

/** What everything is made from: as a picture, and the same as a table. */
export function lineageSection(nodes: LineageNode[]): Html {
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

function lineageTable(nodes: LineageNode[]): Html {
  const named = new Map(nodes.map((node) => [node.id, link(node)]))
  const headings = [{ text: 'What' }, { text: 'Made from' }]
  const rows = nodes.map(({ id, from }) =>
    tableRow(headings, [
      named.get(id)!,
      html`${from.map((source, i) => html`${i > 0 && ', '}${named.get(source)}`)}`,
    ]),
  )
  return dataTable('What each is made from', headings, rows)
}

function link({ id, kind, title }: LineageNode): Html {
  return kind === 'files' ? html`<code>${title}</code>` : html`<a href="#${id}">${title}</a>`
}

/** The lineage as a picture whose boxes are links to what they name. */
function picture(nodes: LineageNode[]): Html {
  const boxes = layOut(nodes)
  const width = widthOf(boxes)
  const height = Math.max(...boxes.map((box) => box.y + box.height))
  const found = new Map(boxes.map((box) => [box.id, box]))
  const ways = boxes.flatMap((box) => box.from.map((id) => drawWay(found.get(id)!, box)))
  const size = styled({
    ...{ width: `${width}ch`, height: `${height}lh` },
    '--scale': scaleOf(width),
  })
  return html`<div
      class="lineage ${size}"
      role="group"
      aria-label="Lineage: ${boxes.length} boxes, from the files to the questions"
    >
      <svg
        class="ways"
        aria-hidden="true"
        viewBox="0 0 ${width} ${height}"
        preserveAspectRatio="none"
      >
        ${ways}
      </svg>
      ${boxes.map(drawBox)}
    </div>
    ${nodes.map(highlight)}`
}

/** Smaller letters where a picture is wider than the page, as long as they can be read; then it scrolls. */
function scaleOf(width: number): number {
  return hundredths(Math.max(0.8, Math.min(1, room / width)))
}

function drawWay(from: Box, to: Box): Html {
  const [x, y] = [from.x + from.width, from.y + from.height / 2]
  const end = to.y + to.height / 2
  const bend = Math.min(9, (to.x - x) / 2)
  return html`<path
    class="of-${from.id} of-${to.id}"
    d="M${x} ${y}C${x + bend} ${y} ${to.x - bend} ${end} ${to.x} ${end}"
  /> `
}

function drawBox({ id, kind, title, x, y, width, height }: Box): Html {
  const place = styled({
    ...{ left: `${x}ch`, top: `${y}lh` },
    ...{ width: `${width}ch`, height: `${height}lh` },
  })
  const form = height > boxHeight ? `${kind} tall` : kind
  const text = html`<span>${title}</span>`
  if (kind === 'files') return html`<div id="box-${id}" class="box files ${place}">${text}</div> `
  return html`<a id="box-${id}" class="box ${form} ${place}" href="#${id}" title="${title}"
    >${text}</a
  > `
}

/** Under the pointer and in focus, a box shows what it is made from, and what is made from it. */
function highlight({ id }: LineageNode): Html {
  return rule(
    `.lineage:has(#box-${id}:is(:hover, :focus-visible)) .of-${id} { stroke: var(--series-1); stroke-opacity: 1 }`,
  )
}

/** A node with its left upper corner: across in widths of a digit (ch), down in heights of a line (lh). */
interface Box extends LineageNode {
  x: number
  y: number
  width: number
  height: number
}

export const boxHeight = 1
/** Of a question in two lines. */
const tallHeight = 1.7
const least = 1.32 // from the top of a box to the next one's
const most = 2.9
const padding = 3
/** As wide as a page is, in the widths of a digit. */
const room = 106
/** The distance of columns, and how much of a line a question has: a longer one has two. */
const sizes = [
  { gap: 4.5, question: 40 },
  { gap: 3, question: 38 },
  { gap: 2, question: 36 },
]
/** Names of tables are whole. */
const widest = 40

/** Lays the lineage out in columns from left to right, as wide as a page where that can be. */
export function layOut(nodes: LineageNode[]): Box[] {
  const layouts = sizes.map((size) => layOutIn(size, nodes))
  return layouts.find((boxes) => widthOf(boxes) <= room) ?? layouts.at(-1)!
}

/** How wide a picture of boxes is. */
export function widthOf(boxes: Box[]): number {
  return Math.max(...boxes.map((box) => box.x + box.width))
}

function layOutIn({ gap, question }: (typeof sizes)[number], nodes: LineageNode[]): Box[] {
  const columns = ordered(nodes)
  const heightOf = ({ kind, title }: LineageNode) =>
    kind === 'question' && title.length + padding - 1 > question ? tallHeight : boxHeight
  const heightsOver = (column: LineageNode[]) =>
    column.reduce((sum, node) => sum + heightOf(node) - boxHeight, 0)
  const height = Math.max(...columns.map((column) => least * column.length + heightsOver(column)))
  let left = 0
  return columns.flatMap((column) => {
    const isLow = isPassed(column[0]!.column, nodes)
    const over = heightsOver(column)
    const step = isLow ? least : Math.min(most, (height - over) / column.length)
    const spare = height - over - step * column.length
    let y = isLow ? spare : (spare + step - boxHeight) / 2
    const boxes = column.map((node) => {
      const box = {
        ...node,
        x: left,
        y: hundredths(y),
        width: Math.min(padding + node.title.length, node.kind === 'question' ? question : widest),
        height: heightOf(node),
      }
      y += step + box.height - boxHeight
      return box
    })
    left = widthOf(boxes) + gap
    return boxes
  })
}

/** True of a column that ways go past, from before it to behind it: it stands at the foot, out of their way. */
function isPassed(column: number, nodes: LineageNode[]): boolean {
  const columnOf = new Map(nodes.map((node) => [node.id, node.column]))
  return nodes.some(
    (node) => node.column > column && node.from.some((id) => columnOf.get(id)! < column),
  )
}

/** The nodes of each column, in the order of the middle of what they are made from: few ways cross. */
function ordered(nodes: LineageNode[]): LineageNode[][] {
  const heights = new Map<string, number>()
  const columns: LineageNode[][] = []
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

function hundredths(number: number): number {
  return Math.round(number * 100) / 100
}
