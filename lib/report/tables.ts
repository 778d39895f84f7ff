import type { Origin } from '../lineage/query-columns'
import type { LiveTable } from './content'
import { dataTable, tableRow } from './data-table'
import { formatNumber } from './format'
import { anchorOf, type Html, html } from './html'

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

function tableArticle({ table, design, rows, origins }: LiveTable): Html {
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
      ${columnsTable({ table, design, origins })}
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

function columnsTable({ table, design, origins }: Omit<LiveTable, 'group' | 'rows'>): Html {
  const headings = ['Column', 'Type', 'Meaning'].map((text) => ({ text }))
  const rows = Object.entries(table.columns).map(([name, [type, meaning]]) => {
    const cells = [
      html`<code>${name}</code>`,
      html`<code>${type}</code> ${design.columns[name]?.notNull && html`<small>not null</small>`}`,
      html`${meaning} ${origins[name] && originOf(origins[name])}`,
    ]
    return tableRow(headings, cells, anchorOf('column', `${table.name}-${name}`))
  })
  return dataTable(`Columns of ${table.name}`, headings, rows)
}

/** `songs.*` are the rows of songs, of which no value is looked at. */
function originOf({ from, unknown }: Origin): Html {
  const shown = from.map((column) => column.replace(/^(.+)\.\*$/, 'the rows of $1'))
  if (unknown !== undefined) return html`<small>origin unknown: ${unknown}</small>`
  return html`<small>${shown.length > 0 ? `from ${shown.join(', ')}` : 'from no column'}</small>`
}
