/** What an answer is made of: a list is its element as often as it has members. */
export type Answer =
  string | number | boolean | Date | undefined | Answer[] | { [name: string]: Answer }

/** An element, and what is in it. */
export function xml(name: string, answer: Answer): string {
  if (answer === undefined) return ''
  if (Array.isArray(answer)) return answer.map((member) => xml(name, member)).join('')
  return `<${name}>${content(answer)}</${name}>`
}

function content(answer: Exclude<Answer, undefined | Answer[]>): string {
  if (answer instanceof Date) return answer.toISOString()
  if (typeof answer !== 'object') return escaped(String(answer))
  return Object.entries(answer)
    .map(([name, value]) => xml(name, value))
    .join('')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
