import { isDeepStrictEqual } from 'node:util'
import { parse } from 'dotenv'
import { UsageError } from '../errors'

/** Where an entry of the text is: its whole lines, and in them its value without the blanks around it. */
interface Entry {
  name: string
  lines: Span
  value: Span
}

type Span = [start: number, end: number]

// dotenv's own pattern of an entry, with groups for the places.
const pattern =
  /^\s*(?:export\s+)?([\w.-]+)(\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?\s*(?:#.*)?$/dgm

// Without quotes where a shell, too, would read it so; else in the first that dotenv reads back.
const plain = /^[\w.:/@%+=,!-]*$/
const quotes = ["'", '"', '`', '']

/**
 * The text of an env file with settings set, or removed (undefined); all else stays as it is.
 * @throws UsageError for a value that such a file cannot hold
 */
export function withSettings(text: string, changes: Record<string, string | undefined>): string {
  return Object.entries(changes).reduce(
    (result, [name, value]) =>
      value === undefined ? without(result, name) : withSetting(result, name, value),
    text,
  )
}

function without(text: string, name: string): string {
  return entriesOf(text)
    .filter((entry) => entry.name === name)
    .reduceRight((result, { lines }) => replaced(result, lines, ''), text)
}

function withSetting(text: string, name: string, value: string): string {
  const before = parse(text)
  if (before[name] === value) return text
  const fitting = notationsOf(value)
    .map((notation) => withEntry(text, name, notation))
    .find((result) => isDeepStrictEqual(parse(result), { ...before, [name]: value }))
  if (fitting !== undefined) return fitting
  throw new UsageError(
    `${name} has a value that .env cannot hold: one line is expected, with at most two of the ` +
      'quotes \', " and ` in it. Choose another value.',
  )
}

function notationsOf(value: string): string[] {
  if (/[\r\n]/.test(value)) return []
  const quoted = quotes.map((quote) => quote + value + quote)
  return plain.test(value) ? [value, ...quoted] : quoted
}

/** The last entry of a name is the one that counts; where there is none, one is added at the end. */
function withEntry(text: string, name: string, notation: string): string {
  const entry = entriesOf(text).findLast((one) => one.name === name)
  if (entry) return replaced(text, entry.value, notation)
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  const gap = text === '' || text.endsWith('\n') ? '' : newline
  return `${text}${gap}${name}=${notation}${newline}`
}

function entriesOf(text: string): Entry[] {
  return [...text.matchAll(pattern)].map(({ 1: name, 3: content = '', indices }) => {
    const [, nameAt, separatorAt, contentAt] = indices!
    const blanks = content.trim() === '' ? 0 : content.length - content.trimStart().length
    const start = (contentAt?.[0] ?? separatorAt![1]) + blanks
    const end = start + content.trim().length
    const newline = text.indexOf('\n', end)
    return {
      name: name!,
      lines: [text.lastIndexOf('\n', nameAt![0]) + 1, newline === -1 ? text.length : newline + 1],
      value: [start, end],
    }
  })
}

function replaced(text: string, [start, end]: Span, part: string): string {
  return text.slice(0, start) + part + text.slice(end)
}
