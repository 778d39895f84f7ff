import type { Value } from '../charts/figure'
import { spoken } from '../charts/names'
import { formatNumber, formatTime } from '../format'
import type { AnswerColumn } from '../../lib/questions/answer'
import type { Answered } from '../read/content'
import { dataTable } from './data-table'
import { type Html, html } from './html'
import type { Room } from './room'
import { cut } from './visible'

const rowsShown = 50
const charactersShown = 120

/** The first rows of an answer, as many as there is room for, and how to see the others. */
export function answerTable({ question, answer }: Answered, room: Room): Html {
  const { columns, rows, more } = answer
  if (rows.length === 0) return html`<p class="none">No rows: there is nothing to tell yet.</p>`
  const shown: Html[][] = []
  for (const row of rows.slice(0, rowsShown)) {
    const cells = row.map((value, i) => cellOf(value as Value, columns[i]!))
    if (!room.takes(html`${cells}`.markup) && shown.length > 0) break
    shown.push(cells)
  }
  const headings = columns.map(({ name, type }) => ({
    text: spoken(name),
    isNumber: type === 'number',
  }))
  const left = rows.length - shown.length + more
  return html`${dataTable(`Answer: ${question.title}`, headings, shown)}
  ${left > 0 && html`<p class="more">${formatNumber(left)} more rows: <code>sparkify query ${question.name}</code></p>`}`
}

function cellOf(value: Value, { name, type }: AnswerColumn): Html {
  if (value === null) return html`<span class="none">none</span>`
  const text = String(value)
  if (type === 'time') return html`<span class="time">${formatTime(text)}</span>`
  const isId = /(^|_)(id|year)$/.test(name)
  if (type === 'number' && typeof value === 'number' && !isId) return html`${formatNumber(value)}`
  return html`<bdi>${cut(text, charactersShown)}</bdi>`
}
