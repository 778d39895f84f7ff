import { type Html, html } from './html'

/** A column of a table on the page; numbers stand to the right. */
interface Heading {
  text: string
  isNumber?: boolean
  /** The name of the column, where its heading is another. */
  column?: string
}

/**
 * A table that scrolls by itself where it is larger than its place, also by keyboard. The first cell of a
 * row is its heading.
 * @param rows as `tableRow` writes them
 */
export function dataTable(caption: string, headings: Heading[], rows: Html[]): Html {
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${headings.map(headingOf)}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`
}

function headingOf(heading: Heading): Html {
  const { text, column } = heading
  const name = column !== undefined && html`data-column="${column}"`
  return html`<th scope="col" ${align(heading)} ${name}>
    ${text[0]!.toUpperCase()}${text.slice(1)}
  </th> `
}

/**
 * A row, of which there may be hundreds: without a blank too many.
 * @param id where links lead to it
 */
export function tableRow(headings: Heading[], [first, ...others]: Html[], id?: string): Html {
  const cells = others.map((cell, i) => html`<td ${align(headings[i + 1]!)}>${cell}</td>`)
  const name = id !== undefined && html` id="${id}"`
  // prettier-ignore
  return html`<tr${name}><th scope="row" ${align(headings[0]!)}>${first}</th>${cells}</tr> `
}

function align({ isNumber }: Heading): Html | false {
  return isNumber === true && html`class="number"`
}
