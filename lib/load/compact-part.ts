import { pipeline, Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import { type Piece, readObjects } from '../../object-store/read-objects'
import type { FoundObject, ObjectStore } from '../../object-store/store'
import type { StoredFile } from '../../sources/source'
import { DataRefused } from '../warehouse/errors'
import { type Provenance, type Segment, writeProvenance } from './provenance'

const newlineByte = 0x0a

/** Originals that end within an object: behind them, what follows would be taken for a part of it. */
export class UnterminatedJson extends Error {
  override name = 'UnterminatedJson'

  constructor(readonly originals: StoredFile[]) {
    super(`${originals.map(({ url }) => url).join(', ')} end within an object`)
  }
}

const newline = Buffer.of(newlineByte)

/**
 * Writes a part, and then what it is made of, so that a part without that is no part.
 * @throws UnterminatedJson, and then there is no part, where an original that is not the last ends within an
 * object; DataRefused where an original is not the one that was listed
 */
export async function writePart(
  store: ObjectStore,
  url: string,
  files: StoredFile[],
  signal?: AbortSignal,
): Promise<Provenance> {
  const joined = new JoinedOriginals(readOriginals(store, files, signal))
  const counted = new Counted(gzip(joined.bytes()))
  await store.put(url, counted)
  const provenance = { part: url, bytes: counted.bytes, originals: joined.segments }
  await writeProvenance(store, provenance)
  return provenance
}

/** The bytes of originals, one behind the other, never two on one line. */
class JoinedOriginals {
  readonly segments: Segment[] = []
  #line = 1
  #needsNewline = false
  #open: StoredFile[] = []
  /** Of the original that is being read. */
  #end = new JsonBoundary()
  #bytes = 0

  constructor(private readonly originals: AsyncIterable<Piece<StoredFile>[]>) {}

  async *bytes(): AsyncGenerator<Buffer> {
    for await (const batch of this.originals) for (const piece of batch) yield* this.#take(piece)
    const inside = this.#open.filter(({ url }) => url !== this.segments.at(-1)?.url)
    if (inside.length > 0) throw new UnterminatedJson(inside)
  }

  *#take({ item: file, bytes, last }: Piece<StoredFile>): Generator<Buffer> {
    this.#bytes += bytes.length
    if (bytes.length > 0) {
      if (this.#end.last === undefined && this.#needsNewline) yield newline
      this.#end.push(bytes)
      yield bytes
    }
    if (last) this.#finish(file)
  }

  #finish(file: StoredFile): void {
    const [end, bytes] = [this.#end, this.#bytes]
    if (bytes !== file.size) throw changed(file, `it gave ${bytes} bytes`)
    if (end.last !== undefined) this.#needsNewline = end.last !== newlineByte
    if (end.isOpen) this.#open.push(file)
    this.segments.push({ ...file, first: this.#line, lines: end.lines })
    this.#line += end.lines
    this.#end = new JsonBoundary()
    this.#bytes = 0
  }
}

class Counted {
  bytes = 0

  constructor(private readonly chunks: AsyncIterable<Buffer>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    for await (const chunk of this.chunks) {
      this.bytes += chunk.length
      yield chunk
    }
  }
}

/**
 * The files in their order, the next few of them under way.
 * @throws DataRefused where a file is not the one that was listed
 */
function readOriginals(
  store: ObjectStore,
  files: StoredFile[],
  signal?: AbortSignal,
): AsyncGenerator<Piece<StoredFile>[]> {
  const check = (object: FoundObject | undefined, file: StoredFile) => {
    if (!object) {
      const what = 'was listed and no longer exists'
      const findings = [{ what, file: file.url, remedy: again }]
      throw new DataRefused(`${file.url} ${what}. ${again}`, { findings })
    }
    if (object.etag !== undefined && file.etag !== '' && object.etag !== file.etag)
      throw changed(file, `its etag is ${object.etag}`)
  }
  return readObjects(store, [files], { signal, check, etags: true })
}

const again = 'Nothing was taken from it: run the same command again.'

function changed({ url, etag, size }: StoredFile, found: string): DataRefused {
  return new DataRefused(
    `${url} changed while it was to be compacted: it was listed with etag ${etag} and ` +
      `${size} bytes, and ${found}. ${again}`,
    { findings: [{ what: 'changed while it was to be compacted', file: url, remedy: again }] },
  )
}

export const level = 6

const batchBytes = 256 * 1024

/** The bytes as one gzip stream; its header carries no time, so that the same bytes give the same. */
async function* gzip(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const source = Readable.from(inBatches(bytes))
  const zip = createGzip({ level, chunkSize: batchBytes })
  // Its end and its errors come out of the iteration.
  pipeline(source, zip, () => undefined)
  try {
    for await (const chunk of zip) yield chunk as Buffer
  } finally {
    source.destroy()
    zip.destroy()
  }
}

// Each write to zlib is a trip to another thread, too long a trip for 200 bytes.
async function* inBatches(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let batch: Buffer[] = []
  let length = 0
  for await (const chunk of bytes) {
    batch.push(chunk)
    length += chunk.length
    if (length < batchBytes) continue
    yield batch.length === 1 ? batch[0]! : Buffer.concat(batch, length)
    batch = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(batch, length)
}

const quote = 0x22
const backslash = 0x5c

/** How much deeper a byte outside a string leads. */
const deeper = new Int8Array(256)
for (const opener of '{[') deeper[opener.charCodeAt(0)] = 1
for (const closer of '}]') deeper[closer.charCodeAt(0)] = -1

/** Follows the bytes of a JSON file: its lines, and whether it ends where an object ends. */
export class JsonBoundary {
  /** The last byte; undefined before the first one. */
  last: number | undefined
  #newlines = 0
  #depth = 0
  #inString = false
  #escaped = false

  /** The last one counts without a newline, too. */
  get lines(): number {
    return this.#newlines + (this.last === undefined || this.last === newlineByte ? 0 : 1)
  }

  /** Within an object or a string: what follows would be taken for a part of it. */
  get isOpen(): boolean {
    return this.#depth > 0 || this.#inString
  }

  push(bytes: Buffer): void {
    let at = 0
    while (at < bytes.length) at = this.#inString ? this.#string(bytes, at) : this.#rest(bytes, at)
    this.last = bytes.at(-1) ?? this.last
  }

  /** Reads on to the end of a string. @returns where to go on */
  #string(bytes: Buffer, from: number): number {
    let at = from
    let newlines = 0
    let escaped = this.#escaped
    for (; at < bytes.length; at++) {
      const byte = bytes[at]!
      if (byte === newlineByte) newlines++
      if (escaped) escaped = false
      else if (byte === backslash) escaped = true
      else if (byte === quote) break
    }
    this.#newlines += newlines
    this.#escaped = escaped
    this.#inString = at === bytes.length
    return at + 1
  }

  /** Reads on to the beginning of a string. @returns where to go on */
  #rest(bytes: Buffer, from: number): number {
    let at = from
    let depth = this.#depth
    let newlines = 0
    for (; at < bytes.length; at++) {
      const byte = bytes[at]!
      if (byte === quote) break
      if (byte === newlineByte) newlines++
      depth = Math.max(0, depth + deeper[byte]!)
    }
    this.#newlines += newlines
    this.#depth = depth
    this.#inString = at < bytes.length
    return at + 1
  }
}
