import { type Html, html } from './html'

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
