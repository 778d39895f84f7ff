import type { Fault } from './fault'
import type { Advice } from './finding'

/** Where a line of a file is wrong, what stands there and what may stand there instead. */
export function lineToFix({ first, key, column }: Fault, instead: string): string {
  const where = `${first.url}, line ${first.line}`
  if (!column) return `${where}: ${shortened(first.rawLine)}`
  return `${where}: "${key}": ${JSON.stringify(shortened(first.value))}  →  "${key}": ${instead}`
}

/** What is often wrong with a record that is no JSON. */
interface Slip {
  what: string
  find: RegExp
  replace: string | ((found: string) => string)
}

/** In text outside of strings. */
const slips: Slip[] = [
  { what: 'JSON has no comma before a closing bracket.', find: /,\s*([}\]])/g, replace: '$1' },
  {
    what: 'JSON has no NaN and no Infinity: null is expected.',
    find: /-?\b(NaN|Infinity)\b/g,
    replace: 'null',
  },
  {
    what: 'JSON writes None, True and False as null, true and false.',
    find: /\b(None|True|False)\b/g,
    replace: (word) => (word === 'None' ? 'null' : word.toLowerCase()),
  },
  { what: 'JSON has double quotation marks.', find: /'([^'"]*)'/g, replace: '"$1"' },
  { what: 'JSON has straight quotation marks.', find: /[“”]/g, replace: '"' },
  { what: 'JSON has no comments.', find: /\/\*.*?\*\/|\/\/.*$/gm, replace: '' },
]

const strings = /("(?:[^"\\]|\\.)*")/

/** The record as it was probably meant, where that can be told; else what is expected of it. */
export function repairOf(fault: Fault): Advice {
  const text = fault.record?.text ?? fault.first.rawLine
  const where = `${fault.first.url}, line ${fault.first.line}`
  let repaired = text
  const says: string[] = []
  for (const { what, find, replace } of slips) {
    const next = outsideStrings(repaired, (part) => part.replace(find, replace as string))
    if (next !== repaired) says.push(what)
    repaired = next
  }
  if (says.length > 0 && isJson(repaired))
    return { says: `${says.join(' ')} Put into ${where}:`, paste: repaired }
  const at = fault.first.position > 0 ? ` at character ${fault.first.position + 1}` : ''
  return {
    says: `A JSON object in braces is expected, keys and texts in double quotation marks: it is wrong${at}. Correct or remove ${where}:`,
    paste: shortened(fault.first.rawLine),
  }
}

function outsideStrings(text: string, change: (part: string) => string): string {
  return text
    .split(strings)
    .map((part, index) => (index % 2 === 0 ? change(part) : part))
    .join('')
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}
