import type { Load } from '../load/ledger'
import type { Summary } from './content'
import { dataTable, tableRow } from './data-table'
import { formatBytes, formatDay, formatMinute, formatNumber, formatShare } from './format'
import { comparisonOf, headlineOf, lately } from './headline'
import { cut, type Html, html } from './html'
import type { Counts, Pulse } from './pulse'

/** What is to be known first: a finding, the numbers with how they changed, and how fresh they are. */
export function summarySection(summary: Summary): Html {
  const headline = headlineOf(summary.pulse, summary).replaceAll(' %', '\u00a0%')
  return html`<section id="summary" aria-labelledby="summary-title">
    <header>
      <h1 id="summary-title">What Sparkify plays</h1>
      ${headline && html`<p class="headline">${headline}</p>`}
      <p class="lead">${lead(summary)} ${summary.plays > 0 && comparisonOf(summary.pulse)}</p>
      ${summary.stale.map((text) => html`<p><strong>Warning:</strong> ${text}</p> `)}
    </header>
    <dl class="figures">
      ${keyFigures(summary).map(
        ({ name, value, counts }) =>
          html`<div>
            <dt>${name}</dt>
            <dd>
              ${value} <small>${lately(summary.pulse, counts)}</small>
              ${sparkline(summary.pulse, counts)}
            </dd>
          </div> `,
      )}
    </dl>
    <dl class="facts">
      ${facts(summary).map(
        ([name, fact]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${fact}</dd>
          </div> `,
      )}
    </dl>
    ${summary.loads.length === 0 && nothingLoaded}
  </section>`
}

const nothingLoaded = html`<p class="none">
  Nothing has been loaded yet: <code>sparkify run</code> does it.
</p>`

function lead({ pulse: { first, last }, plays }: Summary): Html {
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
  counts: keyof Counts
}

function keyFigures({ plays, users, songs, artists, pulse }: Summary): KeyFigure[] {
  return [
    { name: 'Plays', value: formatNumber(plays), counts: 'plays' },
    { name: 'Users', value: formatNumber(users), counts: 'users' },
    { name: 'Songs', value: formatNumber(songs), counts: 'songs' },
    { name: 'Artists', value: formatNumber(artists), counts: 'artists' },
    { name: 'Song known', value: formatShare(pulse.known, plays), counts: 'known' },
  ]
}

/** The latest days as a line, which breaks where a day has no play; of two days and more. */
function sparkline({ days }: Pulse, name: keyof Counts): Html | false {
  const values = days.map((day) => {
    if (day === undefined) return undefined
    return name === 'known' ? day.known / day.plays : day[name]
  })
  const most = Math.max(...values.map((value) => value ?? 0))
  if (values.length < 2 || most === 0) return false
  const step = 100 / (values.length - 1)
  const path = values.map((value, i) => {
    if (value === undefined) return ''
    const isAfterGap = values[i - 1] === undefined
    const point = `${Math.round(10 * i * step) / 10} ${Math.round(280 * (1 - value / most)) / 10}`
    return isAfterGap ? `M${point}h0` : `L${point}`
  })
  return html`<svg
    class="spark"
    viewBox="0 -2 100 32"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    <path d="${path.join('')}" />
  </svg>`
}

function facts({ latestEvent, latestLoad }: Summary): [name: string, fact: string][] {
  const when = (time: string) => `${formatDay(time)}, ${formatMinute(time)}`
  return [
    ...(latestEvent === null ? [] : ([['Latest event', when(latestEvent)]] as [string, string][])),
    ...(latestLoad
      ? ([
          ['Latest load', when(latestLoad.loaded_at)],
          ['Audits', auditsFact(latestLoad)],
        ] as [string, string][])
      : []),
  ]
}

function auditsFact({ audits, warnings }: Load): string {
  return warnings
    ? `${audits} hold, ${warnings} ${warnings === 1 ? 'warns' : 'warn'}`
    : `all ${audits} hold`
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

/** The latest loads: what came, and who brought it; nothing where nothing was loaded. */
export function loadsSection({ loads, allLoads }: Summary): Html | false {
  if (loads.length === 0) return false
  const rows = loads.map(({ loaded_at, state, files, bytes, staged, audits, user_name }) =>
    tableRow(headings, [
      html`<span class="time">${loaded_at.slice(0, 19)}</span>`,
      html`${state}`,
      html`${formatNumber(files)}`,
      html`${formatBytes(bytes)}`,
      html`${formatNumber(staged)}`,
      html`${audits}`,
      html`<bdi>${cut(user_name, 40)}</bdi>`,
    ]),
  )
  const caption =
    allLoads > loads.length
      ? `The latest ${loads.length} of ${formatNumber(allLoads)} loads`
      : 'All loads'
  return html`<section id="loads" aria-labelledby="loads-title">
    <h2 id="loads-title">Loads</h2>
    ${dataTable(caption, headings, rows)}
  </section>`
}
