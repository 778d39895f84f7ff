import { SqlError } from '../../errors'
import type { Converter, ConverterFor, TableColumn } from '../column'
import type { CopyOptions } from '../options'
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
  'time without time zone': () => timesOfDay(false),
  'time with time zone': () => timesOfDay(true),
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
