import type { Load } from '../../lib/load/loads'
import { formatDay, formatMinute, formatNumber, formatShare } from '../format'
import type { Content } from '../read/content'
import type { Summary } from '../read/summary'
import { type Html, html } from './html'
import { loadsTable } from './loads'

interface Figure {
  name: string
  value: string
  note?: string
}

/** What the warehouse holds, how fresh that is, and how it came there. */
export function summarySection({ summary }: Content): Html {
  return html`<section id="summary" aria-labelledby="summary-title">
    <header>
      <h1 id="summary-title">What Sparkify plays</h1>
      <p class="lead">${lead(summary)}</p>
    </header>
    <dl class="figures">
      ${figuresOf(summary).map(
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

function figuresOf(summary: Summary): Figure[] {
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
    ...(latestLoad ? ofLoad(latestLoad) : []),
  ]
}

function ofLoad({ loaded_at, audits }: Load): Figure[] {
  return [
    { name: 'Latest load', value: formatDay(loaded_at), note: formatMinute(loaded_at) },
    { name: 'Audits', value: `${audits} hold`, note: 'all, at the latest load' },
  ]
}
