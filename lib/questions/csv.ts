import { type CsvError, parse } from 'csv-parse/sync'
import { stringify } from 'csv-stringify/sync'
import { UsageError } from '../warehouse/errors'
import type { Answer } from './answer'

/** What a CSV file holds: text, whatever it means. */
export interface CsvTable {
  columns: string[]
  rows: (string | null)[][]
}

/** An answer as CSV: NULL is nothing at all, the empty text is "". */
export function formatCsv({ columns, rows }: Answer): string {
  return stringify([columns.map(({ name }) => name), ...rows], {
    cast: { string: quoteEmpty, boolean: String },
    quoted_match: /\r/, // which would be taken for a part of the line's end
  })
}

const quoteEmpty = (value: string) => (value === '' ? { value, quoted_empty: true } : value)

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
