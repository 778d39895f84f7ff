import { Readable, pipeline } from 'node:stream'
import { createGzip } from 'node:zlib'

export const level = 6

const batchBytes = 256 * 1024

/** The bytes as one gzip stream; its header carries no time, so that the same bytes give the same. */
export async function* gzip(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
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
    yield Buffer.concat(batch, length)
    batch = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(batch, length)
}
