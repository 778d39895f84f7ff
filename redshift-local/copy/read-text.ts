import { SqlError } from '../errors'
import type { ObjectStore } from './object-store'
import type { S3Location } from './s3-url'

const mostBytes = 64 * 1024 * 1024

/**
 * A manifest or JSONPaths file as a whole; undefined where there is none.
 * @throws SqlError where it is not UTF-8, or larger than any such file
 */
export async function readText(
  store: ObjectStore,
  { bucket, key, url }: S3Location,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const object = key === '' ? undefined : await store.open(bucket, key, signal)
  if (!object) return undefined
  try {
    const chunks: Buffer[] = []
    let bytes = 0
    for await (const chunk of object.chunks) {
      chunks.push(chunk)
      if ((bytes += chunk.length) > mostBytes)
        throw new SqlError('XX000', `${url} is larger than ${mostBytes} bytes`)
    }
    return decode(Buffer.concat(chunks), url)
  } finally {
    await object.close()
  }
}

function decode(bytes: Buffer, url: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new SqlError('XX000', `${url} is not UTF-8`)
  }
}
