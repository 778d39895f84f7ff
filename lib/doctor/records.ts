import { Readable, pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { type FileRecord, RecordSplitter } from './record-splitter'
import { placeOf } from '../settings'
import type { Buckets } from './stored-text'

/** The records of a data file, one at a time; none where there is no such file. GZIP is unpacked. */
export async function* recordsOf(buckets: Buckets, url: string): AsyncGenerator<FileRecord> {
  const [bucket, key] = placeOf(url)
  const object = await buckets.open(bucket, key)
  if (!object) return
  const splitter = new RecordSplitter()
  const decoder = new TextDecoder()
  try {
    for await (const chunk of unpacked(object.chunks)) {
      yield* splitter.push(decoder.decode(chunk, { stream: true }))
    }
    yield* splitter.end()
  } finally {
    await object.close()
  }
}

/** The record of a file whose last line is `line`; undefined where no such record can be read. */
export async function recordAt(
  buckets: Buckets,
  url: string,
  line: number,
): Promise<FileRecord | undefined> {
  for await (const record of recordsOf(buckets, url)) if (record.line >= line) return record
  return undefined
}

/** The first records of a few files, with the files that they are of. */
export async function sampleOf(
  buckets: Buckets,
  urls: string[],
  { files, records }: { files: number; records: number },
): Promise<(FileRecord & { url: string })[]> {
  const sample: (FileRecord & { url: string })[] = []
  for (const url of urls.slice(0, files)) {
    let taken = 0
    for await (const record of recordsOf(buckets, url)) {
      sample.push({ ...record, url })
      if (++taken === records) break
    }
  }
  return sample
}

async function* unpacked(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const iterator = chunks[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done) return
  const rest = prepended(first.value, iterator)
  if (!isGzip(first.value)) {
    yield* rest
    return
  }
  const unzip = createGunzip()
  // Its errors come out of the iteration.
  pipeline(Readable.from(rest), unzip, () => undefined)
  try {
    for await (const chunk of unzip) yield chunk as Buffer
  } finally {
    unzip.destroy()
  }
}

async function* prepended(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}

/** True where bytes begin as GZIP does. */
export function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}
