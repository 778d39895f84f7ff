import stringWidth from 'string-width'
import { visible } from '../page/visible'

/** The name of a column as people say it: listening hours for listening_hours. */
export function spoken(column: string): string {
  return column.replaceAll('_', ' ')
}

/** A label that fits so many columns of letters, and … where some of it does not. */
export function label(text: string, columns: number): string {
  const shown = visible(text.slice(0, 4 * columns)).replace(/\s+/g, ' ')
  if (stringWidth(shown) <= columns && shown.length >= text.length) return shown
  let fits = ''
  for (const character of shown) {
    if (stringWidth(fits + character) >= columns) break
    fits += character
  }
  return `${fits}…`
}
