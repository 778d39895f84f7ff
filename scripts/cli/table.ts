import stringWidth from 'string-width'

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

/** A text that takes as many places of a terminal at most; where it is cut, it ends in …. */
function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let kept = ''
  let taken = 1 // the …
  for (const { segment } of characters.segment(text)) {
    taken += stringWidth(segment)
    if (taken > width) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

/** How the lines of a table are written. */
export interface Layout {
  /** The names of the columns, and the line below them. */
  head: string
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
  return { head: '', line, width }
}

/**
 * Lays out a table for a terminal: columns as wide as what is in them, numbers to the right.
 * @param width of the terminal: texts are cut where the table would be wider
 */
export function layOut(
  names: string[],
  rows: string[][],
  isNumeric: boolean[],
  width: number,
): Layout {
  const all = [names, ...rows]
  const wanted = names.map((_, i) => widestOf(all, i))
  const widths = fit(wanted, isNumeric, width)
  const line = (cells: string[]) =>
    cells
      .map((text, i) => {
        const shown = width === Infinity ? text : cut(text, widths[i]!)
        return pad(shown, widths[i]!, isNumeric[i]!)
      })
      .join('  ')
      .trimEnd()
  const rule = widths.map((each) => '─'.repeat(each)).join('  ')
  return { head: `${line(names)}\n${rule}`, line, width: widthOf(rule) }
}

/** Rows as a table for a terminal: columns aligned, numbers to the right, NULL left empty. */
export function formatTable(
  columns: string[],
  rows: Record<string, unknown>[],
  width = Infinity,
): string {
  const isNumeric = columns.map(
    (name) => rows.length > 0 && rows.every((row) => isNumberLike(row[name])),
  )
  const cells = rows.map((row) => columns.map((column) => printable(row[column])))
  const { head, line } = layOut(columns, cells, isNumeric, width)
  return [head, ...cells.map(line)].join('\n')
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

/** The places of a terminal that a text takes. */
function widthOf(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : stringWidth(text)
}

function pad(text: string, width: number, right: boolean): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)))
  return right ? blanks + text : text + blanks
}
