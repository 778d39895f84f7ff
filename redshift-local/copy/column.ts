import { SqlError } from '../errors'
import type { CopyOptions } from './options'
import type { CopyStatement } from './statement'

/** A column of the table that a COPY fills. */
export interface TableColumn {
  name: string
  /** The base name as PostgreSQL's format_type gives it: 'character varying', 'bigint' … */
  type: string
  /** In bytes; CHAR and VARCHAR only. */
  length?: number
  precision?: number
  scale?: number
  notNull: boolean
  identity?: 'always' | 'by default'
  hasDefault: boolean
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
   * @param literal how it is written, for numbers that JavaScript does not hold exactly
   * @throws FieldFault
   */
  number?(value: number, literal: () => string): string | undefined
}

export type ConverterFor = (column: TableColumn, options: CopyOptions) => Converter

/** Of white space in ASCII only: such fields of other types than CHAR and VARCHAR are always NULL (facts A4). */
export function isBlank(value: string): boolean {
  return /^[ \t\n\v\f\r]*$/.test(value)
}

/** err_code of stl_load_errors (facts A7). */
export const errorCodes = {
  extraColumns: 1202,
  missingColumns: 1203,
  outOfRange: 1204,
  date: 1205,
  timestamp: 1206,
  digit: 1207,
  float: 1208,
  boolean: 1210,
  notNull: 1213,
  noDelimiter: 1214,
  invalidLine: 1216,
  longNull: 1218,
  utf8: 1220,
  overflow: 1222,
} as const

/** A value that its column cannot take: the row is bad, and COPY goes on if MAXERROR allows. */
export class FieldFault extends Error {
  override name = 'FieldFault'
  constructor(
    readonly code: number,
    reason: string,
  ) {
    super(reason)
  }
}

/**
 * The engine columns that the COPY fills, in the order of its rows (facts A2, A3).
 * @throws SqlError where the column list does not fit the table
 */
export function targetColumns(statement: CopyStatement, table: TableColumn[]): TableColumn[] {
  if (!statement.columns) return table.filter((column) => !column.identity || statement.explicitIds)
  const listed = statement.columns.map((name, index, names) => {
    if (names.indexOf(name) < index)
      throw new SqlError('42701', `column "${name}" specified more than once`)
    return columnNamed(name, statement, table)
  })
  checkIdentities(listed, statement, table)
  return listed
}

function columnNamed(name: string, statement: CopyStatement, table: TableColumn[]): TableColumn {
  const column = table.find((column) => column.name === name)
  if (column) return column
  throw new SqlError('42703', `column "${name}" of relation "${statement.table}" does not exist`)
}

function checkIdentities(listed: TableColumn[], statement: CopyStatement, table: TableColumn[]) {
  const generated = table.filter((column) => column.identity === 'always')
  const given = generated.filter((column) => listed.includes(column))
  if (!statement.explicitIds && given.length > 0)
    throw new SqlError('XX000', 'cannot set an identity column to a value', {
      hint: 'Leave it out of the column list, or add EXPLICIT_IDS.',
    })
  if (statement.explicitIds && given.length < generated.length)
    throw new SqlError('XX000', 'EXPLICIT_IDS needs the identity column in the column list')
}
