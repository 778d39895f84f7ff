import { FieldFault, type TableColumn } from '../column'
import { convert, type RowField } from '../rows'
import type { CopyOptions } from '../statement'

const space = 0x20
const quote = 0x22
const plus = 0x2b
const minus = 0x2d
const point = 0x2e
const zero = 0x30
const backslash = 0x5c
const capitalN = 0x4e
const letterE = 0x65
const letterU = 0x75

/** What stands for a value that is not plain: the line is to be read by the DocumentReader. */
export const unusual = -1

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

/** The bytes of a string that may be copied as they are: not the quote, the backslash, what JSON forbids. */
const plainAscii = bytesWhere((byte) => byte < 0x80)
const plainUtf8 = bytesWhere(() => true)
/** Without the characters that ACCEPTINVCHARS replaces though they are valid UTF-8, and many others. */
const plainLowUtf8 = bytesWhere((byte) => byte < 0xef)

function bytesWhere(isPlain: (byte: number) => boolean): Uint8Array {
  const isCopied = (byte: number) =>
    byte >= 0x20 && byte !== quote && byte !== backslash && isPlain(byte)
  return Uint8Array.from({ length: 256 }, (_, byte) => Number(isCopied(byte)))
}

/** What stands behind a backslash, and the byte that it means. */
const escapes = byteTable({
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
})
/** What COPY's text format escapes, and how. */
const copyEscapes = byteTable({ '\\': '\\', '\n': 'n', '\r': 'r', '\t': 't' })

function byteTable(bytes: Record<string, string>): Uint8Array {
  const table = new Uint8Array(256)
  for (const [from, to] of Object.entries(bytes)) table[from.charCodeAt(0)] = to.charCodeAt(0)
  return table
}

const hexDigits = new Int8Array(256).fill(-1)
for (let digit = 0; digit < 16; digit++)
  for (const spelt of [digit.toString(16), digit.toString(16).toUpperCase()])
    hexDigits[spelt.charCodeAt(0)] = digit

/**
 * Writes the values of plain lines as COPY's text format has them, from bytes to bytes. What it writes
 * is what the converter of the column would give; whatever it is not sure of is `unusual`. A line ends
 * in a line feed, which is part of no value, so that nothing is read beyond it.
 */
export class ValueEncoder {
  /** Where the bytes behind the last value begin. */
  at = 0
  /** By columns; behind them stands one for values that no column takes, which are checked only. */
  readonly #ways: Uint8Array
  readonly #notNull: Uint8Array
  /** Bytes of a text, digits of an integer. */
  readonly #most: Int32Array
  readonly #plainWhereUtf8: Uint8Array[]
  readonly #plainElsewhere: Uint8Array[]
  #plain: Uint8Array[]
  readonly #prepares: boolean
  /** Bytes of the text at hand that are COPY's escapes. */
  #added = 0

  constructor(
    readonly fields: RowField[],
    readonly options: CopyOptions,
  ) {
    const columns = fields.map(({ column }) => column)
    const { replacement, emptyAsNull, blanksAsNull, trimBlanks } = options
    const wide = replacement === undefined ? plainUtf8 : plainLowUtf8
    this.#ways = Uint8Array.from([...columns.map(({ type }) => ways[type] ?? byConverter), asText])
    this.#notNull = Uint8Array.from([...columns.map(({ notNull }) => Number(notNull)), 0])
    this.#most = Int32Array.from([...columns.map(mostOf), 0x7fffffff])
    const tables = columns.map(({ type }) => (type === 'character' ? plainAscii : wide))
    this.#plainWhereUtf8 = [...tables, plainUtf8]
    this.#plainElsewhere = [...columns.map(() => plainAscii), plainUtf8]
    this.#plain = this.#plainElsewhere
    this.#prepares = emptyAsNull || blanksAsNull || trimBlanks
  }

  /** Call before values of other bytes. @param isUtf8 whether all of them are */
  expect(isUtf8: boolean): void {
    this.#plain = isUtf8 ? this.#plainWhereUtf8 : this.#plainElsewhere
  }

  /**
   * Writes the value that begins at `from`. Behind it there may be anything: whether that fits is left
   * to who asks.
   * @returns the end of what was written, or `unusual`
   */
  value(line: Buffer, from: number, out: Buffer, start: number, column: number): number {
    const byte = line[from]!
    if (byte === quote)
      return this.#ways[column] === asText
        ? this.#text(line, from, out, start, column)
        : this.#quoted(line, from, out, start, column)
    if (byte === minus || isDigit(byte)) return this.#number(line, from, out, start, column)
    return this.#word(line, from, out, start, column)
  }

