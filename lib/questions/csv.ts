import { type CsvError, parse } from 'csv-parse/sync'
import { UsageError } from '../warehouse/errors'
import type { Value } from './answer'

/** What a CSV file holds: text, whatever it means. */
export interface CsvTable {
  columns: string[]
  rows: (string | null)[][]
}

/** An answer as CSV. */
export function formatCsv({ columns, rows }: { columns: { name: string }[]; rows: Value[][] }) {
  return [columns.map(({ name }) => name), ...rows].map(csvLine).join('')
}

const needsQuotes = /[",\r\n]/

/** A row as a line of CSV: NULL is nothing at all, the empty text is "". */
export function csvLine(values: readonly Value[]): string {
  let line = ''
  for (let i = 0; i < values.length; i++) {
    if (i > 0) line += ','
    const value = values[i]!
    if (typeof value === 'string')
      line += value !== '' && !needsQuotes.test(value) ? value : quoted(value)
    else if (value !== null) line += String(value)
  }
  return `${line}\n`
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

/** Reads what `formatCsv` writes. @throws UsageError that names the file and the line */
export function parseCsv(file: string, text: string): CsvTable {
  try {
    const [columns = [], ...rows] = parse(text, {
      bom: true,
      record_delimiter: ['\r\n', '\n'],
      cast: (value, { quoting }) => (quoting || value !== '' ? value : null),
    }) as (string | null)[][]
    return { columns: columns.map(String), rows }
  } catch (cause) {
    throw new UsageError(`${file}: ${(cause as CsvError).message}`, { cause })
  }
}
