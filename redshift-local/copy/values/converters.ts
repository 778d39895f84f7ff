import { SqlError } from '../../errors'
import type { TableColumn } from '../column'
import type { CopyOptions } from '../statement'
import { booleans, decimals, floats, integers } from './numbers'
import { chars, varchars } from './strings'
import { dates, timesOfDay, timestamps } from './times'

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
export function converterFor(column: TableColumn, options: CopyOptions): Converter {
  const converter = converters[column.type]
  if (converter) return converter(column, options)
  throw new SqlError(
    '0A000',
    `COPY into column "${column.name}" of type ${column.type} is not supported by the local Redshift`,
  )
}

/** Turns the values of one column into PostgreSQL's COPY text format. */
export interface Converter {
  /** As stl_load_errors prints it: int4, varchar … */
  type: string
  /** As stl_load_errors prints it: 256, "18, 0", 0 … */
  length: string
  /**
   * What the text of a value becomes: null for NULL.
   * @throws FieldFault
   */
  text(value: string): string | null
  /**
   * A short way for JSON numbers; undefined where the number is to be taken as it is written.
   * @throws FieldFault
   */
  number?(value: number): string | undefined
}

export type ConverterFor = (column: TableColumn, options: CopyOptions) => Converter

/** Blank fields of other types than CHAR and VARCHAR are always NULL (facts A4). */
export function isBlank(value: string): boolean {
  return /^\s*$/.test(value)
}
