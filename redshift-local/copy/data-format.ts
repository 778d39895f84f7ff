import type { S3Location } from '../../object-store/store'
import type { Cursor } from '../dialect/tokens'
import { SqlError } from '../errors'
import {
  characterAfterAs,
  type Clause,
  flag,
  formatClause,
  nullAfterAs,
  type Option,
  textAfterAs,
} from './clauses'
import { refusedOptions } from './options'
import { copyLocation } from './source'

/** How JSON finds its columns: by name, or by the paths of a JSONPaths file. */
export type JsonOption = 'auto' | 'auto ignorecase' | S3Location

/** What the data files of a COPY are. */
export type DataFormat = { name: 'JSON'; option: JsonOption } | TextFormat

/** Records of fields (facts A9). */
export interface TextFormat {
  name: 'Text' | 'CSV' | 'FixedWidth'
  /** Between the fields; none in FIXEDWIDTH. */
  delimiter: string
  /** Around fields of CSV. */
  quote: string
  /** Of the fields of FIXEDWIDTH, in characters. */
  widths: number[]
  /** A backslash takes its meaning from the next character. */
  escape: boolean
  removeQuotes: boolean
  /** Fields that are missing at the end are NULL, or empty. */
  fillRecord: boolean
  ignoreBlankLines: boolean
  /** Stands for NULL. */
  nullString: string
}

/** What a COPY says of its format. */
export interface FormatClauses extends Omit<TextFormat, 'name'> {
  json: JsonOption
  csv: true
}

const delimiter: Clause<FormatClauses> = {
  keyword: 'delimiter',
  read: (cursor) => ({ delimiter: characterAfterAs(cursor, 'COPY delimiter') }),
}
const named: Clause<FormatClauses>[] = [
  { keyword: 'json', sameAs: 'format', read: readJson },
  { keyword: 'csv', sameAs: 'format', read: () => ({ csv: true }) },
  { keyword: 'fixedwidth', sameAs: 'format', read: readWidths },
]

/** The formats that a COPY may name. */
export const formatClauses: Clause<FormatClauses>[] = [
  ...named,
  delimiter,
  formatClause({ command: 'COPY', clauses: [...named, delimiter], refused: refusedOptions }),
]

/** The options of records of fields; JSON takes none of them. */
export const textOptions: Option<FormatClauses>[] = [
  flag('escape', { escape: true }),
  flag('removequotes', { removeQuotes: true }),
  flag('fillrecord', { fillRecord: true }),
  flag('ignoreblanklines', { ignoreBlankLines: true }),
  {
    keyword: 'null',
    example: String.raw`null as '\\N'`,
    read: (cursor) => ({ nullString: nullAfterAs(cursor) }),
  },
]

/** The quotation mark of CSV. */
export const quoteClause: Clause<FormatClauses> = {
  keyword: 'quote',
  read: (cursor) => ({ quote: characterAfterAs(cursor, 'COPY quote') }),
}

function readJson(cursor: Cursor): Partial<FormatClauses> {
  cursor.take('as')
  if (!cursor.isAtString) return { json: 'auto' }
  const text = cursor.string()
  if (text === 'auto' || text === 'auto ignorecase') return { json: text }
  if (text === 'noshred')
    throw new SqlError('0A000', "JSON 'noshred' is not supported by the local Redshift")
  return { json: copyLocation(text) }
}

function readWidths(cursor: Cursor): Partial<FormatClauses> {
  return { widths: widthsOf(textAfterAs(cursor)) }
}

/** The widths in `label:width, …`. @throws SqlError 22023 for another text */
export function widthsOf(spec: string): number[] {
  return spec.split(',').map((pair) => {
    const width = Number(/^\s*[^:]*:\s*(\d{1,5})\s*$/.exec(pair)?.[1])
    if (width > 0) return width
    throw new SqlError('22023', `Invalid FIXEDWIDTH '${spec}': label:width, … is expected`)
  })
}

/** What cannot stand beside a format (facts A1): what a COPY said, and its keyword. */
const conflicts: Record<'JSON' | 'CSV' | 'FIXEDWIDTH', [keyof FormatClauses, string][]> = {
  JSON: [
    ['delimiter', 'DELIMITER'],
    ['quote', 'QUOTE'],
    ['escape', 'ESCAPE'],
    ['fillRecord', 'FILLRECORD'],
    ['ignoreBlankLines', 'IGNOREBLANKLINES'],
    ['nullString', 'NULL'],
    ['removeQuotes', 'REMOVEQUOTES'],
  ],
  CSV: [
    ['escape', 'ESCAPE'],
    ['removeQuotes', 'REMOVEQUOTES'],
  ],
  FIXEDWIDTH: [
    ['delimiter', 'DELIMITER'],
    ['escape', 'ESCAPE'],
    ['quote', 'QUOTE'],
  ],
}

/** @throws SqlError 0A000 for what does not go together, by name */
export function dataFormat(said: Partial<FormatClauses>): DataFormat {
  const kind = said.json ? 'JSON' : said.csv ? 'CSV' : said.widths ? 'FIXEDWIDTH' : undefined
  for (const [key, keyword] of kind ? conflicts[kind] : [])
    if (said[key] !== undefined)
      throw new SqlError('0A000', `COPY option ${keyword} cannot be used with FORMAT ${kind}`)
  if (said.json) return { name: 'JSON', option: said.json }
  if (said.quote !== undefined && !said.csv)
    throw new SqlError('0A000', 'COPY option QUOTE is only for FORMAT CSV')
  return {
    name: said.csv ? 'CSV' : said.widths ? 'FixedWidth' : 'Text',
    delimiter: said.delimiter ?? (said.csv ? ',' : '|'),
    quote: said.quote ?? '"',
    widths: said.widths ?? [],
    escape: said.escape ?? false,
    removeQuotes: said.removeQuotes ?? false,
    fillRecord: said.fillRecord ?? false,
    ignoreBlankLines: said.ignoreBlankLines ?? false,
    nullString: said.nullString ?? '\\N',
  }
}
