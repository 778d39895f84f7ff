import { DataRefused } from '../errors'
import type { StoredFile } from '../load/ledger'
import { type Buckets } from './buckets'
import { placeOf } from '../settings'

/** Larger originals are streamed when their turn comes; smaller ones are fetched ahead as a whole. */
const smallBytes = 1024 * 1024
const ahead = 16

/** A file that is to go into a part, and its bytes. */
export interface Original {
  file: StoredFile
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>
}

/**
 * The files in their order, the next few of them under way.
 * @throws DataRefused, also out of `chunks`, where a file is not the one that was listed
 */
export async function* readOriginals(
  buckets: Buckets,
  files: StoredFile[],
  signal?: AbortSignal,
): AsyncGenerator<Original> {
  const started: Promise<Original>[] = []
  try {
    for (let next = 0; next < files.length || started.length > 0;) {
      signal?.throwIfAborted()
      while (next < files.length && started.length < ahead)
        started.push(begin(buckets, files[next++]!, signal))
      yield await started.shift()!
    }
  } finally {
    await Promise.allSettled(started)
  }
}

// A failure is told when its turn comes, and is no unhandled rejection until then.
function begin(buckets: Buckets, file: StoredFile, signal?: AbortSignal): Promise<Original> {
  const chunks = streamed(buckets, file, signal)
  if (file.size > smallBytes) return Promise.resolve({ file, chunks })
  const fetched = fetchAll(chunks).then((all) => ({ file, chunks: all }))
  fetched.catch(() => undefined)
  return fetched
}

async function fetchAll(chunks: AsyncIterable<Buffer>): Promise<Buffer[]> {
  const all: Buffer[] = []
  for await (const chunk of chunks) all.push(chunk)
  return all
}

async function* streamed(
  buckets: Buckets,
  file: StoredFile,
  signal?: AbortSignal,
): AsyncGenerator<Buffer> {
  const object = await buckets.open(...placeOf(file.url), signal)
  if (!object) throw new DataRefused(`${file.url} was listed, and is there no more. ${again}`)
  try {
    if (object.etag !== undefined && file.etag !== '' && object.etag !== file.etag)
      throw changed(file, `its etag is ${object.etag}`)
    let bytes = 0
    for await (const chunk of object.chunks) {
      signal?.throwIfAborted()
      bytes += chunk.length
      yield chunk
    }
    if (bytes !== file.size) throw changed(file, `it gave ${bytes} bytes`)
  } finally {
    await object.close()
  }
}

const again = 'Nothing was taken from it: run the same command again.'

function changed({ url, etag, size }: StoredFile, found: string): DataRefused {
  return new DataRefused(
    `${url} changed while it was to be compacted: it was listed with etag ${etag} and ` +
      `${size} bytes, and ${found}. ${again}`,
  )
}
