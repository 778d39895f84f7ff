import { draw } from '../charts/draw'
import { describe } from '../charts/describe'
import { type Figure, figureOf } from '../charts/figure'
import { frames } from '../charts/frame'
import { label } from '../charts/names'
import { formatNumber } from '../format'
import type { Answered } from '../read/content'
import { type Html, html, trusted } from './html'
import type { Room } from './room'

/** The picture of an answer, once for a page and once for a phone; none where there is nothing to draw. */
export async function figure(
  { question, answer }: Answered,
  room: Room,
): Promise<Html | undefined> {
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
