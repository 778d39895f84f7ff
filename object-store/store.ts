/** An object as a listing tells of it. */
export interface StoredObject {
  url: string
  /** In bytes, where the listing tells it. */
  size?: number
  /** Changes with the content, where the listing tells it. */
  etag?: string
}

/** What is there under the name of an object. */
export interface FoundObject {
  size: number
  /** Of this content, as a listing would tell it. */
  etag?: string
}

/** An object under way. Close it, read or not. */
export interface OpenObject extends FoundObject {
  chunks: AsyncIterable<Buffer>
  close(): Promise<void>
}

/** What an object is to hold: text, or bytes of any number, of which only a few are held in memory. */
export type ObjectBody = string | AsyncIterable<Buffer>

/** An object as a whole. */
export interface WholeObject extends FoundObject {
  bytes: Buffer
}

/** What a listing is asked for. */
export type Needed = 'names' | 'all'

/** Objects by their s3:// URLs. Whatever it throws of its own is an ObjectStoreError. */
export interface ObjectStore {
  /**
   * The objects whose URLs begin with `url`, in the byte order of their keys; no page is empty.
   * @param needed with 'names', sizes and etags are left out where each would cost a look at its file
   */
  list(url: string, signal?: AbortSignal, needed?: Needed): AsyncIterable<StoredObject[]>
  /**
   * Reads small objects from a place in a list on, as many as take some milliseconds and no waiting:
   * files of a folder; none of S3. Undefined stands for one that does not exist. Other threads of work
   * stand still meanwhile.
   */
  readAtOnce(
    objects: StoredObject[],
    from: number,
    options: { etags: boolean },
  ): (WholeObject | undefined)[]
  /** Undefined where there is no such object. */
  open(url: string, signal?: AbortSignal): Promise<OpenObject | undefined>
  /** Writes an object, whole or not at all; a body that throws leaves what was there before. */
  put(url: string, body: ObjectBody): Promise<void>
  /** Removes an object, if there is one. */
  remove(url: string): Promise<void>
}

/** An s3:// URL: an object, or all objects whose keys begin with `key`. */
export interface S3Location {
  /** As it was written. */
  url: string
  bucket: string
  key: string
}

/** @throws ObjectStoreError where `url` is not an s3:// URL */
export function s3Location(url: string): S3Location {
  const [start, slash] = ['s3://'.length, url.indexOf('/', 's3://'.length)]
  const bucket = slash === -1 ? url.slice(start) : url.slice(start, slash)
  const key = slash === -1 ? '' : url.slice(slash + 1)
  if (url.startsWith('s3://') && bucket !== '') return { url, bucket, key }
  throw new ObjectStoreError('invalid url', `"${url}" is not an s3://bucket/key URL`)
}

/** Where buckets are: a folder, or Amazon S3. */
export interface Buckets {
  list(location: S3Location, signal?: AbortSignal, needed?: Needed): AsyncIterable<StoredObject[]>
  open(location: S3Location, signal?: AbortSignal): Promise<OpenObject | undefined>
  put(location: S3Location, body: ObjectBody): Promise<void>
  remove(location: S3Location): Promise<void>
}

/** Keys for Amazon S3. They are never printed. */
export interface AccessKeys {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

type ObjectStoreErrorCode =
  | 'invalid url'
  | 'no such bucket'
  | 'access denied'
  /** S3 answered with another error. */
  | 'rejected'
  /** Neither a folder, nor credentials and a region for S3. */
  | 'not configured'
  /** The network, or the file system. */
  | 'unreachable'
  /** A folder holds something that S3 cannot. */
  | 'not an object'
  | 'too large'
  | 'not utf-8'

interface ObjectStoreErrorFacts extends ErrorOptions {
  /** What to do about it. */
  hint?: string
  /** What S3 answered. */
  answer?: { words: string; status: number; error: string; requestId?: string | undefined }
}

/** Why an object store did not do what it was asked; nothing secret is in it. */
export class ObjectStoreError extends Error {
  override name = 'ObjectStoreError'
  readonly hint: ObjectStoreErrorFacts['hint']
  readonly answer: ObjectStoreErrorFacts['answer']

  constructor(
    readonly code: ObjectStoreErrorCode,
    message: string,
    { hint, answer, ...options }: ObjectStoreErrorFacts = {},
  ) {
    super(message, options)
    this.hint = hint
    this.answer = answer
  }
}
