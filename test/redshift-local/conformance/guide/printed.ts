/** A result as the guide prints it. */
export interface PrintedTable {
  columns: string[]
  rows: string[][]
  /** The guide goes on with `…`, or says that there are more rows than it shows. */
  cut: boolean
}

/** The table below a statement, in psql's form; undefined where something else stands there. */
export function printedTable(text: string): PrintedTable | undefined {
  const lines = text.split('\n').map((line) => line.replaceAll('\t', ' ').trimEnd())
  const rule = lines.findIndex((line) => /^\s*[-+|\s]*--[-+|\s]*$/.test(line))
  if (rule < 1) return undefined
  const count = lines[rule]!.split('+').length
  const columns = cells(lines[rule - 1]!, count)
  const rows: string[][] = []
  let cut = false
  for (const line of lines.slice(rule + 1)) {
    const total = /^\s*\((\d+) (rows?|record)/i.exec(line)
    if (total) {
      cut ||= Number(total[1]) > rows.length
      break
    }
    if (/^[\s|]*(\.\.\.|…)/.test(line)) {
      cut = true
      break
    }
    if (line.trim() === '' && columns.length > 1) break
    if (line.trim() === '' && rows.length > 0) break
    rows.push(cells(line, columns.length))
  }
  return { columns, rows, cut }
}

/** The error that the guide prints. */
export function printedError(text: string): string | undefined {
  return /^\s*(?:\[[^\]]*\]\s*)?(?:\(\d+\)\s*)?(?:error:?\s+|Invalid operation:\s*)(.*)/im
    .exec(text)?.[1]
    ?.trim()
}

/** Some tables are printed without lines between their columns, and some with lines around them. */
function cells(line: string, count: number): string[] {
  if (count === 1) return [line.replace(/^\s*\|(.*)\|\s*$/, '$1').trim()]
  const parts = (line.includes('|') ? line.split('|') : line.trim().split(/\s{2,}/)).map((cell) =>
    cell.trim(),
  )
  if (parts.length > count && parts[0] === '') parts.shift()
  if (parts.length > count && parts.at(-1) === '') parts.pop()
  return parts
}

/**
 * What differs between a result and the table that the guide prints; undefined where nothing does. Their
 * order is not compared: it seldom is determined by the statement whole.
 */
export function difference(
  { columns, rows, cut }: PrintedTable,
  answer: { rows: (string | null)[][] },
): string | undefined {
  // Without lines nobody can tell where NULLs stand.
  const isUncut = columns.length === 1 && (answer.rows[0]?.length ?? 1) > 1
  const isSpaced = isUncut || rows.every((row) => row.length < columns.length)
  const inOne = (row: string[]) =>
    isSpaced ? row.join(' ').replace(/\s+/g, ' ').trim() : row.join(' | ')
  const filled = rows.map((row) => columns.map((_, i) => plain(row[i] ?? '')))
  const wanted = filled.map(inOne)
  const given = answer.rows.map((row) => inOne(row.map((value) => plain(value ?? ''))))
  const missing = wanted.filter((row) => !given.includes(row))
  if (missing.length === 0 && (cut || wanted.length === given.length)) return undefined
  return `rows: ${given.join('; ')}`
}

/** Whether the columns are called as printed. */
export function sameColumns(table: PrintedTable, columns: string[]): boolean {
  const shown = columns.map((name) => name.toLowerCase().trim())
  return table.columns.map((name) => name.toLowerCase()).join() === shown.join()
}

/** A value without what clients print each in their own way. */
function plain(text: string): string {
  const value = text
    .trim()
    .replace(/^'(.*)'$/, '$1')
    .replace(/\s+/g, ' ')
  if (/^(true|false)$/i.test(value)) return value[0]!.toLowerCase()
  if (/^(\[?null\]?|none)$/i.test(value)) return ''
  return value.replace(/(:\d\d(?:\.\d*[1-9])?)\.?0+(?=$|[-+ ])/, '$1')
}
