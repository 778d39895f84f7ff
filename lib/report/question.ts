import { draw } from './charts'
import type { Answered } from './content'
import { type Figure, figureOf, formatMoments, type Point } from './figure'
import { anchorOf, formatNumber, type Html, html, type Room, trusted } from './html'
import { frames, label, spoken } from './plot'
import { answerTable } from './tables'

/** What a figure shows, in words and numbers. */
interface Description {
  /** What is drawn, by what: plays by hour. */
  subject: string
  /** The largest of it: the sentence under a picture. */
  finding: string
  /** What someone hears who does not see it. */
  whole: string
}

const words: Record<Figure['kind'], string> = {
  bars: 'Bars',
  columns: 'Columns',
  lines: 'Line',
  stacks: 'Stacked columns',
  heatmap: 'Heatmap',
}

/** Says what a figure with points shows. */
export function describe(figure: Figure): Description {
  const { kind, measure, by, per, points, series } = figure
  const subject = `${spoken(measure)} by ${spoken(by)}${per ? ` and ${spoken(per)}` : ''}`
  const ordered = [...points].sort((a, b) => b.value - a.value)
  const most = ordered[0]!
  const least = ordered.at(-1)!
  const finding = `Most: ${say(figure, most)}.`
  const whole = [
    `${words[kind]} of ${subject}, ${points.length} in all.`,
    finding,
    ...(points.length > 1 ? [`Least: ${say(figure, least)}.`] : []),
    ...(kind === 'heatmap' ? [] : perSeries(figure, series)),
  ].join(' ')
  return { subject, finding, whole }
}

function perSeries({ points }: Figure, series: string[]): string[] {
  if (series.length < 2) return []
  return series.map((name) => {
    const values = points.filter(({ per }) => per === name).map(({ value }) => value)
    const from = `from ${formatNumber(Math.min(...values))} to ${formatNumber(Math.max(...values))}`
    return `${label(name, 40)}: ${from}.`
  })
}

function say(figure: Figure, { by, per, value }: Point): string {
  const units = spoken(figure.measure)
  const text = label(String(by), 40)
  // 16 alone could be anything: hour 16.
  const named = /^-?[\d.]+$/.test(text) ? `${spoken(figure.by)} ${text}` : text
  const where = figure.isTime ? formatMoments([Number(by)])[0]! : named
  const which = per === '' ? where : `${where}, ${label(per, 40)}`
  return `${which}, with ${formatNumber(value)} ${value === 1 ? units.replace(/s$/, '') : units}`
}

/** The picture of an answer, once for a page and once for a phone; none where there is nothing to draw. */
async function figure({ question, answer }: Answered, room: Room): Promise<Html | undefined> {
  if (!question.chart) return undefined
  const shown = figureOf(question.chart, answer)
  if (shown.points.length === 0) return undefined
  const { subject, finding, whole } = describe(shown)
  const pictures: Html[] = []
  for (const frame of frames) {
    const svg = await draw(shown, frame)
    const named = html`<svg role="img" aria-label="${whole}"`.markup
    pictures.push(
      html`<div class="picture ${frame.name}">${trusted(svg.replace('<svg', () => named))}</div> `,
    )
  }
  if (!room.takes(pictures.map(({ markup }) => markup).join(''))) return tooLarge
  return html`<figure>
    <figcaption>
      <span class="subject">${subject}</span>
      ${legend(shown)}
    </figcaption>
    ${pictures}
    <p class="finding">${finding} ${leftOut(shown)}</p>
  </figure>`
}

const tooLarge = html`<p class="none">
  The picture has too many marks for this page: a question with fewer rows is one to look at.
</p>`

function legend({ series, kind }: Figure): Html | false {
  if (series.length < 2 || kind === 'heatmap') return false
  return html`<span class="legend"
    >${series.map((name, i) => html`<span class="series-${i + 1}"><bdi>${label(name, 30)}</bdi></span> `)}</span
  >`
}

function leftOut({ more }: Figure): Html | false {
  return more > 0 && html`The picture leaves out ${formatNumber(more)} rows of the answer.`
}

/** What the page has left for pictures, and what it has for the rows of a question. */
interface Rooms {
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
