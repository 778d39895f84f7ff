import { resolve } from 'node:path'
import type { AccessKeys } from '../redshift-local/copy/statement'
import { SqlError } from '../redshift-local/errors'
import { FolderBuckets } from './folder'
import { S3Buckets } from './s3'

export interface StoredObject {
  key: string
  /** In bytes, where the listing tells it. */
  size?: number
  /** Changes with the content, where the listing tells it. */
  etag?: string
}

/** An object under way. Close it, read or not. */
export interface OpenObject {
  size: number
  /** Of this content, as a listing would tell it. */
  etag?: string
  chunks: AsyncIterable<Buffer>
  close(): Promise<void>
}

/** What an object is to hold: text, or bytes of any number, of which only a few are held in memory. */
export type ObjectBody = string | AsyncIterable<Buffer>

/** Where s3:// URLs lead. Its errors are SqlErrors in Redshift's words. */
export interface ObjectStore {
  /** The objects whose keys begin with `prefix`, in the byte order of their keys. */
  list(bucket: string, prefix: string, signal?: AbortSignal): AsyncIterable<StoredObject>
  /** Undefined where there is no such object. */
  open(bucket: string, key: string, signal?: AbortSignal): Promise<OpenObject | undefined>
  /** Writes an object, whole or not at all; a body that throws leaves what was there before. */
  put(bucket: string, key: string, body: ObjectBody): Promise<void>
}

export interface ObjectStoreOptions {
  /** LOCAL_BUCKETS: its folders are buckets. */
  folder: string
  /** More folders whose folders are buckets, where LOCAL_BUCKETS has none of the name. */
  workFolder?: string
  /** Of the buckets in S3; else the environment tells it. */
  region?: string
  /** For S3; else the SDK's default chain finds them. */
  keys?: AccessKeys
}

/** Folders as buckets, and S3 itself for a bucket that has no folder. */
export function objectStore({ folder, workFolder, ...s3 }: ObjectStoreOptions): ObjectStore {
  const folders = [folder, workFolder ?? folder].map((path) => new FolderBuckets(resolve(path)))
  let remote: Promise<ObjectStore> | undefined

  const storeOf = async (bucket: string): Promise<ObjectStore> => {
    for (const store of folders) if (await store.has(bucket)) return store
    // It would tell every user which Node the SDK's later versions need: that is for us who pin it.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
    // The SDK takes a quarter of a second to load: only who needs it waits.
    remote ??= import('@aws-sdk/client-s3').then(
      (sdk) => new S3Buckets(sdk, { ...s3, folder: resolve(folder) }),
    )
    return remote
  }
  return {
    async *list(bucket, prefix, signal) {
      yield* (await storeOf(bucket)).list(bucket, prefix, signal)
    },
    async open(bucket, key, signal) {
      return (await storeOf(bucket)).open(bucket, key, signal)
    },
    async put(bucket, key, body) {
      await (await storeOf(bucket)).put(bucket, key, body)
    },
  }
}

/** An object in Amazon S3, or all objects whose keys begin with `key`. */
export interface S3Location {
  /** As it was written. */
  url: string
  bucket: string
  key: string
}

/** @throws SqlError where `url` is not an s3:// URL */
export function s3Location(url: string): S3Location {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(url) ?? []
  if (bucket) return { url, bucket, key }
  const scheme = /^(dynamodb|emr|ssh):\/\//.exec(url)?.[1]
  if (scheme)
    throw new SqlError('0A000', `COPY from ${scheme} is not supported by the local Redshift`)
  throw new SqlError('XX000', `"${url}" is not an s3://bucket/key URL`)
}

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

/**
 * Starts work on the next few items while the first is in use, and gives the results in order.
 * @param ahead how many are under way at most
 */
export async function* readAhead<Item, Result>(
  items: AsyncIterable<Item>,
  ahead: number,
  start: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const started: Promise<Result>[] = []
  const iterator = items[Symbol.asyncIterator]()
  try {
    for (let ended = false; ;) {
      while (!ended && started.length < ahead) {
        const next = await iterator.next()
        if (next.done) ended = true
        else started.push(begin(start, next.value))
      }
      const first = started.shift()
      if (!first) return
      yield await first
    }
  } finally {
    await iterator.return?.()
    await Promise.allSettled(started)
  }
}

// A failure is told when its turn comes, and is no unhandled rejection until then.
function begin<Item, Result>(start: (item: Item) => Promise<Result>, item: Item): Promise<Result> {
  const result = start(item)
  result.catch(() => undefined)
  return result
}
