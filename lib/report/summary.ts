import type { Load } from '../load/ledger'
import type { Summary } from './content'
import { dataTable } from './data-table'
import { formatBytes, formatDay, formatMinute, formatNumber, formatShare } from './format'
import { cut, type Html, html } from './html'

/** What the warehouse holds, how fresh that is, and how it came there. */
export function summarySection(summary: Summary): Html {
  return html`<section id="summary" aria-labelledby="summary-title">
    <header>
      <h1 id="summary-title">What Sparkify plays</h1>
      <p class="lead">${lead(summary)}</p>
    </header>
    <dl class="figures">
      ${keyFigures(summary).map(
        ({ name, value, note }) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value} ${note && html`<small>${note}</small>`}</dd>
          </div> `,
      )}
    </dl>
    ${summary.loads.length > 0 ? loadsTable(summary) : nothingLoaded}
  </section>`
}

const nothingLoaded = html`<p class="none">
  Nothing has been loaded yet: <code>sparkify run</code> does it.
</p>`

function lead({ first, last, plays }: Summary): Html {
  if (first === null || last === null) return html`No play is in the warehouse yet.`
  const period =
    formatDay(first) === formatDay(last)
      ? formatDay(last)
      : `${formatDay(first)} to ${formatDay(last)}`
  return html`${formatNumber(plays)} ${plays === 1 ? 'song play' : 'song plays'}, ${period}.`
}

interface KeyFigure {
  name: string
  value: string
  note?: string
}

function keyFigures(summary: Summary): KeyFigure[] {
  const { plays, known, users, songs, artists, latestEvent, latestLoad } = summary
  return [
    { name: 'Plays', value: formatNumber(plays) },
    { name: 'Users', value: formatNumber(users) },
    { name: 'Songs', value: formatNumber(songs) },
    { name: 'Artists', value: formatNumber(artists) },
    {
      name: 'Plays of known songs',
      value: formatShare(known, plays),
      note: `${formatNumber(known)} of ${formatNumber(plays)}`,
    },
    ...(latestEvent === null
      ? []
      : [{ name: 'Latest event', value: formatDay(latestEvent), note: formatMinute(latestEvent) }]),
    ...(latestLoad ? figuresOfLoad(latestLoad) : []),
  ]
}

function figuresOfLoad({ loaded_at, audits }: Load): KeyFigure[] {
  return [
    { name: 'Latest load', value: formatDay(loaded_at), note: formatMinute(loaded_at) },
    { name: 'Audits', value: `${audits} hold`, note: 'all, at the latest load' },
  ]
}

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
function loadsTable({ loads, allLoads }: Summary): Html {
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
