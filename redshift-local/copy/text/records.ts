import { errorCodes } from '../column'
import type { TextFormat } from '../data-format'
import type { Fault } from '../load-error'

/** A field as it was meant, or null where it stands for NULL. */
export type Field = string | null

/** What a stretch of text is: a record with its fields, or what is wrong with it. */
export interface TextRecord {
  fields: Field[]
  fault?: Fault
  /** Where its own text ends. */
  end: number
  /** Where the next one begins. */
  next: number
}

/** No record is longer (facts A4). */
export const mostCharacters = 4 * 1024 * 1024

/** Finds the record that begins somewhere in a text; undefined where the text goes on. */
export type RecordParser = (text: string, at: number, isWhole: boolean) => TextRecord | undefined

/** How records of a format are read (facts A9). */
export function recordParser(format: TextFormat): RecordParser {
  if (format.name === 'FixedWidth') return byLines(format, fixedFields(format.widths))
  const { delimiter } = format
  const simple = byLines(format, (line) => line.split(delimiter))
  const marks = marksOf(format)
  if (marks === '') return simple
  const thorough = byCharacters(format)
  const isMarked = anyOf(marks)
  return (text, at, isWhole) => {
    const end = text.indexOf('\n', at)
    if (end !== -1 && !isMarked.test(text.slice(at, end))) return simple(text, at, isWhole)
    return thorough(text, at, isWhole)
  }
}

/** The characters that make a line other than fields with delimiters between them. */
function marksOf({ name, quote, escape, removeQuotes }: TextFormat): string {
  return (name === 'CSV' ? quote : '') + (escape ? '\\' : '') + (removeQuotes ? '\'"' : '')
}

// A field that is only NUL is NULL if NULL AS says so; else NUL ends a record, as a carriage return does.
function endsBy(format: TextFormat): RegExp {
  return format.nullString === '\0' ? /[\n\r]/g : /[\n\r\0]/g
}

function anyOf(characters: string, flags = ''): RegExp {
  return new RegExp(`[${characters.replace(/[\\\]^-]/g, '\\$&')}]`, flags)
}

/** Records that are lines. */
function byLines(format: TextFormat, fieldsOf: (line: string) => string[]): RecordParser {
  const ends = endsBy(format)
  return (text, at, isWhole) => {
    ends.lastIndex = at
    const found = ends.exec(text)
    const end = found?.index ?? text.length
    const next = nextRecord(text, end, isWhole)
    if (next === undefined) return undefined
    if (typeof next !== 'number') return faulty(text, end, end, next)
    return { fields: fieldsOf(text.slice(at, end)), end, next }
  }
}

/**
 * Where the next record begins, if one ends at `end`; what is wrong where it does not; undefined where
 * that is still to be seen.
 */
function nextRecord(
  text: string,
  end: number,
  isWhole: boolean,
): number | { unexpected: number } | undefined {
  if (text[end] === '\n') return end + 1
  if (end === text.length) return isWhole ? end : undefined
  const behind = text[end + 1] === '\r' && text[end] === '\0' ? end + 2 : end + 1
  if (behind >= text.length) return isWhole ? behind : undefined
  return text[behind] === '\n' ? behind + 1 : { unexpected: behind }
}

// Reading goes on in the next line.
function faulty(
  text: string,
  start: number,
  end: number,
  fault: { unexpected: number } | Fault,
): TextRecord {
  const line = text.indexOf('\n', end)
  const next = line === -1 ? text.length : line + 1
  if (!('unexpected' in fault)) return { fields: [], fault, end: next, next }
  const { unexpected } = fault
  const begin = text.lastIndexOf('\n', start - 1) + 1
  const character = text.codePointAt(unexpected)!.toString(16).padStart(2, '0')
  const message = `Missing newline: Unexpected character 0x${character} found at location ${unexpected - begin}`
  return { fields: [], fault: { code: errorCodes.invalidLine, message }, end, next }
}

const badQuote = { code: errorCodes.noDelimiter, message: 'Invalid quote formatting for CSV' }
const noEndQuote = { code: errorCodes.noDelimiter, message: 'Delimited value missing end quote' }

/** Records with quotation marks or backslashes, which may go over several lines. */
function byCharacters(format: TextFormat): RecordParser {
  const { name, quote, escape, delimiter, nullString } = format
  const own = (name === 'CSV' ? quote : '') + (escape ? '\\' : '')
  const stops = anyOf(`${delimiter}\n\r${nullString === '\0' ? '' : '\0'}${own}`, 'g')
  return (text, at, isWhole) => new RecordScan({ format, stops, text, isWhole }, at).record()
}

/** Stops the reading of a record where its text ends too early. */
const cutOff = Symbol('cut off')

interface RecordSource {
  format: TextFormat
  /** Where a field without quotation marks may end, or what is not itself in it. */
  stops: RegExp
  text: string
  isWhole: boolean
}

class RecordScan {
  readonly format: TextFormat
  readonly stops: RegExp
  readonly text: string
  readonly isWhole: boolean
  readonly #fields: Field[] = []
  #at: number

