import type { Question } from './question'

/**
 * Where in the file of a question a character of its query stands: queries/x.sql:12:8.
 * @param position 1 is the first character
 */
export function placeIn({ file, sql, lines }: Question, position: number): string {
  const before = [...sql].slice(0, position - 1).join('')
  const line = lines.sql + before.split('\n').length - 1
  const column = [...before.slice(before.lastIndexOf('\n') + 1)].length + 1
  return `${file}:${line}:${column}`
}
