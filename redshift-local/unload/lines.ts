/** A buffer of lines is passed on when it holds so many bytes. */
const fullAt = 64 * 1024

/** Gathers the lines of one file. */
export class Lines {
  #bytes = Buffer.allocUnsafe(1024)
  #end = 0
  /** Since the last `take`. */
  count = 0

  get isFull(): boolean {
    return this.#end >= fullAt
  }

  get length(): number {
    return this.#end
  }

  /** What there is, until the next change. */
  get bytes(): Buffer {
    return this.#bytes.subarray(0, this.#end)
  }

  /** What there is, which is the caller's from now on. */
  take(): Buffer {
    const taken = this.bytes
    this.#bytes = Buffer.allocUnsafe(this.#bytes.length)
    this.#end = 0
    this.count = 0
    return taken
  }

  byte(byte: number): void {
    this.#need(1)
    this.#bytes[this.#end++] = byte
  }

  endLine(): void {
    this.byte(0x0a)
    this.count++
  }

  copy(from: Buffer, start: number, end: number): void {
    const length = end - start
    this.#need(length)
    if (length > 32) from.copy(this.#bytes, this.#end, start, end)
    else for (let at = 0; at < length; at++) this.#bytes[this.#end + at] = from[start + at]!
    this.#end += length
  }

  /** With a mark before each byte that `marked` names. */
  marked(from: Buffer, start: number, end: number, marked: Uint8Array, mark: number): void {
    this.#need(2 * (end - start))
    for (let at = start; at < end; at++) {
      const byte = from[at]!
      if (marked[byte] === 1) this.#bytes[this.#end++] = mark
      this.#bytes[this.#end++] = byte
    }
  }

  /** With quotation marks around it, and those within doubled. */
  quoted(from: Buffer, start: number, end: number, quote: number): void {
    this.#need(2 * (end - start) + 2)
    this.#bytes[this.#end++] = quote
    for (let at = start; at < end; at++) {
      const byte = from[at]!
      if (byte === quote) this.#bytes[this.#end++] = quote
      this.#bytes[this.#end++] = byte
    }
    this.#bytes[this.#end++] = quote
  }

  #need(bytes: number): void {
    const needed = this.#end + bytes
    if (needed <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.#bytes.length))
    this.#bytes.copy(larger, 0, 0, this.#end)
    this.#bytes = larger
  }
}
