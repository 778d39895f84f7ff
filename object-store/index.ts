import { FolderBuckets } from './folder'
import {
  type AccessKeys,
  type Buckets,
  type ObjectStore,
  ObjectStoreError,
  type OpenObject,
  s3Location,
  type S3Location,
  type StoredObject,
} from './store'

export interface ObjectStoreOptions {
  /** Their subfolders are buckets; the first one that has a bucket of the name counts. */
  folders?: string[]
  /** Of the buckets in S3; else the environment tells it. */
  region?: string
  /** For S3; else the SDK's default chain finds them. */
  keys?: AccessKeys
}

/** Folders as buckets, and Amazon S3 for a bucket that has no folder. */
export function objectStore({ folders = [], ...s3 }: ObjectStoreOptions = {}): ObjectStore {
  const local = folders.map((folder) => new FolderBuckets(folder))
  let remote: Promise<Buckets> | undefined

  const bucketsOf = async ({ bucket }: S3Location): Promise<Buckets> => {
    for (const buckets of local) if (await buckets.has(bucket)) return buckets
    // It would tell every user which Node the SDK's later versions need: that is for us who pin it.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
    // The SDK takes a quarter of a second to load: only who needs it waits.
    remote ??= import('./s3.ts').then(
      ({ S3Buckets }) => new S3Buckets({ ...s3, folder: local[0]?.folder }),
    )
    return remote
  }
  return {
    async *list(url, signal) {
      const location = s3Location(url)
      yield* (await bucketsOf(location)).list(location, signal)
    },
    async open(url, signal) {
      const location = s3Location(url)
      return location.key === '' ? undefined : (await bucketsOf(location)).open(location, signal)
    },
    async put(url, body) {
      const location = s3Location(url)
      await (await bucketsOf(location)).put(location, body)
    },
  }
}

interface ReadOptions {
  signal?: AbortSignal | undefined
  /** May throw, where the object is not the one that is wanted; undefined where there is none. */
  check?: (object: OpenObject | undefined) => void
}

/** The bytes of an object, which is closed behind them; none where there is no such object. */
export async function* readChunks(
  store: ObjectStore,
  url: string,
  { signal, check }: ReadOptions = {},
): AsyncGenerator<Buffer> {
  signal?.throwIfAborted()
  const object = await store.open(url, signal)
  try {
    check?.(object)
    for await (const chunk of object?.chunks ?? []) {
      signal?.throwIfAborted()
      yield chunk
    }
  } finally {
    await object?.close()
  }
}

/** The first bytes of an object, all of them where it has no more; undefined where there is none. */
export async function readStart(
  store: ObjectStore,
  url: string,
  mostBytes: number,
  signal?: AbortSignal,
): Promise<Buffer | undefined> {
  let isThere = false
  const check = (object: OpenObject | undefined) => void (isThere = object !== undefined)
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of readChunks(store, url, { signal, check })) {
    chunks.push(chunk)
    if ((bytes += chunk.length) >= mostBytes) break
  }
  return isThere ? Buffer.concat(chunks).subarray(0, mostBytes) : undefined
}

/**
 * The text of an object as a whole; undefined where there is none.
 * @throws ObjectStoreError where it is not UTF-8, or larger than `mostBytes`
 */
export async function readText(
  store: ObjectStore,
  url: string,
  { signal, mostBytes = Infinity }: { signal?: AbortSignal; mostBytes?: number } = {},
): Promise<string | undefined> {
  const bytes = await readStart(store, url, mostBytes + 1, signal)
  if (bytes === undefined) return undefined
  if (bytes.length > mostBytes)
    throw new ObjectStoreError('too large', `${url} is larger than ${mostBytes} bytes`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new ObjectStoreError('not utf-8', `${url} is not UTF-8`, { cause })
  }
}

/** Larger objects are streamed when their turn comes; smaller ones are fetched ahead as a whole. */
const smallBytes = 1024 * 1024
const objectsAhead = 16

/** An object of a list, and its bytes. */
export interface ReadObject<Item> {
  item: Item
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>
}

/**
 * Reads objects in the order of their list, the next few of them under way meanwhile; one that does
 * not exist is left out, unless `check` throws. What is under way has ended when this ends.
 */
export async function* readObjects<Item extends StoredObject>(
  store: ObjectStore,
  items: AsyncIterable<Item> | Iterable<Item>,
  {
    signal,
    check,
  }: {
    signal?: AbortSignal | undefined
    check?: (object: OpenObject | undefined, item: Item) => void
  } = {},
): AsyncGenerator<ReadObject<Item>> {
  const fetch = async (item: Item): Promise<ReadObject<Item> | undefined> => {
    let streamed = (item.size ?? 0) > smallBytes
    let isThere = true
    const options = {
      signal,
      check: (object: OpenObject | undefined) => {
        check?.(object, item)
        isThere = object !== undefined
        streamed ||= (object?.size ?? 0) > smallBytes
      },
    }
    const chunks: Buffer[] = []
    if (!streamed)
      for await (const chunk of readChunks(store, item.url, options)) {
        if (streamed) break
        chunks.push(chunk)
      }
    if (!isThere) return undefined
    return { item, chunks: streamed ? readChunks(store, item.url, options) : chunks }
  }
  for await (const object of ahead(items, fetch)) if (object) yield object
}

// pMapIterable would not wait for what was started when the reader leaves early.
async function* ahead<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  start: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const started: Promise<Result>[] = []
  try {
    for await (const item of items) {
      const result = start(item)
      // A failure is told when its turn comes, and is no unhandled rejection until then.
      result.catch(() => undefined)
      if (started.push(result) === objectsAhead) yield await started.shift()!
    }
    while (started.length > 0) yield await started.shift()!
  } finally {
    await Promise.allSettled(started)
  }
}
