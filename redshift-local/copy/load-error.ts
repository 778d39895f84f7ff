import { type Converter, errorCodes, FieldFault, type TableColumn } from './column'
import { cutBytes } from './utf8'

/** One row of stl_load_errors, as far as COPY knows it. */
export interface LoadError {
  filename: string
  /** The last line of the row, from 1 on. */
  lineNumber: number
  /** '' where the whole row is wrong. */
  colname: string
  type: string
  colLength: string
  /** Of the wrong character in the line, from 0 on; 0 for a wrong value. */
  position: number
  rawLine: string
  rawFieldValue: string
  errCode: number
  errReason: string
}

/** What is wrong with a row. */
export type RowError = Omit<LoadError, 'filename' | 'lineNumber' | 'position' | 'rawLine'>

/** A column that is filled, and what turns values into its own. */
export interface FilledColumn {
  column: TableColumn
  converter: Converter
}

/** The code of a fault, and the words for it. */
export type Fault = Pick<FieldFault, 'code' | 'message'>

/** The error of a row: in the `value` of the column `filled`, or else of the whole row. */
export function rowError({ code, message }: Fault, filled?: FilledColumn, value = ''): RowError {
  return {
    colname: filled?.column.name ?? '',
    type: filled?.converter.type ?? '',
    colLength: filled?.converter.length ?? '',
    rawFieldValue: plainText(value, 1024),
    errCode: code,
    errReason: message.slice(0, 100),
  }
}

/** NULL in PostgreSQL's COPY text format. @throws FieldFault where the column takes none */
export function nullOf({ notNull }: TableColumn): string {
  if (!notNull) return '\\N'
  throw new FieldFault(errorCodes.notNull, 'Missing data for not-null field')
}

/** The beginning of a text, at most so many bytes of UTF-8, with ? for what is no character. */
export function plainText(text: string, bytes: number): string {
  return cutBytes(text.slice(0, bytes).replace(/\0|\p{Surrogate}/gu, '?'), bytes)
}
