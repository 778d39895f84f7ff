import { type LoadError, plainText, type RowError } from './load-error'
import type { RowBuffers } from './row-buffers'

/** So many bad rows are logged at most. */
const mostLogged = 100

/** What became of the rows of all files so far. */
export interface Tally {
  rows: number
  /** Bad rows, logged or not. */
  rejected: number
  errors: LoadError[]
}

/** Reads one file of a format, from its bytes to rows in a FileLoad. */
export interface FileReader {
  /** Lines read so far. */
  readonly lines: number
  push(bytes: Buffer): void
  /** Call once, after the last bytes. */
  end(): void
}

/** Takes the rows of one file, and the errors of bad ones. */
export class FileLoad {
  constructor(
    readonly filename: string,
    readonly rows: RowBuffers,
    private readonly tally: Tally,
    private readonly maxError: number,
  ) {}

  /** Nothing more is to be read. */
  get done(): boolean {
    return this.tally.rejected >= this.maxError
  }

  row(row: string): void {
    this.rows.add(row)
    this.tally.rows++
  }

  /** So many rows went straight into the buffers. */
  took(rows: number): void {
    this.tally.rows += rows
  }

  /** @param source what the row was made of, @param position of the error in it */
  reject(error: RowError, source: string, lineNumber: number, position = 0): void {
    this.tally.rejected++
    if (this.tally.errors.length >= mostLogged) return
    const rawLine = plainText(source, 1024)
    this.tally.errors.push({ ...error, filename: this.filename, lineNumber, position, rawLine })
  }
}
