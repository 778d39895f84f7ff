import { errorCodes } from '../column'
import type { TextFormat } from '../data-format'
import type { FileLoad, FileReader } from '../file-load'
import { rowError } from '../load-error'
import { Utf8Decoder } from '../utf8'
import { mostCharacters, type RecordParser, recordParser, type TextRecord } from './records'
import type { FieldsEncoder } from './rows'

/** Reads a data file of delimited text, CSV or fields of fixed width (facts A9). */
export class TextReader implements FileReader {
  lines = 0
  readonly #parse: RecordParser
  readonly #decoder = new Utf8Decoder()
  /** What is left of the text: the beginning of a record. */
  #text = ''
  /** The rest of a line is of a record that is too long. */
  #isSkipping = false

  constructor(
    private readonly format: TextFormat,
    private readonly encoder: FieldsEncoder,
    private readonly load: FileLoad,
    private skipLines: number,
  ) {
    this.#parse = recordParser(format)
  }

  push(bytes: Buffer): void {
    this.#read(this.#decoder.decode(bytes), false)
  }

  end(): void {
    this.#read(this.#decoder.end(), true)
  }

  #read(more: string, isWhole: boolean): void {
    const text = this.#text + more
    let at = this.#skip(text)
    while (at < text.length && !this.load.done) {
      const record = this.#parse(text, at, isWhole)
      if (!record) break
      this.#take(record, text, at)
      at = record.next
    }
    this.#text = text.slice(at)
    if (this.#text.length > mostCharacters && !this.load.done) this.#dropTooLong()
  }

  // @returns where the first record begins
  #skip(text: string): number {
    let at = 0
    while (at < text.length && (this.skipLines > 0 || this.#isSkipping)) {
      const end = text.indexOf('\n', at)
      if (end === -1) return text.length
      if (!this.#isSkipping) this.skipLines--
      this.#isSkipping = false
      this.lines++
      at = end + 1
    }
    return at
  }

  #take({ fields, fault, end, next }: TextRecord, text: string, at: number): void {
    this.#countLines(text, at, next)
    if (fault) return this.load.reject(rowError(fault), text.slice(at, end), this.lines)
    if (end === at && this.format.ignoreBlankLines) return
    const row = this.encoder.encode(fields)
    if (typeof row === 'string') this.load.row(row)
    else this.load.reject(row, text.slice(at, end), this.lines)
  }

  // Most records are one line.
  #countLines(text: string, from: number, to: number): void {
    let at = from
    while (at < to) {
      const end = text.indexOf('\n', at)
      this.lines++
      if (end === -1 || end >= to) return
      at = end + 1
    }
  }

  #dropTooLong(): void {
    const error = rowError({ code: errorCodes.outOfRange, message: 'Row is longer than 4 MB' })
    this.load.reject(error, this.#text, this.lines + 1)
    this.#countLines(this.#text, 0, this.#text.lastIndexOf('\n') + 1)
    this.#isSkipping = true
    this.#text = ''
  }
}
