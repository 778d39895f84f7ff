import { anchorOf } from '../anchor'
import type { Group } from './groups'
import { type Html, html } from './html'

/** The links to all sections, which stay in view. */
export function navigation(groups: Group[]): Html {
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