  constructor(
    of: RecordSource,
    readonly start: number,
  ) {
    this.format = of.format
    this.stops = of.stops
    this.text = of.text
    this.isWhole = of.isWhole
    this.#at = start
  }

  record(): TextRecord | undefined {
    for (;;) {
      const fault = this.#field()
      if (fault === cutOff) return undefined
      if (fault) return faulty(this.text, this.start, this.#at, fault)
      if (this.text[this.#at] === this.format.delimiter) {
        this.#at++
        continue
      }
      const end = this.#at
      const next = nextRecord(this.text, end, this.isWhole)
      if (next === undefined) return undefined
      if (typeof next !== 'number') return faulty(this.text, this.start, end, next)
      return { fields: this.#fields, end, next }
    }
  }

  // Reads up to the delimiter, or the end of the record.
  #field(): Fault | typeof cutOff | undefined {
    const { name, removeQuotes, quote } = this.format
    if (name === 'CSV' || removeQuotes) {
      const begin = this.#behindBlanks(this.#at)
      const first = this.text[begin]
      if (name === 'CSV' && first === quote) return this.#quotedInCsv(begin)
      if (removeQuotes && (first === '"' || first === "'")) return this.#quoted(begin, first)
    }
    return this.#plain()
  }

  #behindBlanks(from: number): number {
    let at = from
    while (this.#isBlank(this.text[at])) at++
    return at
  }

  // A delimiter that is white space is none.
  #isBlank(character: string | undefined): boolean {
    return (character === ' ' || character === '\t') && character !== this.format.delimiter
  }

  #isEnd(character: string | undefined): boolean {
    return (
      character === undefined ||
      character === this.format.delimiter ||
      character === '\n' ||
      character === '\r' ||
      (character === '\0' && this.format.nullString !== '\0')
    )
  }

  #plain(): Fault | typeof cutOff | undefined {
    const { text, format, stops } = this
    const { escape, quote, name, delimiter } = format
    const begin = this.#at
    let value = ''
    let from = begin
    stops.lastIndex = begin
    for (;;) {
      const at = stops.exec(text)?.index ?? text.length
      const character = text[at]
      if (escape && character === '\\') {
        if (at + 1 === text.length && !this.isWhole) return cutOff
        if (at + 1 === text.length) continue
        value += text.slice(from, at)
        from = at + 1
        stops.lastIndex = at + 2
        continue
      }
      this.#at = at
      if (name === 'CSV' && character === quote && character !== delimiter) return badQuote
      this.#fields.push(this.#isNull(begin, at) ? null : value + text.slice(from, at))
      return undefined
    }
  }

  // With ESCAPE, \N is as it is written (facts A9).
  #isNull(from: number, to: number): boolean {
    const { escape, nullString } = this.format
    return escape && this.text.slice(from, to) === nullString
  }

  // A quotation mark within is doubled.
  #quotedInCsv(begin: number): Fault | typeof cutOff | undefined {
    const { text, format } = this
    let value = ''
    let from = begin + 1
    for (;;) {
      const at = text.indexOf(format.quote, from)
      if (at === -1) return this.#unfinished()
      if (at + 1 === text.length && !this.isWhole) return cutOff
      value += text.slice(from, at)
      if (text[at + 1] === format.quote) {
        value += format.quote
        from = at + 2
        continue
      }
      this.#at = this.#behindBlanks(at + 1)
      if (this.#at === text.length && !this.isWhole) return cutOff
      if (!this.#isEnd(text[this.#at])) return badQuote
      this.#fields.push(value)
      return undefined
    }
  }

  // REMOVEQUOTES: the mark that the field ends with is the last one of it, and no line goes on.
  #quoted(begin: number, mark: string): Fault | typeof cutOff | undefined {
    const { text, format } = this
    let value = ''
    for (let at = begin + 1; ; at++) {
      const character = text[at]
      if (character === undefined || character === '\n') {
        if (character === undefined && !this.isWhole) return cutOff
        this.#at = at
        return noEndQuote
      }
      if (format.escape && character === '\\' && at + 1 < text.length) {
        value += text[++at]!
      } else if (character === mark) {
        const behind = this.#behindBlanks(at + 1)
        if (behind === text.length && !this.isWhole) return cutOff
        if (this.#isEnd(text[behind])) {
          this.#at = behind
          this.#fields.push(this.#isNull(begin + 1, at) ? null : value)
          return undefined
        }
        value += character
      } else value += character
    }
  }

  #unfinished(): Fault | typeof cutOff {
    this.#at = this.text.length
    return this.isWhole ? noEndQuote : cutOff
  }
}

// What is behind the last one is a field too much.
function fixedFields(widths: number[]): (line: string) => string[] {
  return (line) => {
    const characters = /[\ud800-\udfff]/.test(line) ? Array.from(line) : line
    const fields: string[] = []
    let at = 0
    for (const width of widths) {
      if (at >= characters.length) break
      fields.push(slice(characters, at, at + width))
      at += width
    }
    const rest = slice(characters, at)
    return rest.trim() === '' ? fields : [...fields, rest]
  }
}

function slice(characters: string | string[], from: number, to?: number): string {
  const found = characters.slice(from, to)
  return typeof found === 'string' ? found : found.join('')
}
