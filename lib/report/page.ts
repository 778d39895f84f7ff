import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Load } from '../load/ledger'
import type { Answered, Content, Summary } from './content'
import {
  anchorOf,
  cut,
  formatBytes,
  formatDay,
  formatMinute,
  formatNumber,
  formatShare,
  type Html,
  html,
  Room,
  trusted,
} from './html'
import { lineageSection } from './lineage'
import { questionSection } from './question'
import { dataTable, tablesSection } from './tables'

/** Questions whose answers are looked at alike. */
interface Group {
  title: string
  answered: Answered[]
}

type Rule = [title: string, holds: (answered: Answered) => boolean]

/** The first rule that holds says where a question stands. */
const rules: Rule[] = [
  ['Over time', (answered) => isByTime(answered)],
  ['Rankings', ({ question }) => question.chart?.kind === 'bars'],
  ['Patterns', ({ question }) => question.chart !== undefined],
  ['Lists', () => true],
]

/** The questions in groups, as the page shows them; no group is empty. */
function groupsOf(answered: Answered[]): Group[] {
  const titleOf = (each: Answered) => rules.find(([, holds]) => holds(each))![0]
  return rules
    .map(([title]) => ({ title, answered: answered.filter((each) => titleOf(each) === title) }))
    .filter((group) => group.answered.length > 0)
}

function isByTime({ question: { chart }, answer }: Answered): boolean {
  return answer.columns.some(({ name, type }) => name === chart?.by && type === 'time')
}

/** The links to all sections, which stay in view. */
function navigation(groups: Group[]): Html {
  return html`<nav aria-label="Sections">
    <ul>
      <li><a href="#summary">Summary</a></li>
      <li>
        <a href="#questions">Questions</a>
        <ul>
          ${groups.map(groupLinks)}
        </ul>
      </li>
      <li><a href="#tables">Tables</a></li>
      <li><a href="#lineage">Lineage</a></li>
    </ul>
  </nav>`
}

function groupLinks({ title, answered }: Group): Html {
  const links = answered.map(
    ({ question }) =>
      html`<li><a href="#${anchorOf('question', question.name)}">${question.title}</a></li> `,
  )
  return html`<li class="group">${title}</li>
    ${links}`
}

/** The style sheets, in the order that they count: the later one wins. */
const sheets = [
  'colours',
  'layout',
  'navigation',
  'text',
  'summary',
  'questions',
  'tables',
  'lineage',
  'phone',
  'paper',
]

/** All that the page is to look like. */
function styles(): string {
  const read = (sheet: string) => readFileSync(join(__dirname, 'styles', `${sheet}.css`), 'utf8')
  return sheets.map(read).join('\n')
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

interface Figure {
  name: string
  value: string
  note?: string
}

/** What the warehouse holds, how fresh that is, and how it came there. */
function summarySection({ summary }: Content): Html {
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

/** No script, nothing from elsewhere: whatever the data holds, it can do nothing. */
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

// Bytes, of the less than 2 MB that a page is to have.
const forPictures = 1_100_000
const forRows = 500_000

/** The report as one HTML page that needs nothing else. */
export async function page(content: Content): Promise<string> {
  const { answered, readAt } = content
  const groups = groupsOf(answered)
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>What Sparkify plays: the warehouse report</title>
        <link rel="icon" href="data:," />
        <style>
          ${trusted(styles())}
        </style>
      </head>
      <body>
        <a class="skip" href="#summary">Skip to the report</a>
        ${navigation(groups)}
        <main>
          ${summarySection(content)}
          <section id="questions" aria-labelledby="questions-title">
            <h2 id="questions-title">Questions</h2>
            ${await questions(groups, answered.length)}
          </section>
          ${tablesSection(content.tables)} ${lineageSection(content.lineage)}
        </main>
        <footer>
          <p>
            Read from the warehouse on ${formatDay(readAt)}, ${formatMinute(readAt)}, in one
            transaction. Times are UTC.
          </p>
        </footer>
      </body>
    </html> `.markup
}

async function questions(groups: Group[], count: number): Promise<Html[]> {
  const pictures = new Room(forPictures)
  const written: Html[] = []
  for (const { title, answered } of groups) {
    written.push(html`<h3>${title}</h3> `)
    for (const each of answered)
      written.push(await questionSection(each, { pictures, rows: new Room(forRows / count) }))
  }
  return written
}
