import { FieldFault } from '../column'
import { convert, type RowField } from '../rows'
import type { CopyOptions } from '../options'
import { backslash, type LineBytes, quote, space, unusual } from './bytes'
import { isNull, Texts } from './texts'

const plus = 0x2b
const minus = 0x2d
const point = 0x2e
const zero = 0x30
const capitalN = 0x4e
const letterE = 0x65

// How the values of a column are taken: texts are copied, with escapes; numbers and booleans are where
// they are written as the column writes them; what is left has the converter of the column.
const byConverter = 0
const asText = 1
const asInteger = 2
const asFloat = 3
const asBoolean = 4

const ways: Record<string, number> = {
  'character varying': asText,
  character: asText,
  smallint: asInteger,
  integer: asInteger,
  bigint: asInteger,
  real: asFloat,
  'double precision': asFloat,
  boolean: asBoolean,
}

/** So many digits are within the range of the type, whatever they are. */
const surelyWithin: Record<string, number> = { smallint: 4, integer: 9, bigint: 18 }

/** So many digits of a decimal number are the shortest that name its double, too (DBL_DIG). */
const exactDigits = 15

/** A converter makes its value longer than it was written by no more than this, in bytes. */
export const mostLonger = 64

/**
 * Writes the values of plain lines as COPY's text format has them, from bytes to bytes. What it writes
 * is what the converter of the column would give; whatever it is not sure of is `unusual`. A line ends
 * in a line feed, which is part of no value, so that nothing is read beyond it.
 */
export class ValueEncoder {
  /** By columns; behind them stands one for values that no column takes, which are checked only. */
  readonly #ways: Uint8Array
  readonly #notNull: Uint8Array
  readonly #mostDigits: Uint8Array
  readonly #texts: Texts

  constructor(
    readonly fields: RowField[],
    options: CopyOptions,
    readonly bytes: LineBytes,
  ) {
    const columns = fields.map(({ column }) => column)
    this.#ways = Uint8Array.from([...columns.map(({ type }) => ways[type] ?? byConverter), asText])
    this.#notNull = Uint8Array.from([...columns.map(({ notNull }) => Number(notNull)), 0])
    this.#mostDigits = Uint8Array.from(columns, ({ type }) => surelyWithin[type] ?? 0)
    this.#texts = new Texts(columns, options, bytes)
  }

  /** Call before other bytes are read. @param isUtf8 whether all of them are */
  expect(isUtf8: boolean): void {
    this.#texts.expect(isUtf8)
  }

  /**
   * Writes the value that begins at `from`. Behind it there may be anything: whether that fits is left
   * to who asks.
   * @returns the end of what was written, or `unusual`
   */
  value(from: number, start: number, column: number): number {
    const byte = this.bytes.line[from]!
    if (byte === quote) {
      if (this.#ways[column] !== asText) return this.#quoted(from, start, column)
      const end = this.#texts.copy(from + 1, start, column)
      return end === isNull ? this.null(this.bytes.row, start, column) : end
    }
    if (byte === minus || isDigit(byte)) return this.#number(from, start, column)
    return this.#word(from, start, column)
  }

  /** Writes NULL, unless the column takes none. */
  null(row: Buffer, start: number, column: number): number {
    if (this.#notNull[column] === 1) return unusual
    row[start] = backslash
    row[start + 1] = capitalN
    return start + 2
  }

  // A string for a column that is no text. Whatever the type, an empty one is NULL.
  #quoted(from: number, start: number, column: number): number {
    const { line, row } = this.bytes
    let at = from + 1
    let end = start
    if (this.#ways[column] === asInteger) {
      for (; isDigit(line[at]!); at++) row[end++] = line[at]!
      const digits = end - start
      const isCanonical = line[from + 1] !== zero || digits === 1
      if (line[at] === quote && isCanonical && digits <= this.#mostDigits[column]!) {
        this.bytes.at = at + 1
        return digits === 0 ? this.null(row, start, column) : end
      }
    }
    while (isPlainAscii(line[at]!)) at++
    if (line[at] !== quote) return unusual
    this.bytes.at = at + 1
    const text = line.toString('latin1', from + 1, at)
    return this.#convert(text, text, start, column)
  }

  // The grammar is JSON's. `kept` is the end of what was written without the zeros that end a fraction.
  #number(from: number, start: number, column: number): number {
    const { line, row } = this.bytes
    let at = from
    let end = start
    if (line[at] === minus) row[end++] = line[at++]!
    const whole = at
    if (line[at] === zero) row[end++] = line[at++]!
    else for (; isDigit(line[at]!); at++) row[end++] = line[at]!
    if (at === whole) return unusual
    const wholeEnd = at
    let kept = end
    if (line[at] === point) {
      row[end++] = line[at++]!
      if (!isDigit(line[at]!)) return unusual
      for (; isDigit(line[at]!); at++) {
        row[end++] = line[at]!
        if (line[at] !== zero) kept = end
      }
    }
    const hasExponent = (line[at]! | 0x20) === letterE
    if (hasExponent) at = exponentEnd(line, at + 1)
    if (at === unusual) return unusual
    this.bytes.at = at
    const isCanonical =
      !hasExponent && this.#isCanonical(from, whole, wholeEnd, kept - start, column)
    return isCanonical ? kept : this.#literal(from, start, column)
  }

