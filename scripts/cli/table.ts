import stringWidth from 'string-width'

/** Rows as a table for a terminal: columns aligned, numbers to the right, NULL left empty. */
export function formatTable(columns: string[], rows: Record<string, unknown>[]): string {
  const cells = rows.map((row) => columns.map((column) => textOf(row[column])))
  const widths = columns.map((name, i) =>
    Math.max(...[name, ...cells.map((row) => row[i]!)].map((text) => stringWidth(text))),
  )
  const isNumeric = columns.map(
    (name) => rows.length > 0 && rows.every((row) => isNumberLike(row[name])),
  )
  const line = (texts: string[]) =>
    texts
      .map((text, i) => pad(text, widths[i]!, isNumeric[i]!))
      .join('  ')
      .trimEnd()
  const rule = widths.map((width) => '─'.repeat(width)).join('  ')
  return [line(columns), rule, ...cells.map(line)].join('\n')
}

/** A count as people read it: 8,056. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}

function isNumberLike(value: unknown): boolean {
  if (typeof value === 'string') return /^-?\d[\d,]*(\.\d+)?$/.test(value)
  return value === null || typeof value === 'number'
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'string') return JSON.stringify(value)
  // Control characters would move the terminal's cursor.
  // eslint-disable-next-line no-control-regex
  return value.replace(/[\u0000-\u001f\u007f-\u009f]/g, (c) => JSON.stringify(c).slice(1, -1))
}

function pad(text: string, width: number, right: boolean): string {
  const blanks = ' '.repeat(width - stringWidth(text))
  return right ? blanks + text : text + blanks
}
