import { type DocumentHandler, DocumentReader } from '../json/documents'
import type { RowBuffers } from '../row-buffers'
import { type LineEncoder, mostBytesAtOnce } from './encoder'

const lineFeed = 0x0a

/** What a LineReader tells of a file. */
export interface LineHandler extends DocumentHandler {
  /** So many rows went straight into the buffers. */
  took(rows: number): void
}

/**
 * Reads a data file as a DocumentReader does, with the same outcome: plain lines go through a
 * LineEncoder, which is faster, and whatever it leaves through a DocumentReader.
 */
export class LineReader {
  /** Lines read so far. */
  lines = 0
  readonly #documents: DocumentReader
  /** So many bytes of a line that goes on are in the encoder's `pieces`. */
  #held = 0
  /** The DocumentReader gets so many bytes at least: more and more until there is a plain line again. */
  #stretch = 0

  constructor(
    readonly handler: LineHandler,
    readonly encoder: LineEncoder,
    readonly rows: RowBuffers,
    skipLines: number,
  ) {
    this.#documents = new DocumentReader(handler, skipLines)
  }

  push(bytes: Buffer): void {
    const begin = this.#held > 0 ? this.#join(bytes) : 0
    const end = Math.max(begin, bytes.lastIndexOf(lineFeed) + 1)
    this.#readLines(bytes.subarray(begin, end))
    if (end < bytes.length && !this.handler.done) this.#hold(bytes.subarray(end))
  }

  /** Call once, after the last bytes. */
  end(): void {
    if (this.#held > 0) {
      const line = this.#release()
      if (this.#documents.isBetweenLines && this.#takeLast(line.length)) return
      this.#read(line)
      if (this.handler.done) return
    }
    this.#documents.lines = this.lines
    this.#documents.end()
    this.lines = this.#documents.lines
  }

  // The end of a line whose beginning is held; behind it the bytes go on.
  #join(bytes: Buffer): number {
    const end = bytes.indexOf(lineFeed) + 1 || bytes.length
    this.#hold(bytes.subarray(0, end))
    if (this.#held > 0 && bytes[end - 1] === lineFeed) this.#readLines(this.#release())
    return end
  }

  #hold(bytes: Buffer) {
    if (this.#held + bytes.length <= this.encoder.pieces.length) {
      this.encoder.pieces.set(bytes, this.#held)
      this.#held += bytes.length
      return
    }
    if (this.#held > 0) this.#read(this.#release())
    this.#read(bytes)
  }

  #release(): Buffer {
    const held = this.encoder.pieces.subarray(0, this.#held)
    this.#held = 0
    return held
  }

  // Whole lines, each by the reader that it is for.
  #readLines(bytes: Buffer) {
    let at = 0
    while (at < bytes.length && !this.handler.done) {
      if (this.#documents.isBetweenLines) {
        const to = linesEnd(bytes, at)
        const taken = to > at ? this.#take(bytes, at, to) : at
        if (taken > at) {
          this.#stretch = 0
          at = taken
          if (at === to) continue
        }
      }
      at = this.#readSome(bytes, at)
    }
  }

  #take(bytes: Buffer, from: number, to: number): number {
    const end = this.encoder.take(bytes, from, to, this.rows)
    this.lines += this.encoder.lines
    this.handler.took(this.encoder.rows)
    return end
  }

  // A file need not end in a line feed.
  #takeLast(length: number): boolean {
    if (length === this.encoder.pieces.length) return false
    this.encoder.pieces[length] = lineFeed
    return this.#take(this.encoder.pieces, 0, length + 1) > 0
  }

  #readSome(bytes: Buffer, from: number): number {
    const end = bytes.indexOf(lineFeed, from + this.#stretch) + 1 || bytes.length
    this.#stretch = Math.max(1024, 2 * this.#stretch)
    this.#read(bytes.subarray(from, end))
    return end
  }

  #read(bytes: Buffer) {
    this.#documents.lines = this.lines
    this.#documents.push(bytes)
    this.lines = this.#documents.lines
  }
}

// As many lines as are taken at once; none where the first is too long.
function linesEnd(bytes: Buffer, from: number): number {
  if (bytes.length - from <= mostBytesAtOnce) return bytes.length
  const last = bytes.lastIndexOf(lineFeed, from + mostBytesAtOnce - 1)
  return last < from ? from : last + 1
}
