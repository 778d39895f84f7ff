import { SqlError } from '../errors'
import { type Converter, FieldFault, type TableColumn } from './column'
import type { Json } from './json/documents'
import { type Getter, getter, type Path, rawValueAt } from './json/paths'
import { type FilledColumn, nullOf, type RowError, rowError } from './load-error'
import type { CopyOptions } from './options'
import { converterFor } from './values/converters'

/** Where a column's value is in a document, and what becomes of it. */
export interface RowField extends FilledColumn {
  path: Path
  get: Getter
}

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
        if (!(fault instanceof FieldFault)) throw fault
        return rowError(fault, field, rawFieldValue(field, document, source))
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
  return nullOf(field.column)
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
