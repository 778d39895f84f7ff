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
