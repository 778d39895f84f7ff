import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { SqlError } from '../errors'

/**
 * The bytes that were compressed; none for an empty file.
 * @throws SqlError where the file is not GZIP, or ends too early
 */
export async function* gunzip(chunks: AsyncIterable<Buffer>, url: string): AsyncGenerator<Buffer> {
  const unzip = createGunzip({ chunkSize: 256 * 1024 })
  const input = { bytes: 0 }
  const source = Readable.from(counted(chunks, input))
  // Its end and its errors come out of the iteration.
  pipeline(source, unzip, () => undefined)
  try {
    for await (const chunk of unzip) yield chunk as Buffer
  } catch (error) {
    if (!isZlibError(error)) throw error
    if (input.bytes > 0)
      throw new SqlError('XX000', `${url} is not a valid GZIP file: ${error.message}`)
  } finally {
    source.destroy()
    unzip.destroy()
  }
}

async function* counted(chunks: AsyncIterable<Buffer>, input: { bytes: number }) {
  for await (const chunk of chunks) {
    input.bytes += chunk.length
    yield chunk
  }
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}
