import { pipeline, Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { SqlError } from '../errors'
import { bunzip2, InvalidBzip2 } from './bzip2'
import type { CopyOptions } from './options'

type Chunks = AsyncIterable<Buffer>

/** What a COPY says of how its files are stored. */
export type Storage = Pick<CopyOptions, 'compression' | 'encoding'>

/** True where the bytes of a file are not its text in UTF-8 as they are. */
export function isPacked({ compression, encoding }: Storage): boolean {
  return compression !== undefined || encoding !== undefined
}

/**
 * The bytes of a file in UTF-8, as they were before they were compressed.
 * @throws SqlError where it is not what it is said to be, or ends too early
 */
export function plainBytes(
  chunks: Chunks,
  { compression, encoding }: Storage,
  url: string,
): Chunks {
  const bytes =
    compression === 'gzip'
      ? gunzip(chunks, url)
      : compression === 'bzip2'
        ? unpackBzip2(chunks, url)
        : chunks
  return encoding ? inUtf8(bytes, encoding, url) : bytes
}

// None for an empty file.
async function* gunzip(chunks: Chunks, url: string): AsyncGenerator<Buffer> {
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

async function* counted(chunks: Chunks, input: { bytes: number }) {
  for await (const chunk of chunks) {
    input.bytes += chunk.length
    yield chunk
  }
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
}

async function* unpackBzip2(chunks: Chunks, url: string): AsyncGenerator<Buffer> {
  try {
    yield* bunzip2(chunks)
  } catch (error) {
    if (!(error instanceof InvalidBzip2)) throw error
    throw new SqlError('XX000', `${url} is not a valid BZIP2 file: ${error.message}`)
  }
}

/** Facts A9: UTF16 needs a byte order mark, the other two need none. */
async function* inUtf8(
  chunks: Chunks,
  encoding: NonNullable<Storage['encoding']>,
  url: string,
): AsyncGenerator<Buffer> {
  const differs = new SqlError('XX000', `The encoding of ${url} is not ${encoding.toUpperCase()}`)
  let decoder: InstanceType<typeof TextDecoder> | undefined
  let mark: Buffer = Buffer.alloc(0)
  try {
    for await (const chunk of chunks) {
      let bytes = chunk
      if (!decoder) {
        bytes = mark = Buffer.concat([mark, chunk])
        if (mark.length < 2) continue
        const name = encoding === 'utf16' ? markedName(mark) : names[encoding]
        if (!name) throw differs
        decoder = new TextDecoder(name, { fatal: true })
      }
      const text = decoder.decode(bytes, { stream: true })
      if (text) yield Buffer.from(text)
    }
    if (!decoder && mark.length > 0) throw differs
    decoder?.decode()
  } catch (error) {
    throw error instanceof TypeError ? differs : error
  }
}

const names = { utf16le: 'utf-16le', utf16be: 'utf-16be' }

function markedName(mark: Buffer): string | undefined {
  const first = mark.readUInt16BE()
  return first === 0xfffe ? names.utf16le : first === 0xfeff ? names.utf16be : undefined
}
