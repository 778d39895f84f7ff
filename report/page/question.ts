import { anchorOf } from '../anchor'
import type { Answered } from '../read/content'
import { answerTable } from './answer-table'
import { figure } from './figure'
import { type Html, html } from './html'
import type { Room } from './room'

/** What the page has left for pictures, and what it has for the rows of a question. */
export interface Rooms {
  pictures: Room
  rows: Room
}

/** A question: what it asks, a picture where there is one, the rows behind it, and the SQL. */
export async function questionSection(answered: Answered, rooms: Rooms): Promise<Html> {
  const { name, title, answers, sql, file } = answered.question
  const id = anchorOf('question', name)
  const picture = await figure(answered, rooms.pictures)
  const table = answerTable(answered, rooms.rows)
  return html`<article id="${id}" aria-labelledby="${id}-title">
    <h4 id="${id}-title">${title}</h4>
    <p class="answers">${answers}</p>
    ${picture}
    ${
      picture
        ? html`<details>
            <summary>The rows behind the picture</summary>
            ${table}
          </details>`
        : table
    }
    <details>
      <summary>The SQL</summary>
      <p class="file"><code>${file}</code></p>
      <pre
        class="scroll"
        role="region"
        aria-label="SQL: ${title}"
        tabindex="0"
      ><code>${sql}</code></pre>
    </details>
  </article> `
}
