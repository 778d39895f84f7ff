import { dataTable } from '../page/data-table'
import { type Html, html } from '../page/html'
import type { Node } from './graph'
import { picture } from './picture'

/** What everything is made from: as a picture, and the same as a table. */
export function lineageSection(nodes: Node[]): Html {
  return html`<section id="lineage" aria-labelledby="lineage-title">
    <h2 id="lineage-title">Lineage</h2>
    <p class="answers">
      From the files over staging to the star and the questions: what each is made from, as the
      models and the questions declare it.
    </p>
    <div class="scroll" role="region" aria-label="The lineage as a picture" tabindex="0">
      ${picture(nodes)}
    </div>
    <details>
      <summary>The lineage as a table</summary>
      ${lineageTable(nodes)}
    </details>
  </section>`
}

function lineageTable(nodes: Node[]): Html {
  const named = new Map(nodes.map((node) => [node.id, link(node)]))
  const rows = nodes.map(({ id, from }) => [
    named.get(id)!,
    html`${from.map((source, i) => html`${i > 0 && ', '}${named.get(source)}`)}`,
  ])
  return dataTable('What each is made from', [{ text: 'What' }, { text: 'Made from' }], rows)
}

function link({ id, kind, title }: Node): Html {
  return kind === 'files' ? html`<code>${title}</code>` : html`<a href="#${id}">${title}</a>`
}
