import { SqlError } from '../errors'
import {
  type Converter,
  type ConverterFor,
  errorCodes,
  FieldFault,
  type TableColumn,
} from './column'
import type { Json } from './json/documents'
import { type Getter, getter, type Path, rawValueAt } from './json/paths'
import type { CopyOptions } from './statement'
import { booleans, decimals, floats, integers } from './values/numbers'
import { chars, varchars } from './values/strings'
import { dates, timesOfDay, timestamps } from './values/times'

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
    const text = convert(field.converter, value, () => rawValueAt(field.path, source))
    if (text !== null) return text
  }
  if (!field.column.notNull) return '\\N'
  throw new FieldFault(errorCodes.notNull, 'Missing data for not-null field')
}

/**
 * What a column makes of a value other than null: null for NULL.
 * @param literal how the value is written
 * @throws FieldFault
 */
export function convert(converter: Converter, value: Json, literal: () => string): string | null {
  if (typeof value === 'string') return converter.text(value)
  const short = typeof value === 'number' ? converter.number?.(value, literal) : undefined
  return short ?? converter.text(literal())
}

function rowError(field: RowField, fault: FieldFault, document: Json, source: string): RowError {
  return {
    colname: field.column.name,
    type: field.converter.type,
    colLength: field.converter.length,
    rawFieldValue: plainText(rawFieldValue(field, document, source), 1024),
    errCode: fault.code,
    errReason: fault.message.slice(0, 100),
  }
}

function rawFieldValue(field: RowField, document: Json, source: string): string {
  try {
    const value = field.get(document)
    if (value === undefined || value === null) return ''
    return typeof value === 'string' ? value : rawValueAt(field.path, source)
  } catch {
    return ''
  }
}

/** Columns by their names: 'auto', or 'auto ignorecase' (facts A2). */
export function fieldsByName(
  columns: TableColumn[],
  options: CopyOptions,
  ignoreCase: boolean,
): RowField[] {
  return columns.map((column) => {
    const path = [column.name]
    const get = ignoreCase ? ignoringCase(path) : getter(path)
    return { column, path, get, converter: converterFor(column, options) }
  })
}

/**
 * Columns by the paths of a JSONPaths file, first to first (facts A3).
 * @throws SqlError where there are more of the one than of the other
 */
export function fieldsByPath(
  columns: TableColumn[],
  options: CopyOptions,
  paths: Path[],
): RowField[] {
  if (paths.length !== columns.length)
    throw new SqlError(
      'XX000',
      'Number of jsonpaths and the number of columns should match. ' +
        `JSONPath size: ${paths.length}, Number of columns in table or column list: ${columns.length}`,
    )
  return columns.map((column, index) => {
    const path = paths[index]!
    return { column, path, get: getter(path), converter: converterFor(column, options) }
  })
}

// Of several, the name as the column has it, else the first. The path is that of the last document.
function ignoringCase(path: [string] | Path): Getter {
  const name = String(path[0])
  const folded = name.toLowerCase()
  return (document: Json) => {
    path[0] = name
    if (!hasMember(document, name)) {
      const found = Object.keys(Object(document) as object).find(
        (key) => key.toLowerCase() === folded,
      )
      path[0] = found ?? name
    }
    return getter(path)(document)
  }
}

function hasMember(document: Json, name: string): boolean {
  return document !== null && typeof document === 'object' && Object.hasOwn(document, name)
}

const converters: Record<string, ConverterFor> = {
  smallint: () => integers('smallint'),
  integer: () => integers('integer'),
  bigint: () => integers('bigint'),
  numeric: decimals,
  real: () => floats('real'),
  'double precision': () => floats('double precision'),
  boolean: () => booleans,
  character: chars,
  'character varying': varchars,
  date: (_column, options) => dates(options),
  'timestamp without time zone': (_column, options) => timestamps(options, false),
  'timestamp with time zone': (_column, options) => timestamps(options, true),
  'time without time zone': () => timesOfDay,
}

/** @throws SqlError 0A000 for a type that COPY cannot fill here, by its name */
function converterFor(column: TableColumn, options: CopyOptions): Converter {
  const converter = converters[column.type]
  if (converter) return converter(column, options)
  throw new SqlError(
    '0A000',
    `COPY into column "${column.name}" of type ${column.type} is not supported by the local Redshift`,
  )
}

/** One row of stl_load_errors, as far as COPY knows it. */
export interface LoadError {
  filename: string
  /** The last line of the object, from 1 on. */
  lineNumber: number
  /** '' where the whole object is wrong. */
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

/** The beginning of a text, at most so many bytes of UTF-8, with ? for what is no character. */
export function plainText(text: string, bytes: number): string {
  const start = text.slice(0, bytes).replace(/\0|\p{Surrogate}/gu, '?')
  const encoded = Buffer.from(start)
  if (encoded.length <= bytes) return start
  let end = bytes
  while ((encoded[end]! & 0xc0) === 0x80) end--
  return encoded.toString('utf8', 0, end)
}
