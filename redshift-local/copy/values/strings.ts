import { type Converter, errorCodes, FieldFault, isBlank, type TableColumn } from '../column'
import type { CopyOptions } from '../options'
import { cutBytes, markedBytes, sizeByLead } from '../utf8'

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** Not characters, though valid UTF-8: only ACCEPTINVCHARS minds them. */
const replaced = new RegExp(
  `${loneSurrogate.source}|\\0|[\\ufdd0-\\ufdef\\ufffe\\uffff]|` +
    '[\\ud83f\\ud87f\\ud8bf\\ud8ff\\ud93f\\ud97f\\ud9bf\\ud9ff' +
    '\\uda3f\\uda7f\\udabf\\udaff\\udb3f\\udb7f\\udbbf\\udbff][\\udffe\\udfff]',
  'g',
)

/** ACCEPTINVCHARS: every byte of an invalid character becomes the replacement (facts A4). */
function replaceInvalid(text: string, replacement: string): string {
  return text.replace(replaced, (found) => replacement.repeat(bytesOf(found).length))
}

/** @throws FieldFault 1220 where the text has bytes or characters that are not UTF-8 */
function checkCharacters(text: string): void {
  const found = /\0/.exec(text) ?? loneSurrogate.exec(text)
  if (!found) return
  const { bytes, error } = describe(bytesOf(text.slice(found.index, found.index + 4)))
  throw new FieldFault(
    errorCodes.utf8,
    'String contains invalid or unsupported UTF-8 codepoints. ' +
      `Bad UTF-8 hex sequence: ${hex(bytes)} (error ${error})`,
  )
}

/** The bytes of a character in hex, as err_reason shows them. */
function hexOf(text: string): string {
  return hex(bytesOf(text))
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ')
}

// A surrogate that JSON spells out (\ud800) stands for the three bytes that UTF-8 forbids.
function bytesOf(text: string): Buffer {
  const code = text.charCodeAt(0)
  const spelt = loneSurrogate.test(text[0]!) && (code < 0xdc80 || code > 0xdcff)
  const alone = spelt && !/^[\ud800-\udbff][\udc00-\udfff]/.test(text)
  if (!alone) return markedBytes(text)
  return Buffer.from([0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)])
}

/** The sub-codes of the manual's "Multibyte character load errors" (facts A7). */
function describe(bytes: Buffer): { bytes: Uint8Array; error: number } {
  const [lead = 0, next] = bytes
  if (lead < 0xc0 || lead >= 0xfe) return { bytes: bytes.subarray(0, 1), error: 3 }
  if (lead >= 0xf8) return { bytes: bytes.subarray(0, 1), error: 1 }
  const sequence = bytes.subarray(0, Math.max(2, sizeByLead(lead)))
  if (lead === 0xed && next !== undefined && next >= 0xa0 && next < 0xc0)
    return { bytes: sequence, error: 5 }
  const wrong = sequence.findIndex((byte, at) => at > 0 && (byte & 0xc0) !== 0x80)
  if (wrong !== -1) return { bytes: sequence.subarray(0, wrong + 1), error: 4 }
  if (sequence.length < sizeByLead(lead)) return { bytes: sequence, error: 2 }
  return { bytes: sequence, error: lead > 0xf3 ? 6 : 7 }
}

/** What COPY text format must escape, or PostgreSQL cannot store; or nearly. */
const special = /[\\\n\r\t\0\ud800-\udfff]/
const escapes: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' }

/** VARCHAR: its length is in bytes of UTF-8 (facts A4). */
export function varchars(column: TableColumn, options: CopyOptions): Converter {
  const length = column.length ?? 256
  const surelyFits = Math.floor(length / 3)
  const { replacement } = options
  const prepare = preparation(options)
  const fit = fitting(length, options, 'String length exceeds DDL length')

  return {
    type: 'varchar',
    length: String(length),
    text(value) {
      let text: string | null = value
      if (prepare && (text = prepare(value)) === null) return null
      if (replacement) text = replaceInvalid(text, replacement)
      if (text.length > surelyFits) text = fit(text)
      return special.test(text) ? escape(text) : text
    },
  }
}

/** CHAR: single-byte characters only (facts A4). */
export function chars(column: TableColumn, options: CopyOptions): Converter {
  const length = column.length ?? 1
  const prepare = preparation(options)
  const fit = fitting(length, options, 'Char length exceeds DDL length')

  return {
    type: 'char',
    length: String(length),
    text(value) {
      const text = prepare ? prepare(value) : value
      if (text === null) return null
      checkSingleByte(text)
      return escape(fit(text))
    },
  }
}

// Undefined where no option asks for it.
function preparation(options: CopyOptions): ((value: string) => string | null) | undefined {
  const { blanksAsNull, emptyAsNull, trimBlanks } = options
  if (!blanksAsNull && !emptyAsNull && !trimBlanks) return undefined
  return (value) => {
    if (value === '') return emptyAsNull ? null : value
    if (blanksAsNull && isBlank(value)) return null
    return trimBlanks ? withoutTrailingBlanks(value) : value
  }
}

/** TRIMBLANKS: U+0020 only, as in comparisons of VARCHAR (facts A4). */
function withoutTrailingBlanks(text: string): string {
  let end = text.length
  while (text[end - 1] === ' ') end--
  return text.slice(0, end)
}

function fitting(length: number, options: CopyOptions, reason: string): (text: string) => string {
  return (text) => {
    if (byteLength(text) <= length) return text
    if (options.truncateColumns) return truncate(text, length)
    throw new FieldFault(errorCodes.outOfRange, reason)
  }
}

// Short texts are the rule, and a call into Buffer costs more than a loop over one.
function byteLength(text: string): number {
  if (text.length > 64) return Buffer.byteLength(text)
  let bytes = text.length
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0x80) bytes += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2
  }
  return bytes
}

/** The whole characters that fit into so many bytes. */
function truncate(text: string, length: number): string {
  checkCharacters(text)
  return cutBytes(text, length)
}

function checkSingleByte(text: string) {
  const wide = /\0|\P{ASCII}/u.exec(text)?.[0]
  if (wide === undefined) return
  throw new FieldFault(
    errorCodes.utf8,
    'Multibyte character not supported for CHAR (Hint: Try using  VARCHAR). ' +
      `Invalid char: ${hexOf(wide)}`,
  )
}

function escape(text: string): string {
  checkCharacters(text)
  return text.replace(/[\\\n\r\t]/g, (character) => escapes[character]!)
}
