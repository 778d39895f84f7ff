import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { readChunks } from '../../object-store/index'
import type { ObjectStore } from '../../object-store/store'

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

/** The record of a file whose last line is `line`; undefined where no such record can be read. */
export async function recordAt(
  store: ObjectStore,
  url: string,
  line: number,
): Promise<FileRecord | undefined> {
  for await (const record of recordsOf(store, url)) if (record.line >= line) return record
  return undefined
}

/** The first records of a few files, with the files that they are of. */
export async function sampleOf(
  store: ObjectStore,
  urls: string[],
  { files, records }: { files: number; records: number },
): Promise<(FileRecord & { url: string })[]> {
  const sample: (FileRecord & { url: string })[] = []
  for (const url of urls.slice(0, files)) {
    let taken = 0
    for await (const record of recordsOf(store, url)) {
      sample.push({ ...record, url })
      if (++taken === records) break
    }
  }
  return sample
}

/** The records of a data file, one at a time; none where there is no such file. GZIP is unpacked. */
function recordsOf(store: ObjectStore, url: string): AsyncGenerator<FileRecord> {
  return recordsIn(readChunks(store, url))
}

/** The records in the bytes of a data file. GZIP is unpacked. */
export async function* recordsIn(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
): AsyncGenerator<FileRecord> {
  const splitter = new RecordSplitter()
  const decoder = new TextDecoder()
  for await (const chunk of unpacked(chunks)) {
    yield* splitter.push(decoder.decode(chunk, { stream: true }))
  }
  yield* splitter.end()
}

async function* unpacked(chunks: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<Buffer> {
  const bytes = (async function* () {
    yield* chunks
  })()
  try {
    const first = await bytes.next()
    if (first.done) return
    const whole = prepended(first.value, bytes)
    yield* isGzip(first.value) ? gunzip(whole) : whole
  } finally {
    await bytes.return()
  }
}

async function* prepended(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

async function* gunzip(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const unzip = createGunzip()
  // Its errors come out of the iteration.
  pipeline(Readable.from(chunks), unzip, () => undefined)
  try {
    for await (const chunk of unzip) yield chunk as Buffer
  } finally {
    unzip.destroy()
  }
}

/** True where bytes begin as GZIP does. */
function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
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

/** The key among those of a record that was meant for a column: alike but for case and underscores. */
export function keyMeant(column: string, keys: string[]): string | undefined {
  return keys.find((key) => key === column) ?? keys.find((key) => plain(key) === plain(column))
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
}

/** The keys of a record; none where it is no object. */
export function keysOf(record: unknown): string[] {
  const isObject = typeof record === 'object' && record !== null && !Array.isArray(record)
  return isObject ? Object.keys(record) : []
}

/** True for a value that COPY would store. */
export function isValue(value: unknown): boolean {
  return value !== undefined && value !== null && !/^\s*$/.test(textOf(value))
}

/** A value as the file has it, a string without its quotes. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
