import { Utf8Decoder } from '../utf8'

type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or }' | ', or ]'

const quote = 0x22
const backslash = 0x5c

/**
 * Finds the end of one JSON object or array in text that comes piece by piece, or the first
 * character that cannot be there. Whether words and numbers are right is left to JSON.parse.
 */
class JsonScanner {
  /** Where in the text the next character is to be read; after 'fault', the wrong one. */
  position: number
  #open: string[] = []
  #expected: Expected = 'value'
  #inside: 'string' | 'word' | undefined

  constructor(start: number) {
    this.position = start
  }

  /** @param text from its start as far as it is known; give more of it after 'more' */
  scan(text: string): 'end' | 'more' | 'fault' {
    while (this.position < text.length) {
      if (this.#inside === 'string') {
        const string = this.#scanString(text)
        if (string !== 'end') return string
      } else if (this.#inside === 'word') {
        this.#scanWord(text)
      } else {
        const character = text[this.position]!
        if (!isSpace(character) && !this.#take(character)) return 'fault'
        this.position++
        if (this.#open.length === 0) return 'end'
      }
    }
    return 'more'
  }

  #scanString(text: string): 'end' | 'more' | 'fault' {
    for (;;) {
      const code = text.charCodeAt(this.position)
      if (code === quote) break
      if (code < 0x20) return 'fault'
      const size = code === backslash ? 2 : 1
      if (!(this.position + size <= text.length)) return 'more'
      this.position += size
    }
    this.position++
    this.#inside = undefined
    return 'end'
  }

  #scanWord(text: string) {
    while (this.position < text.length && !/[\s,:{}[\]"]/.test(text[this.position]!))
      this.position++
    if (this.position < text.length) this.#inside = undefined
  }

  #take(character: string): boolean {
    const expected = this.#expected
    if (character === '"') return this.#takeString(expected)
    if (character === ':') return this.#turn(expected === ':', 'value')
    if (character === ',') {
      const separates = expected === ', or }' || expected === ', or ]'
      return this.#turn(separates, expected === ', or }' ? 'key' : 'value')
    }
    if (character === '}') return this.#close(expected === ', or }' || expected === 'key or }')
    if (character === ']') return this.#close(expected === ', or ]' || expected === 'value or ]')
    return this.#takeValue(character, expected === 'value' || expected === 'value or ]')
  }

  #takeString(expected: Expected): boolean {
    this.#inside = 'string'
    if (expected === 'key' || expected === 'key or }') return this.#turn(true, ':')
    return this.#turn(expected === 'value' || expected === 'value or ]', this.#afterValue())
  }

  #takeValue(character: string, fits: boolean): boolean {
    if (character === '{' || character === '[') {
      this.#open.push(character)
      return this.#turn(fits, character === '{' ? 'key or }' : 'value or ]')
    }
    this.#inside = 'word'
    return this.#turn(fits, this.#afterValue())
  }

  #close(fits: boolean): boolean {
    this.#open.pop()
    return this.#turn(fits, this.#afterValue())
  }

  #turn(fits: boolean, next: Expected): boolean {
    this.#expected = next
    return fits
  }

  #afterValue(): Expected {
    return this.#open.at(-1) === '{' ? ', or }' : ', or ]'
  }
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t'
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** No object or array of a data file may be larger (facts A4). */
export const maxDocumentBytes = 4 * 1024 * 1024

/** What a reader tells of a file. `line` is the last line of the object, from 1 on (facts G). */
export interface DocumentHandler {
  document(value: Json, source: string, line: number): void
  /** @param position of the wrong character in `source` */
  fault(reason: string, source: string, line: number, position: number): void
  /** Nothing more is to be read. */
  readonly done: boolean
}

/**
 * Reads the objects and arrays of a data file, with white space or nothing between them (facts A4).
 * What stands between them otherwise is a fault, and reading goes on: behind a comma or a bracket;
 * else in the next line; behind an object over many lines, at a line that begins with { or [.
 */
export class DocumentReader {
  /** Lines read so far. */
  lines = 0
  #decoder = new Utf8Decoder()
  #text = ''
  #at = 0
  #scanner: JsonScanner | undefined
  #oversize = false
  #skip: 'line' | 'lines' | 'to object' | undefined
  #openLine = false
  #noWholeLineBefore = 0

  constructor(
    readonly handler: DocumentHandler,
    private skipLines = 0,
  ) {}

  /** Whether the next byte is the first of a line, and nothing that was read has an open end. */
  get isBetweenLines(): boolean {
    const hasOpenEnd = this.#openLine || this.#scanner !== undefined || this.#skip !== undefined
    return !hasOpenEnd && this.skipLines === 0 && this.#at === this.#text.length
  }

  push(bytes: Buffer): void {
    if (bytes.length === 0) return
    this.#openLine = bytes.at(-1) !== 0x0a
    this.#append(this.#decoder.decode(bytes))
  }

