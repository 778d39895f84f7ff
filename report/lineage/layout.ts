import { label } from '../charts/names'
import type { Node } from './graph'

/** A node with its place: its left upper corner and its width, in pixels. */
export interface Box extends Node {
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
