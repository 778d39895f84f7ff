const batchCharacters = 64 * 1024

/** Gathers rows into buffers of about 64 kB. */
export class RowBatches {
  #rows = ''
  #batches: Buffer[] = []

  add(row: string): void {
    this.#rows += row
    if (this.#rows.length >= batchCharacters) this.#close()
  }

  /** The full batches since the last call. */
  take(): Buffer[] {
    const batches = this.#batches
    this.#batches = []
    return batches
  }

  /** What is left at the end. */
  takeRest(): Buffer[] {
    if (this.#rows !== '') this.#close()
    return this.take()
  }

  #close() {
    this.#batches.push(Buffer.from(this.#rows))
    this.#rows = ''
  }
}
