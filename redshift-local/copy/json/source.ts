import type { Path } from './paths'

// A value as it is written: a string, a bracket, or a word or number.
const token = /\s*("[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s"{}[\],:]+)/gy

/**
 * The value at a path as it is written in a document, without the white space between its parts;
 * JSON.parse keeps neither the digits of a number nor the order of keys. It has to be there.
 */
export function sourceAt(path: Path, document: string): string {
  const tokens = Array.from(document.matchAll(token), (match) => match[1]!)
  let at = 0
  for (const step of path) at = stepInto(tokens, at, step)
  return tokens.slice(at, valueEnd(tokens, at)).join('')
}

function stepInto(tokens: string[], container: number, step: string | number): number {
  let found = -1
  let index = 0
  for (let at = container + 1; tokens[at] !== '}' && tokens[at] !== ']';) {
    const named = tokens[container] === '{'
    const value = named ? at + 2 : at
    if (named ? JSON.parse(tokens[at]!) === step : index++ === step) found = value
    at = valueEnd(tokens, value)
    if (tokens[at] === ',') at++
  }
  return found
}

function valueEnd(tokens: string[], start: number): number {
  let depth = 0
  let at = start
  do {
    if (tokens[at] === '{' || tokens[at] === '[') depth++
    else if (tokens[at] === '}' || tokens[at] === ']') depth--
    at++
  } while (depth > 0)
  return at
}
