/** A JSON object or array of a data file, or a line that is neither. */
export interface FileRecord {
  /** Undefined where it is not JSON. */
  value: unknown
  /** As it is written; only the beginning of one that is too large. */
  text: string
  bytes: number
  /** Its last line, from 1 on. */
  line: number
  /** False where the file ends within it. */
  isWhole: boolean
}

/** COPY takes no larger object or array (Redshift's limit). */
export const mostRecordBytes = 4 * 1024 * 1024

/** Cuts the text of a data file into its records, holding one record at most. */
export class RecordSplitter {
  #line = 1
  #text = ''
  #bytes = 0
  #depth = 0
  #inString = false
  #escaped = false
  #stray = false

  get #isOutside(): boolean {
    return this.#depth === 0 && !this.#stray
  }

  /** The records that end in this piece of the text. */
  *push(piece: string): Generator<FileRecord> {
    let start = 0
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at)
      if (this.#isOutside && !this.#begin(code)) {
        start = at + 1
      } else if (this.#endsAt(code)) {
        this.#keep(piece.slice(start, this.#stray ? at : at + 1))
        yield this.#take(true)
        start = at + 1
      }
      if (code === newline) this.#line++
    }
    if (!this.#isOutside) this.#keep(piece.slice(start))
  }

  /** The record that the file ends within, if any. */
  *end(): Generator<FileRecord> {
    if (!this.#isOutside) yield this.#take(this.#stray)
  }

  // False for white space.
  #begin(code: number): boolean {
    if (code <= 0x20) return false
    this.#stray = code !== 0x7b && code !== 0x5b
    return true
  }

  #endsAt(code: number): boolean {
    if (this.#stray) return code === newline
    if (this.#escaped) this.#escaped = false
    else if (code === 0x5c) this.#escaped = this.#inString
    else if (code === 0x22) this.#inString = !this.#inString
    else if (!this.#inString && (code === 0x7b || code === 0x5b)) this.#depth++
    else if (!this.#inString && (code === 0x7d || code === 0x5d)) return --this.#depth === 0
    return false
  }

  #keep(text: string) {
    this.#bytes += Buffer.byteLength(text)
    const isTooLarge = this.#bytes > mostRecordBytes
    this.#text = isTooLarge ? (this.#text + text).slice(0, 1024) : this.#text + text
  }

  #take(isWhole: boolean): FileRecord {
    const [text, bytes] = [this.#text, this.#bytes]
    this.#text = ''
    this.#bytes = 0
    this.#depth = 0
    this.#stray = this.#inString = this.#escaped = false
    return { value: parse(text), text, bytes, line: this.#line, isWhole }
  }
}

const newline = 0x0a

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
