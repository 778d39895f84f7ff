import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { ObjectStore } from '../../object-store/store'
import type { ResultColumn } from '../dialect/parse'
import { schemaOf } from './columns'

/** A file that UNLOAD wrote. */
export interface UnloadedFile {
  url: string
  slice: number
  /** Of the file, its header included. */
  lines: number
  size: number
  startTime: Date
  endTime: Date
}

/** An object that is written piece by piece, of which the store holds little. */
export class UnloadFile {
  /** Bytes that the store has taken. */
  size = 0
  lines = 0
  readonly startTime = new Date()
  endTime = this.startTime
  readonly #done: Promise<void>
  #piece: Buffer | undefined
  #isOver = false
  #failure: { error: unknown } | undefined
  /** Goes on when there is a piece, or no further one. */
  #wake: () => void = () => {}
  /** Goes on when the piece was taken. */
  #taken: () => void = () => {}

  constructor(
    readonly url: string,
    store: ObjectStore,
    isGzip: boolean,
  ) {
    const pieces = this.#pieces()
    this.#done = store.put(url, this.#counted(isGzip ? gzip(pieces) : pieces))
    this.#done.catch(() => {}).finally(() => this.#taken())
  }

  /** Waits while the store does not keep up. @throws what the store does */
  async write(piece: Buffer, lines: number): Promise<void> {
    const isTaken = new Promise<void>((resolve) => (this.#taken = resolve))
    this.lines += lines
    this.#piece = piece
    this.#wake()
    await Promise.race([isTaken, this.#done])
  }

  /** Done when the object is there. */
  async close(): Promise<void> {
    this.#isOver = true
    this.#wake()
    await this.#done
    this.endTime = new Date()
  }

  /** Nothing of it is kept. Never throws. */
  async discard(error: unknown): Promise<void> {
    this.#failure = { error }
    this.#wake()
    await this.#done.catch(() => {})
  }

  async *#pieces(): AsyncGenerator<Buffer> {
    for (;;) {
      if (this.#failure) throw this.#failure.error
      const piece = this.#piece
      this.#piece = undefined
      if (piece) {
        yield piece
        continue
      }
      if (this.#isOver) return
      this.#taken()
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  async *#counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.size += chunk.length
      yield chunk
    }
  }
}

async function* gzip(pieces: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const zip = createGzip({ chunkSize: 64 * 1024 })
  // Its end and its errors come out of the iteration.
  pipeline(Readable.from(pieces), zip, () => undefined)
  try {
    for await (const chunk of zip) yield chunk as Buffer
  } finally {
    zip.destroy()
  }
}

/**
 * The manifest of an UNLOAD, which COPY takes.
 * @param columns of the files, where it is to be verbose
 */
export function manifestOf(files: UnloadedFile[], columns?: ResultColumn[]): string {
  const entries = files.map(({ url, size, lines }) => ({
    url,
    ...(columns && { meta: { content_length: size, record_count: lines } }),
  }))
  if (!columns) return JSON.stringify({ entries }, null, 2) + '\n'
  const meta = {
    content_length: sum(files.map(({ size }) => size)),
    record_count: sum(files.map(({ lines }) => lines)),
  }
  const author = { name: 'Amazon Redshift', version: '1.0.0' }
  const schema = { elements: columns.map(schemaOf) }
  return JSON.stringify({ entries, schema, meta, author }, null, 2) + '\n'
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
