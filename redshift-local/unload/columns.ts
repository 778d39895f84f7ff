import { digitsOf } from '../dialect/number-types'
import type { ResultColumn } from '../dialect/parse'
import { SqlError } from '../errors'
import type { UnloadOptions } from './statement'

/** How the values of a type are written. */
export type ValueKind = 'number' | 'text' | 'padded text' | 'other'

const kinds: Record<number, [name: string, kind: ValueKind]> = {
  16: ['boolean', 'other'],
  19: ['name', 'text'],
  20: ['bigint', 'number'],
  21: ['smallint', 'number'],
  23: ['integer', 'number'],
  25: ['character varying', 'text'],
  700: ['real', 'number'],
  701: ['double precision', 'number'],
  705: ['character varying', 'text'],
  1042: ['character', 'padded text'],
  1043: ['character varying', 'text'],
  1082: ['date', 'other'],
  1083: ['time without time zone', 'other'],
  1114: ['timestamp without time zone', 'other'],
  1184: ['timestamp with time zone', 'other'],
  1266: ['time with time zone', 'other'],
  1700: ['numeric', 'number'],
}

export function kindOf({ type }: ResultColumn): ValueKind {
  return kinds[type]?.[1] ?? 'other'
}

/** A column as a manifest tells of it [r_UNLOAD_command_examples]. */
export function schemaOf({ name, type, modifier }: ResultColumn) {
  const base = kinds[type]?.[0] ?? 'character varying'
  // The engine counts four bytes more than a length.
  if (base.startsWith('character'))
    return { name, type: { base, max_length: modifier >= 4 ? modifier - 4 : 65535 } }
  return { name, type: { base, ...(base === 'numeric' && digitsOf(modifier)) } }
}

/** Which columns make the folders, and which the files. */
export interface Layout {
  /** Where they stand in a row. */
  partition: number[]
  written: number[]
}

/** @throws SqlError where the partitions do not fit the query */
export function layoutOf(columns: ResultColumn[], { partition }: UnloadOptions): Layout {
  const all = columns.map((_, index) => index)
  if (!partition) return { partition: [], written: all }
  const places = partition.columns.map((name) => {
    const place = columns.findIndex((column) => column.name === name)
    if (place === -1) throw new SqlError('42703', `column "${name}" does not exist`)
    return place
  })
  const written = partition.include ? all : all.filter((index) => !places.includes(index))
  if (written.length > 0) return { partition: places, written }
  throw new SqlError('0A000', 'PARTITION BY must leave one column at least for the files')
}
