import { errorCodes, FieldFault } from '../faults'
import type { CopyOptions } from '../options'
import type { TableColumn } from '../table'
import { isBlank, type Converter } from './converter'
import { checkCharacters, hexOf, replaceInvalid } from './invalid-characters'

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
    return trimBlanks ? value.trimEnd() : value
  }
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
  const bytes = Buffer.from(text)
  let end = length
  while (end > 0 && (bytes[end]! & 0xc0) === 0x80) end--
  return bytes.toString('utf8', 0, end)
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
