import type { Converter } from './columns/converter'
import { errorCodes, FieldFault, type LoadError } from './faults'
import type { Json } from './json/documents'
import type { Getter, Path } from './json/paths'
import { sourceAt } from './json/source'
import { plainText } from './plain-text'
import type { TableColumn } from './table'

/** Where a column's value is in a document, and what becomes of it. */
export interface RowField {
  column: TableColumn
  path: Path
  get: Getter
  converter: Converter
}

/** What is wrong with a row, for stl_load_errors. */
export type RowError = Pick<
  LoadError,
  'colname' | 'type' | 'colLength' | 'rawFieldValue' | 'errCode' | 'errReason'
>

/** Documents to rows in PostgreSQL's COPY text format, one `encode` a document. */
export class RowEncoder {
  constructor(readonly fields: RowField[]) {}

  /** The row with its line end, or what is wrong with it. */
  encode(document: Json, source: string): string | RowError {
    let row = ''
    for (let index = 0; index < this.fields.length; index++) {
      const field = this.fields[index]!
      try {
        const text = encodeField(field, document, source)
        row += index === 0 ? text : '\t' + text
      } catch (fault) {
        if (fault instanceof FieldFault) return rowError(field, fault, document, source)
        throw fault
      }
    }
    return row + '\n'
  }
}

function encodeField(field: RowField, document: Json, source: string): string {
  const value = field.get(document)
  if (value !== undefined && value !== null) {
    const text = convert(field, value, source)
    if (text !== null) return text
  }
  if (!field.column.notNull) return '\\N'
  throw new FieldFault(errorCodes.notNull, 'Missing data for not-null field')
}

function convert({ converter, path }: RowField, value: Json, source: string): string | null {
  if (typeof value === 'string') return converter.text(value)
  const short = typeof value === 'number' ? converter.number?.(value) : undefined
  return short ?? converter.text(sourceAt(path, source))
}

function rowError(field: RowField, fault: FieldFault, document: Json, source: string): RowError {
  return {
    colname: field.column.name,
    type: field.converter.type,
    colLength: field.converter.length,
    rawFieldValue: plainText(rawValue(field, document, source), 1024),
    errCode: fault.code,
    errReason: fault.message.slice(0, 100),
  }
}

function rawValue(field: RowField, document: Json, source: string): string {
  try {
    const value = field.get(document)
    if (value === undefined || value === null) return ''
    return typeof value === 'string' ? value : sourceAt(field.path, source)
  } catch {
    return ''
  }
}