  /** Call once, after the last bytes. */
  end(): void {
    this.#append(this.#decoder.end())
    if (this.#scanner && !this.handler.done)
      this.#fault('Object is not complete at the end of the file', this.#text.length)
    if (this.#openLine) this.lines++
  }

  #append(text: string) {
    this.#text = this.#at < this.#text.length ? this.#text.slice(this.#at) + text : text
    if (this.#scanner) this.#scanner.position -= this.#at
    this.#at = 0
    this.#noWholeLineBefore = 0
    while (!this.handler.done && this.#step());
  }

  // One object, stray token or skipped line; false where more text is needed.
  #step(): boolean {
    if (this.#scanner) return this.#scan(this.#scanner)
    if (this.skipLines > 0) return this.#skipLine() && this.skipLines-- > 0
    if (this.#skip && !this.#skipOn()) return false
    this.#skipSpace()
    if (this.#at === this.#text.length) return false
    const first = this.#text[this.#at]!
    if (first !== '{' && first !== '[') return this.#stray(first)
    if (!this.#parseLine()) this.#scanner = new JsonScanner(this.#at)
    return true
  }

  // Most files have one object a line: no need to look for its end.
  #parseLine(): boolean {
    if (this.#at < this.#noWholeLineBefore) return false
    const end = this.#text.indexOf('\n', this.#at)
    if (end !== -1) {
      const source = this.#text.slice(this.#at, end)
      const value = source.length > maxDocumentBytes / 3 ? undefined : parse(source)
      if (value !== undefined) {
        this.#at = end
        // What ends the line, be it CRLF, is no part of the object.
        this.handler.document(value, source.trimEnd(), this.lines + 1)
        return true
      }
    }
    this.#noWholeLineBefore = end === -1 ? this.#text.length : end
    return false
  }

  #scan(scanner: JsonScanner): boolean {
    const found = scanner.scan(this.#text)
    if (found === 'more') return this.#wait(scanner)
    if (found === 'fault') return this.#recover(scanner.position)
    const source = this.#text.slice(this.#at, scanner.position)
    if (this.#oversize || Buffer.byteLength(source) > maxDocumentBytes) {
      this.#fault(`Object exceeds the maximum size of ${maxDocumentBytes} bytes`, scanner.position)
      return true
    }
    const value = parse(source)
    if (value === undefined) this.#fault('Invalid value.', scanner.position)
    else {
      this.#advance(scanner.position)
      this.handler.document(value, source, this.lines + 1)
    }
    return true
  }

  // Of an object that is too large only its beginning is kept, for the log.
  #wait(scanner: JsonScanner): boolean {
    if (scanner.position - this.#at > maxDocumentBytes) this.#oversize = true
    if (this.#oversize) {
      const kept = this.#at + 1024
      this.lines += lineEnds(this.#text.slice(kept, scanner.position))
      this.#text = this.#text.slice(this.#at, kept) + this.#text.slice(scanner.position)
      scanner.position = kept - this.#at
      this.#at = 0
    }
    return false
  }

  #recover(wrong: number): boolean {
    const before = this.#text.slice(this.#at, wrong)
    const lineStart = before.lastIndexOf('\n') + 1
    const opens = this.#text[wrong] === '{' || this.#text[wrong] === '['
    if (lineStart > 0 && opens && before.slice(lineStart).trim() === '') {
      this.#fault('Invalid value.', wrong, this.#at + lineStart)
    } else {
      this.#fault('Invalid value.', wrong)
      this.#skip = lineStart > 0 ? 'lines' : 'line'
    }
    return true
  }

  #fault(reason: string, wrong: number, resume = wrong) {
    const lineEnd = this.#text.indexOf('\n', wrong)
    const source = this.#text.slice(this.#at, lineEnd === -1 ? undefined : lineEnd)
    const line = this.lines + 1 + lineEnds(this.#text.slice(this.#at, wrong))
    const position = wrong - this.#at
    this.#advance(resume)
    this.handler.fault(reason, source, line, position)
  }

  #stray(first: string): boolean {
    const punctuation = ',]}'.includes(first)
    this.#fault('Invalid value.', this.#at, punctuation ? this.#at + 1 : this.#at)
    if (!punctuation) this.#skip = 'line'
    return true
  }

  #skipOn(): boolean {
    while (this.#skip) {
      if (this.#skip === 'to object') {
        if (this.#at === this.#text.length) return false
        this.#skip = /[{[]/.test(this.#text[this.#at]!) ? undefined : 'lines'
      } else {
        if (!this.#skipLine()) return false
        this.#skip = this.#skip === 'lines' ? 'to object' : undefined
      }
    }
    return true
  }

  #skipLine(): boolean {
    const end = this.#text.indexOf('\n', this.#at)
    this.#advance(end === -1 ? this.#text.length : end + 1)
    return end !== -1
  }

  #skipSpace() {
    while (this.#at < this.#text.length) {
      const code = this.#text.charCodeAt(this.#at)
      if (code === 0x0a) this.lines++
      else if (code !== 0x20 && code !== 0x0d && code !== 0x09) return
      this.#at++
    }
  }

  // Ends the object at hand, too.
  #advance(to: number) {
    this.lines += lineEnds(this.#text.slice(this.#at, to))
    this.#at = to
    this.#scanner = undefined
    this.#oversize = false
  }
}

function parse(source: string): Json | undefined {
  try {
    return JSON.parse(source) as Json
  } catch {
    return undefined
  }
}

function lineEnds(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++
  return count
}
