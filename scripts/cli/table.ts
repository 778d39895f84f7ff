import { createRequire } from 'node:module'
import { stripVTControlCharacters } from 'node:util'
import { formatCount } from '../../lib/warehouse/counts'
import { type Look, type Meaning, plain } from './colors'

const between = 2 // blanks from one column to the next
const least = 8 // of a text, with its …

/**
 * The widths of columns in a table that is as wide as the terminal at most: the widest texts give way
 * first. Numbers do not, and a table of too many columns stays too wide.
 */
function fit(wanted: number[], isNumeric: boolean[], width: number): number[] {
  const widths = [...wanted]
  let surplus = widths.reduce((sum, each) => sum + each + between, -between) - width
  while (surplus > 0) {
    const texts = widths.filter((each, i) => !isNumeric[i] && each > least)
    if (texts.length === 0) break
    const widest = Math.max(...texts)
    const next = Math.max(least, ...texts.filter((each) => each < widest))
    const at = widths.findIndex((each, i) => !isNumeric[i] && each === widest)
    const isAlone = texts.filter((each) => each === widest).length === 1
    const given = isAlone ? Math.min(surplus, widest - next) : 1
    widths[at]! -= given
    surplus -= given
  }
  return widths
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/**
 * A text that takes as many places of a terminal at most; where it is cut, it ends in …. Of the URL of a
 * file the end is kept, which tells it from the others.
 */
function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  const isUrl = text.startsWith('s3://')
  const segments = [...characters.segment(text)].map(({ segment }) => segment)
  const kept: string[] = []
  let taken = 1 // the …
  for (const segment of isUrl ? segments.toReversed() : segments) {
    taken += widthOf(segment)
    if (taken > width) break
    kept.push(segment)
  }
  return isUrl ? `…${kept.toReversed().join('')}` : `${kept.join('').trimEnd()}…`
}

/** How the lines of a table are written. */
export interface Layout {
  /** The lines above the rows: the names of the columns, and a rule. */
  head: string[]
  line: (cells: string[]) => string
  /** Its places: more than the terminal has where there are too many columns. */
  width: number
}

/** Lays out rows one value a line, each whole, below a line with the number of the row. */
export function recordLayout(names: string[], width: number): Layout {
  const left = Math.max(0, ...names.map(widthOf))
  let rows = 0
  const line = (cells: string[]) => {
    const title = `── row ${++rows} `
    const rule = title.padEnd(Math.min(width, 40), '─')
    return [
      rule,
      ...cells.map((text, i) => `${pad(names[i]!, left, false)}  ${text}`.trimEnd()),
    ].join('\n')
  }
  return { head: [], line, width }
}

/** What a value of a column means, by the text that is shown. */
type MeaningOf = (text: string) => Meaning | undefined

/**
 * Lays out a table for a terminal: columns as wide as what is in them, numbers to the right. Texts are cut
 * where it would be wider than the terminal.
 */
export function layOut(
  names: string[],
  rows: string[][],
  isNumeric: boolean[],
  { width, paint }: Look,
  meanings: (MeaningOf | undefined)[] = [],
): Layout {
  const all = [names, ...rows]
  const wanted = names.map((_, i) => widestOf(all, i))
  const widths = fit(wanted, isNumeric, width)
  const cell = (text: string, i: number) => {
    const shown = width === Infinity ? text : cut(text, widths[i]!)
    return pad(shown, widths[i]!, isNumeric[i]!)
  }
  const head = names.map(cell).join('  ').trimEnd()
  const line = (cells: string[]) => {
    const last = cells.findLastIndex((text) => text.trim() !== '')
    const shown = cells.slice(0, last + 1).map((text, i) => {
      const padded = cell(text, i)
      return paint(meanings[i]?.(text), i === last ? padded.trimEnd() : padded)
    })
    return shown.join('  ')
  }
  const rule = widths.map((each) => '─'.repeat(each)).join('  ')
  return { head: [paint('heading', head), rule], line, width: rule.length }
}

/**
 * Rows as a table for a terminal: columns aligned, numbers to the right, NULL left empty; a value a line
 * where the terminal is too narrow for so many columns.
 * @param meanings by the names of columns
 */
export function formatTable(
  columns: string[],
  rows: Record<string, unknown>[],
  look: Look = plain,
  meanings: Record<string, MeaningOf> = {},
): string {
  const isNumeric = columns.map(
    (name) => rows.length > 0 && rows.every((row) => isNumberLike(row[name])),
  )
  const cells = rows.map((row) => columns.map((column) => printable(row[column])))
  const means = columns.map((name) => meanings[name])
  const table = layOut(columns, cells, isNumeric, look, means)
  const { head, line } =
    table.width > look.width && rows.length > 0 ? recordLayout(columns, look.width) : table
  return [...head, ...cells.map(line)].join('\n')
}

const listed = 10

/** The lines of a list below its title, of a long one the first ten; nothing of an empty one. */
export function titled(
  title: string,
  lines: string[],
  { paint }: Look,
  meaning: Meaning = 'heading',
): string[] {
  if (lines.length === 0) return []
  const more = lines.length - listed
  return [
    paint(meaning, `${title} (${formatCount(lines.length)})`),
    ...lines.slice(0, listed).map((line) => `  ${line}`),
    ...(more > 0 ? [`  … and ${formatCount(more)} more`] : []),
  ]
}

// Of a list the lines that go on are further in, so that the next item is seen.
const beginning = /^ *(\d+\. |[-+~!] )?/

/**
 * A text in lines that a terminal need not break: longer ones go on below, as far in as they begin. Words
 * stay whole, as does what is far in: that is code, to be pasted.
 */
export function wrapped(text: string, width: number): string {
  if (width === Infinity) return text
  return text
    .split('\n')
    .map((line) => (widthOf(line) <= width || line.startsWith(' '.repeat(6)) ? line : wrap(line)))
    .join('\n')

  function wrap(line: string): string {
    const [start] = beginning.exec(stripVTControlCharacters(line))!
    const indent = ' '.repeat(start.length + (start.trim() === '' && start !== '' ? 2 : 0))
    let [taken, made] = [0, '']
    // JSON has no blanks to break at.
    for (const piece of line.split(/(?<=[^ ])(?= )|(?<=[^ ],)(?=")/)) {
      const places = widthOf(piece)
      if (taken > 0 && taken + places > width) {
        const word = piece.trimStart()
        made += `\n${indent}${word}`
        taken = indent.length + widthOf(word)
      } else {
        made += piece
        taken += places
      }
    }
    return made
  }
}

/** A value as text that a terminal shows and does not obey; NULL is nothing. */
export function printable(value: unknown): string {
  if (value === null || value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  // Control characters would move the terminal's cursor.
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f\u007f-\u009f]/g, escaped)
}

function escaped(character: string): string {
  const short = JSON.stringify(character).slice(1, -1)
  if (short !== character) return short
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

function isNumberLike(value: unknown): boolean {
  if (typeof value === 'string') return /^-?\d[\d,]*(\.\d+)?$/.test(value)
  return value === null || typeof value === 'number'
}

function widestOf(cells: string[][], column: number): number {
  return cells.reduce((widest, row) => Math.max(widest, widthOf(row[column]!)), 0)
}

const required = createRequire(__filename) as (name: string) => { default: typeof widthOf }
let measure: typeof widthOf | undefined

/** The places of a terminal that a text takes; its colors take none. */
function widthOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  measure ??= required('string-width').default // few texts need it, and it takes its time
  return measure(text)
}

function pad(text: string, width: number, right: boolean): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)))
  return right ? blanks + text : text + blanks
}
