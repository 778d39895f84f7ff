import type { AnswerColumn, Value } from '../questions/answer'
import { describeFigure } from './caption'
import { chartOf } from './charts'
import type { Answered } from './content'
import { dataTable, tableRow } from './data-table'
import { type Figure, figureOf } from './figure'
import { formatNumber, formatTime, spoken } from './format'
import { anchorOf, cut, type Html, html, type Room, shortened } from './html'
import { unitOf } from './partial'
import type { Period } from './pulse'
import { valuesOf } from './values'
import { drawnOf } from './weeks'

/** What a question has on the page beside what it says itself. */
interface Surroundings {
  /** What is left for pictures. */
  pictures: Room
  table: Html
  period: Period | undefined
}

/** A question: what it asks, a picture where there is one, the rows behind it, and the SQL. */
export async function questionSection(
  answered: Answered,
  { pictures, table, period }: Surroundings,
): Promise<Html> {
  const { name, title, answers, sql, file } = answered.question
  const id = anchorOf('question', name)
  const picture = await pictureOf(answered, pictures, period)
  return html`<article id="${id}" aria-labelledby="${id}-title">
    <h4>
      <span id="${id}-title">${title}</span>
      <a class="anchor" href="#${id}" aria-label="Link to: ${title}">#</a>
    </h4>
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
async function pictureOf(
  { question, answer }: Answered,
  room: Room,
  period: Period | undefined,
): Promise<Html | undefined> {
  if (!question.chart) return undefined
  const figure = figureOf(question.chart, answer, period)
  if (figure.points.length === 0) return undefined
  const { subject, finding, whole } = describeFigure(figure)
  const drawn = drawnOf(figure)
  const note = drawn !== figure && 'Drawn is the average day of each week; the rows have each day.'
  const values = JSON.stringify(valuesOf(drawn))
  const picture = html`<div
    class="picture"
    role="img"
    aria-label="${whole} ${note}"
    data-values="${values}"
  >
    ${await chartOf(drawn)}
  </div>`
  if (!room.takes(picture.markup)) return tooLarge
  return html`<figure>
    <figcaption>
      <span class="subject">${subject}${drawn !== figure && ', average day of each week'}</span>
      ${legend(drawn)}
    </figcaption>
    ${picture}
    ${(finding || note || figure.more > 0) && html`<p class="finding">${finding} ${note} ${leftOut(figure)}</p>`}
  </figure>`
}

const tooLarge = html`<p class="none">
  The picture has too many marks for this page: a question with fewer rows is one to look at.
</p>`

function legend(figure: Figure): Html | false {
  const { series, kind, points } = figure
  const hasSeries = series.length > 1 && kind !== 'heatmap'
  const unit = points.some(figure.isPartial) && unitOf(figure)
  if (!hasSeries && !unit) return false
  const names = hasSeries ? shortened(series, 30) : []
  return html`<span class="legend"
    >${names.map((name, i) => html`<span class="series-${i + 1}"><bdi>${name}</bdi></span> `)}${
      unit && html`<span class="partial">${unit.slice(0, -1)} not whole</span>`
    }</span
  >`
}

function leftOut({ more }: Figure): Html | false {
  const rows = more === 1 ? 'row' : 'rows'
  return more > 0 && html`The picture leaves out ${formatNumber(more)} ${rows} of the answer.`
}

/** As the style sheet of paper has it. */
const rowsPrinted = 50
const charactersShown = 120
/** A longer text is not even exported whole. */
const charactersKept = 500

/** The first rows of an answer, as many as there is room for, and how to see the others. */
export function answerTable({ question, answer }: Answered, room: Room): Html {
  const { columns, rows, more } = answer
  if (rows.length === 0) return html`<p class="none">No rows: there is nothing to tell yet.</p>`
  const headings = columns.map(({ name, type }) => ({
    text: spoken(name),
    column: name,
    isNumber: type === 'number',
  }))
  const shown: Html[] = []
  for (const row of rows) {
    const cells = row.map((value, i) => cellOf(value, columns[i]!))
    const written = tableRow(headings, cells)
    if (!room.takes(written.markup) && shown.length > 0) break
    shown.push(written)
  }
  const left = rows.length - shown.length + more
  return html`${dataTable(`Answer: ${question.title}`, headings, shown)}
  ${shown.length > rowsPrinted && html`<p class="printed">On paper: the first ${rowsPrinted} rows.</p>`}
  ${left > 0 && html`<p class="more">${formatNumber(left)} more ${left === 1 ? 'row' : 'rows'}: <code>sparkify query ${question.name}</code></p>`}`
}

function cellOf(value: Value, { name, type }: AnswerColumn): Html {
  if (value === null) return html`<span class="none">none</span>`
  const text = String(value)
  if (text === '') return exactly('', 'empty', html`<i>empty</i>`)
  if (type === 'time') return html`<time datetime="${text}">${formatTime(text)}</time>`
  const isId = /(^|_)(id|year)$/.test(name)
  if (type === 'number' && typeof value === 'number' && !isId)
    return exactly(text, formatNumber(value), html`${formatNumber(value)}`)
  const shown = cut(text, charactersShown)
  const kept = text.length <= charactersKept ? text : shown
  return exactly(kept, shown, html`<bdi>${shown}</bdi>`)
}

/** What is shown of a value, with the value itself where it is another. */
function exactly(value: string, shown: string, markup: Html): Html {
  return value === shown ? markup : html`<data value="${value}">${markup}</data>`
}
