import type { TableColumn } from '../column'
import type { CopyOptions } from '../options'
import { backslash, type LineBytes, quote, space, unusual } from './bytes'

const letterU = 0x75

/** What stands for a text that is NULL. */
export const isNull = -2

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

// Bytes below these are copied as they are. Those of the highest characters of UTF-8 are not where
// ACCEPTINVCHARS replaces some of them; CHAR holds ASCII alone.
const allBytes = 0x100
const lowBytes = 0xef
const asciiBytes = 0x80

/** Copies the strings of plain lines for columns of text, with the escapes of COPY's text format. */
export class Texts {
  /** By columns; behind them stands one for what no column takes, which has to be JSON and no more. */
  readonly #belowWhereUtf8: Int32Array
  readonly #belowElsewhere: Int32Array
  #below: Int32Array
  /** In bytes. */
  readonly #most: Int32Array
  readonly #blanksAsNull: boolean
  readonly #prepares: boolean
  /** Bytes of the text at hand that are COPY's escapes. */
  #added = 0

  constructor(
    columns: TableColumn[],
    readonly options: CopyOptions,
    readonly bytes: LineBytes,
  ) {
    const { replacement, emptyAsNull, blanksAsNull, trimBlanks } = options
    const wide = replacement === undefined ? allBytes : lowBytes
    const below = columns.map(({ type }) => (type === 'character' ? asciiBytes : wide))
    this.#belowWhereUtf8 = Int32Array.from([...below, allBytes])
    this.#belowElsewhere = Int32Array.from([...columns.map(() => asciiBytes), allBytes])
    this.#below = this.#belowElsewhere
    this.#most = Int32Array.from([...columns.map(lengthOf), 0x7fffffff])
    this.#blanksAsNull = blanksAsNull
    this.#prepares = emptyAsNull || blanksAsNull || trimBlanks
  }

  /** Call before other bytes are read. @param isUtf8 whether all of them are */
  expect(isUtf8: boolean): void {
    this.#below = isUtf8 ? this.#belowWhereUtf8 : this.#belowElsewhere
  }

  /** Whether a text of so many bytes fits. */
  fits(length: number, column: number): boolean {
    return length <= this.#most[column]!
  }

  /**
   * Copies the string behind the quote before `from`.
   * @returns the end of what was written, `isNull` or `unusual`
   */
  copy(from: number, start: number, column: number): number {
    const { line, lineWords, row, rowWords } = this.bytes
    const below = this.#below[column]!
    const doubtful = below === allBytes ? 0 : 0x80808080
    let at = from
    let end = start
    this.#added = 0
    for (;;) {
      const word = lineWords.getInt32(at, true)
      rowWords.setInt32(end, word, true)
      const special = specialIn(word) | (word & doubtful)
      if (special === 0) {
        at += 4
        end += 4
        continue
      }
      const plain = (31 - Math.clz32(special & -special)) >> 3
      at += plain
      end += plain
      const byte = line[at]!
      if (byte === quote) break
      if (byte === backslash) {
        end = this.#escape(at + 1, end, below)
        if (end === unusual) return unusual
        at = this.bytes.at
      } else if (byte >= 0x80 && byte < below) {
        row[end++] = byte
        at++
      } else return unusual
    }
    this.bytes.at = at + 1
    if (this.#prepares && (end === start || row[end - 1] === space || this.#blanksAsNull)) {
      end = this.#prepare(row, start, end)
      if (end === isNull) return isNull
    }
    return this.fits(end - start - this.#added, column) ? end : unusual
  }

  // What stands behind a backslash.
  #escape(at: number, start: number, below: number): number {
    const kind = this.bytes.line[at]!
    this.bytes.at = at + 1
    if (kind === letterU) return this.#codePoint(at + 1, start, below)
    const byte = escapes[kind]!
    return byte === 0 ? unusual : this.#byte(byte, start)
  }

  #byte(byte: number, start: number): number {
    const { row } = this.bytes
    const escape = copyEscapes[byte]!
    if (escape === 0) {
      row[start] = byte
      return start + 1
    }
    row[start] = backslash
    row[start + 1] = escape
    this.#added++
    return start + 2
  }

  #codePoint(at: number, start: number, below: number): number {
    const { line, row } = this.bytes
    const code = hexCode(line, at)
    if (code <= 0) return unusual
    this.bytes.at = at + 4
    if (code < 0x80) return this.#byte(code, start)
    if (below === asciiBytes || (below === lowBytes && code >= 0xd800)) return unusual
    if (code < 0x800) {
      row[start] = 0xc0 | (code >> 6)
      row[start + 1] = 0x80 | (code & 0x3f)
      return start + 2
    }
    if (code >= 0xd800 && code < 0xe000) return this.#pair(code, at + 4, start)
    row[start] = 0xe0 | (code >> 12)
    row[start + 1] = 0x80 | ((code >> 6) & 0x3f)
    row[start + 2] = 0x80 | (code & 0x3f)
    return start + 3
  }

  #pair(high: number, at: number, start: number): number {
    const { line, row } = this.bytes
    if (high >= 0xdc00 || line[at] !== backslash || line[at + 1] !== letterU) return unusual
    const low = hexCode(line, at + 2)
    if (low < 0xdc00 || low >= 0xe000) return unusual
    this.bytes.at = at + 6
    const code = 0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00)
    row[start] = 0xf0 | (code >> 18)
    row[start + 1] = 0x80 | ((code >> 12) & 0x3f)
    row[start + 2] = 0x80 | ((code >> 6) & 0x3f)
    row[start + 3] = 0x80 | (code & 0x3f)
    return start + 4
  }

  // EMPTYASNULL, BLANKSASNULL and TRIMBLANKS, as values/strings.ts has them.
  #prepare(row: Buffer, start: number, end: number): number {
    const { emptyAsNull, blanksAsNull, trimBlanks } = this.options
    if (end === start) return emptyAsNull ? isNull : end
    if (blanksAsNull) {
      let at = start
      while (at < end && isBlankByte(row, at)) at += row[at] === backslash ? 2 : 1
      if (at === end) return isNull
    }
    let trimmed = end
    if (trimBlanks) while (trimmed > start && row[trimmed - 1] === space) trimmed--
    return trimmed
  }
}

// A bit in each of four bytes that is a quote, a backslash or below a blank; beside the lowest of these
// there may be others (Mycroft's test for a zero byte).
function specialIn(word: number): number {
  const quotes = word ^ 0x22222222
  const backslashes = word ^ 0x5c5c5c5c
  return (
    (((quotes - 0x01010101) & ~quotes) |
      ((backslashes - 0x01010101) & ~backslashes) |
      ((word - 0x20202020) & ~word)) &
    0x80808080
  )
}

function lengthOf({ type, length }: TableColumn): number {
  return length ?? (type === 'character' ? 1 : 256)
}

// In COPY's text format, where a tab or a line end has a backslash.
function isBlankByte(row: Buffer, at: number): boolean {
  const byte = row[at]!
  if (byte === backslash) return row[at + 1] !== backslash
  return byte === space || byte === 0x0b || byte === 0x0c
}

// Not positive where one of the four is no digit, or all are 0.
function hexCode(line: Buffer, at: number): number {
  return (
    (hexDigits[line[at]!]! << 12) |
    (hexDigits[line[at + 1]!]! << 8) |
    (hexDigits[line[at + 2]!]! << 4) |
    hexDigits[line[at + 3]!]!
  )
}
