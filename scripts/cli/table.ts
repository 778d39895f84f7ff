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
  if (stringWidth(text) <= width) return text
  let kept = ''
  let taken = 1 // the …
  for (const { segment } of characters.segment(text)) {
    taken += stringWidth(segment)
    if (taken > width) break
    kept += segment
  }
  return `${kept.trimEnd()}…`
}

/** Rows as a table for a terminal: columns aligned, numbers to the right, NULL left empty. */
export function formatTable(
  columns: string[],
  rows: Record<string, unknown>[],
  /** Of the terminal: texts are cut where the table would be wider. */
  width = Infinity,
): string {
  const isNumeric = columns.map(
    (name) => rows.length > 0 && rows.every((row) => isNumberLike(row[name])),
  )
  const cells = [columns, ...rows.map((row) => columns.map((column) => printable(row[column])))]
  const widths = fit(
    columns.map((_, i) => widestOf(cells, i)),
    isNumeric,
    width,
  )
  const line = (texts: string[]) =>
    texts
      .map((text, i) => pad(cut(text, widths[i]!), widths[i]!, isNumeric[i]!))
      .join('  ')
      .trimEnd()
  const [head, ...lines] = cells.map(line)
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  return [head, rule, ...lines].join('\n')
}

/** A count as people read it: 8,056. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US')
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
  return cells.reduce((widest, row) => Math.max(widest, stringWidth(row[column]!)), 0)
}

function pad(text: string, width: number, right: boolean): string {
  const blanks = ' '.repeat(width - stringWidth(text))
  return right ? blanks + text : text + blanks
}