  // Whether the number as it was written, but for zeros, is how the column writes it: in `length` bytes.
  #isCanonical(
    from: number,
    whole: number,
    wholeEnd: number,
    length: number,
    column: number,
  ): boolean {
    const { line } = this.bytes
    const way = this.#ways[column]
    const hasFraction = length > wholeEnd - from
    // -0 is 0, and small fractions may be written with an exponent.
    if (line[whole] === zero && (hasFraction ? line[wholeEnd + 1] === zero : from < whole))
      return false
    if (way === asInteger) return !hasFraction && wholeEnd - whole <= this.#mostDigits[column]!
    const digits = length - (whole - from) - Number(hasFraction)
    return way === asFloat && digits <= exactDigits
  }

  #word(from: number, start: number, column: number): number {
    const { line, row } = this.bytes
    if (isWord(line, from, 'null')) {
      this.bytes.at = from + 4
      return this.null(row, start, column)
    }
    const isTrue = isWord(line, from, 'true')
    if (!isTrue && !isWord(line, from, 'false')) return unusual
    this.bytes.at = from + (isTrue ? 4 : 5)
    if (this.#ways[column] !== asBoolean) return this.#literal(from, start, column)
    row[start] = line[from]!
    return start + 1
  }

  // A text takes a number or a word as it is written.
  #literal(from: number, start: number, column: number): number {
    const { line, row, at } = this.bytes
    if (this.#ways[column] === asText) {
      if (!this.#texts.fits(at - from, column)) return unusual
      line.copy(row, start, from, at)
      return start + at - from
    }
    const literal = line.toString('latin1', from, at)
    return this.#convert(JSON.parse(literal) as number | boolean, literal, start, column)
  }

  #convert(
    value: string | number | boolean,
    literal: string,
    start: number,
    column: number,
  ): number {
    const { row } = this.bytes
    try {
      const text = convert(this.fields[column]!.converter, value, () => literal)
      if (text === null) return this.null(row, start, column)
      if (text.length > literal.length + mostLonger) return unusual
      return start + row.write(text, start, 'latin1')
    } catch (fault) {
      if (fault instanceof FieldFault) return unusual
      throw fault
    }
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

function isPlainAscii(byte: number): boolean {
  return byte >= space && byte < 0x80 && byte !== quote && byte !== backslash
}

function isWord(line: Buffer, from: number, word: string): boolean {
  for (let at = 0; at < word.length; at++) if (line[from + at] !== word.charCodeAt(at)) return false
  return true
}

function exponentEnd(line: Buffer, from: number): number {
  let at = from
  if (line[at] === plus || line[at] === minus) at++
  if (!isDigit(line[at]!)) return unusual
  while (isDigit(line[at]!)) at++
  return at
}
