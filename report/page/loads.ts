import { formatBytes, formatNumber } from '../format'
import type { Summary } from '../read/summary'
import { dataTable } from './data-table'
import { type Html, html } from './html'
import { cut } from './visible'

const headings = [
  { text: 'Load, UTC' },
  { text: 'State' },
  { text: 'Files', isNumber: true },
  { text: 'Size', isNumber: true },
  { text: 'Rows staged', isNumber: true },
  { text: 'Audits', isNumber: true },
  { text: 'By' },
]

/** The latest loads: what came, and who brought it. */
export function loadsTable({ loads, allLoads }: Summary): Html {
  const rows = loads.map(({ loaded_at, state, files, bytes, staged, audits, user_name }) => [
    html`<span class="time">${loaded_at.slice(0, 19)}</span>`,
    html`${state}`,
    html`${formatNumber(files)}`,
    html`${formatBytes(bytes)}`,
    html`${formatNumber(staged)}`,
    html`${audits}`,
    html`<bdi>${cut(user_name, 40)}</bdi>`,
  ])
  const caption =
    allLoads > loads.length
      ? `The latest ${loads.length} of ${formatNumber(allLoads)} loads`
      : 'All loads'
  return html`<h2 class="minor">Loads</h2>
    ${dataTable(caption, headings, rows)}`
}
