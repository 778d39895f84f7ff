import { resolve } from 'node:path'
import type { AccessKeys } from './authorization'
import { FolderBuckets } from './store/folder-buckets'
import { S3Buckets } from './store/s3-buckets'

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
