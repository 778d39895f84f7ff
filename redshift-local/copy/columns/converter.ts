import type { CopyOptions } from '../options'
import type { TableColumn } from '../table'

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
