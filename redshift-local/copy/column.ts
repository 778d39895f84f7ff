import { SqlError } from '../errors'
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

/** err_code of stl_load_errors (facts A7). */
export const errorCodes = {
  outOfRange: 1204,
  date: 1205,
  timestamp: 1206,
  digit: 1207,
  float: 1208,
  boolean: 1210,
  notNull: 1213,
  invalidLine: 1216,
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

/** @param format as TIMEFORMAT has it; 'auto' shows the standard one */
export function timestampFault(format: string): FieldFault {
  const shown = format === 'auto' ? standardTimestamp : format
  return new FieldFault(errorCodes.timestamp, `Invalid timestamp format or value [${shown}]`)
}

/** TIMEFORMAT where none is given (facts A4). */
export const standardTimestamp = 'YYYY-MM-DD HH24:MI:SS'

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
