import { SqlError } from '../../errors'
import type { CopyOptions } from '../options'
import type { TableColumn } from '../table'
import { dates } from '../times/dates'
import { timesOfDay } from '../times/times-of-day'
import { timestamps } from '../times/timestamps'
import { booleans } from './booleans'
import type { Converter, ConverterFor } from './converter'
import { decimals } from './decimals'
import { floats } from './floats'
import { integers } from './integers'
import { chars, varchars } from './strings'

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
