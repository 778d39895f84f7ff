import type { AnswerColumn, Value } from '../questions/answer'
import { describeFigure } from './caption'
import { chartOf } from './charts'
import type { Answered } from './content'
import { dataTable } from './data-table'
import { type Figure, figureOf } from './figure'
import { formatNumber, formatTime, spoken } from './format'
import { anchorOf, cut, type Html, html, type Room, shortened } from './html'

/** What the page has left for pictures, and what it has for the rows of a question. */
interface Rooms {
  pictures: Room
  rows: Room
}

/** A question: what it asks, a picture where there is one, the rows behind it, and the SQL. */
export async function questionSection(answered: Answered, rooms: Rooms): Promise<Html> {
  const { name, title, answers, sql, file } = answered.question
  const id = anchorOf('question', name)
  const picture = await pictureOf(answered, rooms.pictures)
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

/** The picture of an answer, and what it shows in words; none where there is nothing to draw. */
async function pictureOf({ question, answer }: Answered, room: Room): Promise<Html | undefined> {
  if (!question.chart) return undefined
  const figure = figureOf(question.chart, answer)
  if (figure.points.length === 0) return undefined
  const { subject, finding, whole } = describeFigure(figure)
  const picture = html`<div class="picture" role="img" aria-label="${whole}">
    ${await chartOf(figure)}
  </div>`
  if (!room.takes(picture.markup)) return tooLarge
  return html`<figure>
    <figcaption>
      <span class="subject">${subject}</span>
      ${legend(figure)}
    </figcaption>
    ${picture}
    ${(finding || figure.more > 0) && html`<p class="finding">${finding} ${leftOut(figure)}</p>`}
  </figure>`
}

const tooLarge = html`<p class="none">
  The picture has too many marks for this page: a question with fewer rows is one to look at.
</p>`

function legend({ series, kind }: Figure): Html | false {
  if (series.length < 2 || kind === 'heatmap') return false
  return html`<span class="legend"
    >${shortened(series, 30).map((name, i) => html`<span class="series-${i + 1}"><bdi>${name}</bdi></span> `)}</span
  >`
}

function leftOut({ more }: Figure): Html | false {
  const rows = more === 1 ? 'row' : 'rows'
  return more > 0 && html`The picture leaves out ${formatNumber(more)} ${rows} of the answer.`
}

const rowsShown = 50
const charactersShown = 120

/** The first rows of an answer, as many as there is room for, and how to see the others. */
function answerTable({ question, answer }: Answered, room: Room): Html {
  const { columns, rows, more } = answer
  if (rows.length === 0) return html`<p class="none">No rows: there is nothing to tell yet.</p>`
  const shown: Html[][] = []
  for (const row of rows.slice(0, rowsShown)) {
    const cells = row.map((value, i) => cellOf(value, columns[i]!))
    if (!room.takes(html`${cells}`.markup) && shown.length > 0) break
    shown.push(cells)
  }
  const headings = columns.map(({ name, type }) => ({
    text: spoken(name),
    isNumber: type === 'number',
  }))
  const left = rows.length - shown.length + more
  return html`${dataTable(`Answer: ${question.title}`, headings, shown)}
  ${left > 0 && html`<p class="more">${formatNumber(left)} more ${left === 1 ? 'row' : 'rows'}: <code>sparkify query ${question.name}</code></p>`}`
}

function cellOf(value: Value, { name, type }: AnswerColumn): Html {
  if (value === null) return html`<span class="none">none</span>`
  const text = String(value)
  if (type === 'time') return html`<span class="time">${formatTime(text)}</span>`
  const isId = /(^|_)(id|year)$/.test(name)
  if (type === 'number' && typeof value === 'number' && !isId) return html`${formatNumber(value)}`
  return html`<bdi>${cut(text, charactersShown)}</bdi>`
}
