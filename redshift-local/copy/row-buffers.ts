/** A buffer with so many bytes is complete. */
const fullAt = 64 * 1024

/** A row at hand may be longer by so much than the buffer is when it is complete. */
export const roomBehind = 128 * 1024

/** Gathers rows into buffers of about 64 kB, never a part of a row, and uses them again. */
export class RowBuffers {
  /** The one at hand: whoever writes into it moves `end`. At least `roomBehind` is left in it. */
  bytes = newBuffer()
  end = 0
  #complete: Buffer[] = []
  readonly #free: Buffer[] = []

  add(row: string): void {
    if (row.length * 3 > roomBehind) this.#addLong(row)
    else this.end += this.bytes.write(row, this.end)
    this.turn()
  }

  /** Goes on to another buffer when the one at hand is complete. */
  turn(): void {
    if (this.end >= fullAt) this.#close()
  }

  /** The complete buffers since the last call. */
  take(): Buffer[] {
    const complete = this.#complete
    if (complete.length > 0) this.#complete = []
    return complete
  }

  /** What is left at the end. */
  takeRest(): Buffer[] {
    if (this.end > 0) this.#close()
    return this.take()
  }

  /** Gives back a buffer that was taken: its bytes may change from now on. */
  release(rows: Buffer): void {
    if (rows.buffer.byteLength === fullAt + roomBehind) this.#free.push(Buffer.from(rows.buffer))
  }

  #addLong(row: string) {
    if (this.end > 0) this.#close()
    this.#complete.push(Buffer.from(row))
  }

  #close() {
    this.#complete.push(this.bytes.subarray(0, this.end))
    this.bytes = this.#free.pop() ?? newBuffer()
    this.end = 0
  }
}

function newBuffer(): Buffer {
  return Buffer.allocUnsafeSlow(fullAt + roomBehind)
}
