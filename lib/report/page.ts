import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Answered, Content } from './content'
import { formatDay, formatMinute } from './format'
import { anchorOf, type Html, html, Room, trusted } from './html'
import { lineageSection } from './lineage'
import { answerTable, questionSection } from './question'
import { copyLinks } from './script/links'
import { addSearch } from './script/search'
import { workTables } from './script/tables'
import { showValues } from './script/values'
import { loadsSection, summarySection } from './summary'
import { tablesSection } from './tables'

/** Nothing but the page's own style and script, which makes no markup of text: whatever the data holds, it can do nothing. */
const policyOf = (style: string, script: string) =>
  [
    "default-src 'none'",
    `script-src '${digestOf(script)}'`,
    `style-src '${digestOf(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join('; ')

/** What a policy knows a text by: every letter between the tags counts. */
function digestOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}

// Bytes, of the less than 2 MB that a page is to have.
const forPictures = 1_000_000
const forRows = 500_000

/** The report as one HTML page that needs nothing else. */
export async function page(content: Content): Promise<string> {
  const groups = groupsOf(content.answered)
  const body = await bodyOf(content, groups)
  const style = [styles(), ...body.rules].join('\n')
  const script = scripts()
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policyOf(style, script)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>What Sparkify plays: the warehouse report</title>
        <link rel="icon" href="data:," />
        ${trusted(`<style>${style}</style>`)}
      </head>
      ${body}${trusted(`<script>${script}</script>`)}
    </html> `.markup
}

async function bodyOf(content: Content, groups: Group[]): Promise<Html> {
  const { readAt } = content
  return html`<body>
    <a class="skip" href="#summary">Skip to the report</a>
    ${navigation(groups, content.summary.loads.length > 0)}
    <main>
      ${summarySection(content.summary)}
      <section id="questions" aria-labelledby="questions-title">
        <h2 id="questions-title">Questions</h2>
        ${await questions(groups, content)}
      </section>
      ${loadsSection(content.summary)} ${tablesSection(content.tables)}
      ${lineageSection(content.lineage)}
    </main>
    <footer>
      <p>
        Read from the warehouse on ${formatDay(readAt)}, ${formatMinute(readAt)}, in one
        transaction. Times are UTC.
      </p>
    </footer>
  </body>`
}

async function questions(
  groups: Group[],
  { answered, summary: { pulse } }: Content,
): Promise<Html[]> {
  const pictures = new Room(forPictures)
  const tables = answerTables(answered)
  const written: Html[] = []
  for (const { title, answered } of groups) {
    written.push(html`<h3>${title}</h3> `)
    for (const each of answered)
      written.push(
        await questionSection(each, { pictures, table: tables.get(each)!, period: pulse.period }),
      )
  }
  return written
}

/** The rows of all answers: the short ones leave their room to the long ones. */
function answerTables(answered: Answered[]): Map<Answered, Html> {
  const sizeOf = ({ answer: { rows, columns } }: Answered) => rows.length * columns.length
  const tables = new Map<Answered, Html>()
  let left = forRows
  for (const each of [...answered].sort((one, other) => sizeOf(one) - sizeOf(other))) {
    const share = left / (answered.length - tables.size)
    const room = new Room(share)
    tables.set(each, answerTable(each, room))
    left -= share - room.rest
  }
  return tables
}

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
function navigation(groups: Group[], hasLoads: boolean): Html {
  return html`<nav aria-label="Sections">
    <ul>
      <li><a href="#summary">Summary</a></li>
      <li>
        <a href="#questions">Questions</a>
        <ul>
          ${groups.map(groupLinks)}
        </ul>
      </li>
      ${hasLoads && html`<li><a href="#loads">Loads</a></li>`}
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
  'charts',
  'tables',
  'lineage',
  'script',
  'phone',
  'paper',
]

/** All that the page is to look like. */
function styles(): string {
  const read = (sheet: string) => readFileSync(join(__dirname, 'styles', `${sheet}.css`), 'utf8')
  return sheets.map(read).join('\n')
}

/** What the page can do where scripts run. Each is a function that uses nothing of its module. */
const abilities = [showValues, workTables, addSearch, copyLinks]

/** The one script of the page. */
function scripts(): string {
  return ["'use strict'", ...abilities.map((ability) => `;(${ability.toString()})()`)].join('\n')
}
