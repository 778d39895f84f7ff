import type { AnswerColumn } from '../questions/answer'
import type { Answered, LiveTable } from './content'
import type { Value } from './figure'
import { anchorOf, cut, formatNumber, formatTime, type Html, html, type Room } from './html'
import { spoken } from './plot'

/** A column of a table on the page; numbers stand to the right. */
interface Heading {
  text: string
  isNumber?: boolean
}

/**
 * A table that scrolls by itself where it is wider than the page, also by keyboard. The first cell of a
 * row is its heading.
 */
export function dataTable(caption: string, headings: Heading[], rows: Html[][]): Html {
  const align = (i: number) => (headings[i]!.isNumber ? html` class="number"` : undefined)
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${headings.map(({ text }, i) => html`<th scope="col" ${align(i)}>${text}</th> `)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(
          ([first, ...others]) =>
            html`<tr>
              <th scope="row" ${align(0)}>${first}</th>
              ${others.map((cell, i) => html`<td ${align(i + 1)}>${cell}</td>`)}
            </tr> `,
        )}
      </tbody>
    </table>
  </div>`
}

/** The tables, by group: what a row is, what its columns mean, and where Redshift keeps them. */
export function tablesSection(tables: LiveTable[]): Html {
  const groups = [...new Set(tables.map(({ group }) => group))]
  return html`<section id="tables" aria-labelledby="tables-title">
    <h2 id="tables-title">Tables</h2>
    ${groups.map(
      (group) =>
        html`<h3>${group.title}</h3>
          <p class="answers">${group.about}</p>
          ${tables.filter((table) => table.group === group).map(tableArticle)}`,
    )}
  </section>`
}

function tableArticle({ table, design, rows }: LiveTable): Html {
  const id = anchorOf('table', table.name)
  const count = Object.keys(table.columns).length
  const facts = {
    Rows: formatNumber(rows),
    Key: table.key?.join(', '),
    Distribution: distributionOf(design.distribution),
    Sort: design.sortKey.length > 0 && `SORTKEY (${design.sortKey.join(', ')})`,
  }
  return html`<article id="${id}" aria-labelledby="${id}-title">
    <h4 id="${id}-title"><code>${table.name}</code></h4>
    <p class="answers">${table.grain}</p>
    <dl class="facts">
      ${Object.entries(facts).map(([name, fact]) => fact && factOf(name, fact))}
    </dl>
    <details>
      <summary>${count} ${count === 1 ? 'column' : 'columns'}</summary>
      ${columnsTable({ table, design })}
    </details>
  </article> `
}

/** As CREATE TABLE says it. */
function distributionOf(distribution: string): string {
  const [, column] = /^KEY\((.+)\)$/.exec(distribution) ?? []
  return column === undefined ? `DISTSTYLE ${distribution}` : `DISTKEY (${column})`
}

function factOf(name: string, fact: string): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd>${fact}</dd>
  </div> `
}

function columnsTable({ table, design }: Pick<LiveTable, 'table' | 'design'>): Html {
  const headings = ['Column', 'Type', 'Meaning'].map((text) => ({ text }))
  const rows = Object.entries(table.columns).map(([name, [type, meaning]]) => [
    html`<code>${name}</code>`,
    html`<code>${type}</code> ${design.columns[name]?.notNull && html`<small>not null</small>`}`,
    html`${meaning}`,
  ])
  return dataTable(`Columns of ${table.name}`, headings, rows)
}

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
