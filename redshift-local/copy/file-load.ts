import { errorCodes, type LoadError } from './faults'
import type { DocumentHandler, Json } from './json/documents'
import { plainText } from './plain-text'
import type { RowBatches } from './row-batches'
import type { RowEncoder, RowError } from './row-encoder'

/** So many bad rows are logged at most. */
const mostLogged = 100

/** What became of the rows of all files so far. */
export interface Tally {
  rows: number
  /** Bad rows, logged or not. */
  rejected: number
  errors: LoadError[]
}

/** Turns the documents of one file into rows, and bad ones into load errors. */
export class FileLoad implements DocumentHandler {
  constructor(
    readonly filename: string,
    readonly encoder: RowEncoder,
    readonly batches: RowBatches,
    readonly tally: Tally,
    readonly maxError: number,
  ) {}

  get done(): boolean {
    return this.tally.rejected > this.maxError
  }

  document(value: Json, source: string, line: number): void {
    const row = this.encoder.encode(value, source)
    if (typeof row !== 'string') return this.#reject(row, source, line, 0)
    this.batches.add(row)
    this.tally.rows++
  }

  fault(reason: string, source: string, line: number, position: number): void {
    const whole = { colname: '', type: '', colLength: '', rawFieldValue: '' }
    const error = { ...whole, errCode: errorCodes.invalidLine, errReason: reason }
    this.#reject(error, source, line, position)
  }

  #reject(error: RowError, source: string, lineNumber: number, position: number) {
    this.tally.rejected++
    if (this.tally.errors.length >= mostLogged) return
    const rawLine = plainText(source, 1024)
    this.tally.errors.push({ ...error, filename: this.filename, lineNumber, position, rawLine })
  }
}
