import { isUtf8 } from 'node:buffer'
import { roomBehind, type RowBuffers } from '../row-buffers'
import type { Path } from '../json/paths'
import type { RowField } from '../rows'
import type { CopyOptions } from '../options'
import { carriageReturn, LineBytes, lineFeed, quote, slack, space, tab, unusual } from './bytes'
import { Keys } from './keys'
import { mostLonger, ValueEncoder } from './values'

const comma = 0x2c
const openBrace = 0x7b
const closeBrace = 0x7d

/** No more bytes are taken at once, and no longer line. */
export const mostBytesAtOnce = 64 * 1024

/** A row may be longer than its line by so much for each column, which may be a NULL or a number. */
const mostLongerByColumn = mostLonger + '\\N\t'.length

/**
 * Turns plain lines into rows, from bytes to bytes: an object without nesting on a line of its own,
 * its values as most programs write them. It knows no errors: a line that it does not surely understand
 * is the DocumentReader's, whose answer is the truth.
 */
export class LineEncoder {
  /** Of the bytes that were taken last. */
  rows = 0
  /** Of the bytes that were taken last: with the blank ones, which are no rows. */
  lines = 0
  /** Holds a line that came in pieces. */
  readonly pieces = Buffer.allocUnsafeSlow(mostBytesAtOnce)
  readonly #bytes = new LineBytes()
  /** Lines that have no slack behind them. */
  readonly #apart = Buffer.allocUnsafeSlow(mostBytesAtOnce + slack)
  /** Undefined where no line is plain. */
  readonly #keys: Keys | undefined
  readonly #values: ValueEncoder
  readonly #columns: number
  /** Where the values of the row at hand are, by columns. */
  readonly #starts: Int32Array
  readonly #ends: Int32Array
  /** The number of the line that had the column last. */
  readonly #lineOf: Float64Array
  #line = 0
  #arranged = Buffer.alloc(0)

  constructor(fields: RowField[], options: CopyOptions, ignoreCase: boolean) {
    const names = plainNames(fields, ignoreCase)
    this.#keys = names && new Keys(names, ignoreCase)
    this.#values = new ValueEncoder(fields, options, this.#bytes)
    this.#columns = fields.length
    this.#starts = new Int32Array(fields.length + 1)
    this.#ends = new Int32Array(fields.length + 1)
    this.#lineOf = new Float64Array(fields.length + 1)
  }

  /**
   * Takes whole lines, as long as they are plain.
   * @returns where the first line begins that is not; `to` where all are
   */
  take(bytes: Buffer, from: number, to: number, rows: RowBuffers): number {
    this.rows = this.lines = 0
    if (!this.#keys) return from
    if (bytes.byteOffset + to + slack > bytes.buffer.byteLength) {
      bytes.copy(this.#apart, 0, from, to)
      return from + this.take(this.#apart, 0, to - from, rows)
    }
    this.#bytes.read(bytes)
    this.#values.expect(isUtf8(bytes.subarray(from, to)))
    let at = from
    while (at < to) {
      this.#bytes.write(rows.bytes)
      const end = this.#take(this.#keys, bytes, at, rows.end)
      if (end === unusual) break
      if (end > rows.end) this.rows++
      this.lines++
      at = this.#bytes.at
      rows.end = end
      rows.turn()
    }
    return at
  }

  #take(keys: Keys, line: Buffer, from: number, start: number): number {
    const bytes = this.#bytes
    let at = behindSpace(line, from)
    if (line[at] === lineFeed) {
      bytes.at = at + 1
      return start
    }
    if (line[at] !== openBrace) return unusual
    this.#line++
    let end = start
    let inOrder = 0
    let key = keys.none
    at = behindSpace(line, at + 1)
    if (line[at] !== closeBrace)
      for (;;) {
        if (line[at] !== quote) return unusual
        const expected = keys.next[key]!
        const behind = keys.behind(expected, bytes, at)
        if (behind !== unusual) {
          key = expected
          at = behindSpace(line, behind)
        } else {
          key = keys.find(line, at, key)
          if (key === unusual) return unusual
          at = behindSpace(line, keys.at)
        }
        const column = keys.column[key]!
        const written = this.#values.value(at, end, column)
        if (written === unusual) return unusual
        if (column < this.#columns) {
          // Of several values of a name the last one counts.
          if (this.#lineOf[column] === this.#line) return unusual
          this.#lineOf[column] = this.#line
          this.#starts[column] = end
          this.#ends[column] = written
          if (column === inOrder) inOrder++
          else inOrder = Infinity
          end = written
          bytes.row[end++] = tab
        }
        at = behindSpace(line, bytes.at)
        if (line[at] === closeBrace) break
        if (line[at] !== comma) return unusual
        at = behindSpace(line, at + 1)
      }
    at = behindSpace(line, at + 1)
    if (line[at] !== lineFeed) return unusual
    bytes.at = at + 1
    if (inOrder !== this.#columns) return this.#arrange(bytes.row, start, end)
    bytes.row[end - 1] = lineFeed
    return end
  }

  // Brings the values of a row into the order of the columns.
  #arrange(out: Buffer, start: number, end: number): number {
    const missing = mostLongerByColumn * this.#columns
    if (this.#arranged.length < end - start + missing)
      this.#arranged = Buffer.allocUnsafeSlow(roomBehind)
    const row = this.#arranged
    let to = 0
    for (let column = 0; column < this.#columns; column++) {
      if (this.#lineOf[column] === this.#line) {
        for (let at = this.#starts[column]!; at < this.#ends[column]!; at++) row[to++] = out[at]!
      } else {
        to = this.#values.null(row, to, column)
        if (to === unusual) return unusual
      }
      row[to++] = tab
    }
    row[to - 1] = lineFeed
    out.set(row.subarray(0, to), start)
    return start + to
  }
}

function behindSpace(line: Buffer, from: number): number {
  for (let at = from; ; at++) {
    const byte = line[at]!
    if (byte > space || (byte !== space && byte !== tab && byte !== carriageReturn)) return at
  }
}

/** The keys of the columns; undefined where they, or the paths to them, are not plain. */
function plainNames(fields: RowField[], ignoreCase: boolean): string[] | undefined {
  const names = fields.flatMap(({ path }) => plainName(path, ignoreCase) ?? [])
  const distinct = new Set(ignoreCase ? names.map((name) => name.toLowerCase()) : names)
  const longer = fields.length * mostLongerByColumn
  const fits = fields.length > 0 && mostBytesAtOnce + longer + slack <= roomBehind
  return fits && distinct.size === fields.length ? names : undefined
}

// Undefined for a path to something nested, and for a name that no bytes are certainly equal to.
function plainName([name, ...further]: Path, ignoreCase: boolean): string | undefined {
  if (typeof name !== 'string' || name === '' || further.length > 0) return undefined
  // Letters of other alphabets may be ASCII in lower case.
  if (ignoreCase) return /^\p{ASCII}*$/u.test(name) ? name : undefined
  return Buffer.from(name).toString() === name ? name : undefined
}