  /** Writes NULL, unless the column takes none. */
  null(out: Buffer, start: number, column: number): number {
    if (this.#notNull[column] === 1) return unusual
    out[start] = backslash
    out[start + 1] = capitalN
    return start + 2
  }

  #text(line: Buffer, from: number, out: Buffer, start: number, column: number): number {
    const plain = this.#plain[column]!
    let at = from
    let end = start
    this.#added = 0
    for (;;) {
      const byte = line[++at]!
      if (plain[byte] === 1) out[end++] = byte
      else if (byte === quote) break
      else if (byte !== backslash) return unusual
      else {
        end = this.#escape(line, at + 1, out, end, plain)
        if (end === unusual) return unusual
        at = this.at - 1
      }
    }
    this.at = at + 1
    if (this.#prepares) {
      end = this.#prepare(out, start, end)
      if (end === isNull) return this.null(out, start, column)
    }
    return end - start - this.#added > this.#most[column]! ? unusual : end
  }

  // What stands behind a backslash.
  #escape(line: Buffer, at: number, out: Buffer, start: number, plain: Uint8Array): number {
    const kind = line[at]!
    this.at = at + 1
    if (kind === letterU) return this.#codePoint(line, at + 1, out, start, plain)
    const byte = escapes[kind]!
    return byte === 0 ? unusual : this.#byte(byte, out, start)
  }

  #byte(byte: number, out: Buffer, start: number): number {
    const escape = copyEscapes[byte]!
    if (escape === 0) {
      out[start] = byte
      return start + 1
    }
    out[start] = backslash
    out[start + 1] = escape
    this.#added++
    return start + 2
  }

  #codePoint(line: Buffer, at: number, out: Buffer, start: number, plain: Uint8Array): number {
    const code = hexCode(line, at)
    if (code <= 0) return unusual
    this.at = at + 4
    if (code < 0x80) return this.#byte(code, out, start)
    // Where the bytes of UTF-8 are not taken, or not those of the highest characters.
    if (plain[0xc2] === 0 || (code >= 0xd800 && plain[0xff] === 0)) return unusual
    if (code < 0x800) {
      out[start] = 0xc0 | (code >> 6)
      out[start + 1] = 0x80 | (code & 0x3f)
      return start + 2
    }
    if (code >= 0xd800 && code < 0xe000) return this.#pair(line, at + 4, out, start, code)
    out[start] = 0xe0 | (code >> 12)
    out[start + 1] = 0x80 | ((code >> 6) & 0x3f)
    out[start + 2] = 0x80 | (code & 0x3f)
    return start + 3
  }

  #pair(line: Buffer, at: number, out: Buffer, start: number, high: number): number {
    if (high >= 0xdc00 || line[at] !== backslash || line[at + 1] !== letterU) return unusual
    const low = hexCode(line, at + 2)
    if (low < 0xdc00 || low >= 0xe000) return unusual
    this.at = at + 6
    const code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)
    out[start] = 0xf0 | (code >> 18)
    out[start + 1] = 0x80 | ((code >> 12) & 0x3f)
    out[start + 2] = 0x80 | ((code >> 6) & 0x3f)
    out[start + 3] = 0x80 | (code & 0x3f)
    return start + 4
  }

  // EMPTYASNULL, BLANKSASNULL and TRIMBLANKS, as values/strings.ts has them.
  #prepare(out: Buffer, start: number, end: number): number {
    const { emptyAsNull, blanksAsNull, trimBlanks } = this.options
    if (end === start) return emptyAsNull ? isNull : end
    if (blanksAsNull) {
      let at = start
      while (at < end && isBlankByte(out, at)) at += out[at] === backslash ? 2 : 1
      if (at === end) return isNull
    }
    let trimmed = end
    if (trimBlanks) while (trimmed > start && out[trimmed - 1] === space) trimmed--
    return trimmed
  }

  // A string for a column that is no text. Whatever the type, an empty one is NULL.
  #quoted(line: Buffer, from: number, out: Buffer, start: number, column: number): number {
    let at = from + 1
    let end = start
    if (this.#ways[column] === asInteger) {
      for (; isDigit(line[at]!); at++) out[end++] = line[at]!
      const digits = end - start
      const isCanonical = line[from + 1] !== zero || digits === 1
      if (line[at] === quote && isCanonical && digits <= this.#most[column]!) {
        this.at = at + 1
        return digits === 0 ? this.null(out, start, column) : end
      }
    }
    while (plainAscii[line[at]!] === 1) at++
    if (line[at] !== quote) return unusual
    this.at = at + 1
    const text = line.toString('latin1', from + 1, at)
    return this.#convert(text, text, out, start, column)
  }

  // The grammar is JSON's. `kept` is the end of what was written without the zeros that end a fraction.
  #number(line: Buffer, from: number, out: Buffer, start: number, column: number): number {
    let at = from
    let end = start
    if (line[at] === minus) out[end++] = line[at++]!
    const whole = at
    if (line[at] === zero) out[end++] = line[at++]!
    else for (; isDigit(line[at]!); at++) out[end++] = line[at]!
    if (at === whole) return unusual
    const wholeEnd = at
    let kept = end
    if (line[at] === point) {
      out[end++] = line[at++]!
      if (!isDigit(line[at]!)) return unusual
      for (; isDigit(line[at]!); at++) {
        out[end++] = line[at]!
        if (line[at] !== zero) kept = end
      }
    }
    this.at = at
    if ((line[at]! | 0x20) === letterE) {
      this.at = exponentEnd(line, at + 1)
      if (this.at === unusual) return unusual
    } else if (this.#isCanonical(line, from, whole, wholeEnd, kept - start, column)) return kept
    return this.#literal(line, from, out, start, column)
  }

  // Whether the number as it was written, but for zeros, is how the column writes it: `length` bytes.
  #isCanonical(
    line: Buffer,
    from: number,
    whole: number,
    wholeEnd: number,
    length: number,
    column: number,
  ): boolean {
    const way = this.#ways[column]
    const hasFraction = length > wholeEnd - from
    // -0 is 0, and small fractions may be written with an exponent.
    if (line[whole] === zero && (hasFraction ? line[wholeEnd + 1] === zero : from < whole))
      return false
    if (way === asInteger) return !hasFraction && wholeEnd - whole <= this.#most[column]!
    const digits = length - (whole - from) - Number(hasFraction)
    return way === asFloat && digits <= exactDigits
  }

  // A text takes a number or a word as it is written.
  #literal(line: Buffer, from: number, out: Buffer, start: number, column: number): number {
    if (this.#ways[column] === asText) {
      if (this.at - from > this.#most[column]!) return unusual
      let end = start
      for (let at = from; at < this.at; at++) out[end++] = line[at]!
      return end
    }
    const literal = line.toString('latin1', from, this.at)
    return this.#convert(JSON.parse(literal) as number | boolean, literal, out, start, column)
  }

  #word(line: Buffer, from: number, out: Buffer, start: number, column: number): number {
    if (isWord(line, from, 'null')) {
      this.at = from + 4
      return this.null(out, start, column)
    }
    const isTrue = isWord(line, from, 'true')
    if (!isTrue && !isWord(line, from, 'false')) return unusual
    this.at = from + (isTrue ? 4 : 5)
    if (this.#ways[column] !== asBoolean) return this.#literal(line, from, out, start, column)
    out[start] = line[from]!
    return start + 1
  }

  #convert(
    value: string | number | boolean,
    literal: string,
    out: Buffer,
    start: number,
    column: number,
  ): number {
    try {
      const text = convert(this.fields[column]!.converter, value, () => literal)
      if (text === null) return this.null(out, start, column)
      if (text.length > literal.length + mostLonger) return unusual
      return start + out.write(text, start, 'latin1')
    } catch (fault) {
      if (fault instanceof FieldFault) return unusual
      throw fault
    }
  }
}

/** What stands for a text that is NULL. */
const isNull = -2

function mostOf({ type, length }: TableColumn): number {
  if (type.startsWith('character')) return length ?? (type === 'character' ? 1 : 256)
  return surelyWithin[type] ?? 0
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}

// In COPY's text format, where a tab or a line end has a backslash.
function isBlankByte(out: Buffer, at: number): boolean {
  const byte = out[at]!
  if (byte === backslash) return out[at + 1] !== backslash
  return byte === space || byte === 0x0b || byte === 0x0c
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

// Negative where one of the four is no digit.
function hexCode(line: Buffer, at: number): number {
  return (
    (hexDigits[line[at]!]! << 12) |
    (hexDigits[line[at + 1]!]! << 8) |
    (hexDigits[line[at + 2]!]! << 4) |
    hexDigits[line[at + 3]!]!
  )
}
