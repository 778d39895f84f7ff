import { ReadBuffer } from './file'
import { FolderBuckets } from './folder'
import {
  type AccessKeys,
  type Buckets,
  type FoundObject,
  type ObjectStore,
  ObjectStoreError,
  s3Location,
  type S3Location,
  type StoredObject,
  type WholeObject,
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

  const folderOf = (bucket: string) => local.find((buckets) => buckets.has(bucket))
  const bucketsOf = async ({ bucket }: S3Location): Promise<Buckets> => {
    const folder = folderOf(bucket)
    if (folder) return folder
    // It would tell every user which Node the SDK's later versions need: that is for us who pin it.
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
    // The SDK takes a quarter of a second to load: only who needs it waits.
    remote ??= import('./s3.ts').then(
      ({ S3Buckets }) => new S3Buckets({ ...s3, folder: local[0]?.folder }),
    )
    return remote
  }
  return {
    async *list(url, signal, needed) {
      const location = s3Location(url)
      yield* (await bucketsOf(location)).list(location, signal, needed)
    },
    readAtOnce(objects, from, { etags }) {
      const read: (WholeObject | undefined)[] = []
      const buffer = new ReadBuffer()
      const until = performance.now() + slice
      let last: { bucket: string; folder: FolderBuckets | undefined } | undefined
      try {
        for (let at = from; at < objects.length && performance.now() < until; at++) {
          const { url, size } = objects[at]!
          const location = s3Location(url)
          const { bucket } = location
          if (bucket !== last?.bucket) last = { bucket, folder: folderOf(bucket) }
          if (!last.folder) break
          const whole = last.folder.read(location, { buffer, size, etags })
          if (whole === 'no room') break
          read.push(whole)
        }
      } catch (error) {
        // Those before it first: it is read again, and its error told, when its turn comes.
        if (read.length === 0) throw error
      }
      return read
    },
    async open(url, signal) {
      const location = s3Location(url)
      return location.key === '' ? undefined : (await bucketsOf(location)).open(location, signal)
    },
    async put(url, body) {
      const location = s3Location(url)
      await (await bucketsOf(location)).put(location, body)
    },
    async remove(url) {
      const location = s3Location(url)
      await (await bucketsOf(location)).remove(location)
    },
  }
}

/** All objects whose URLs begin with `url`, in the byte order of their keys. */
export async function listAll(
  store: ObjectStore,
  url: string,
  signal?: AbortSignal,
): Promise<StoredObject[]> {
  const pages: StoredObject[][] = []
  for await (const page of store.list(url, signal)) pages.push(page)
  return pages.flat()
}

// So long, in milliseconds, reading at once lets nothing else run.
const slice = 5

interface ReadOptions {
  signal?: AbortSignal | undefined
  /** May throw, where the object is not the one that is wanted; undefined where there is none. */
  check?: (object: FoundObject | undefined) => void
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
  const check = (object: FoundObject | undefined) => void (isThere = object !== undefined)
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
