import type { DeclaredColumn, LoggedError } from './error-log'
import type { Advice } from './finding'
import type { FileRecord } from './records'

/** The errors of one column and code, and what is known of them: what a remedy is chosen by. */
export interface Fault {
  table: string
  code: number
  reason: string
  /** '' where the whole record is wrong. */
  column: string
  /** As the log has it: int4, varchar. */
  type: string
  length: string
  declared?: DeclaredColumn
  /** The values that were refused, as far as they are known. */
  values: string[]
  /** Of the longest value. */
  bytes: number
  /** The first of the errors. */
  first: Pick<LoggedError, 'url' | 'line' | 'position'> & { rawLine: string; value: string }
  /** The record that the first error is of, where it could be read. */
  record?: FileRecord
  /** The first four bytes of the file, in hex; '' where it could not be read. */
  head: string
  /** The JSON key that the column is filled from. */
  key: string
  /** The keys that every record needs a value for. */
  required: string[]
  /** What COPY is told of the JSON: 'auto', or a JSONPaths file's URL. */
  json: string
}

/** What to do about faults of one kind. */
export interface Remedy {
  name: string
  /** The codes of stl_load_errors that it is for; any where there are none. */
  codes?: number[]
  /** The types of columns that it is for, likewise. */
  types?: string[]
  /** What must hold as well. */
  when?: (fault: Fault) => boolean
  /** The type that would take the values. */
  needed?: (fault: Fault) => string
  advice: (fault: Fault) => Advice
  /** A fault that it is for; the tests loop over them. */
  example: Partial<Fault>
}
