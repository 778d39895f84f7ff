import { isIP } from 'node:net'
import type { Readable } from 'node:stream'
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import type { AccessKeys } from '../authorization'
import type { ObjectBody, ObjectStore, OpenObject, StoredObject } from '../object-store'
import { s3Error } from './s3-errors'
import { upload } from './s3-upload'

type Sdk = typeof import('@aws-sdk/client-s3')

interface S3Options {
  region?: string
  keys?: AccessKeys
  /** Where the bucket was looked for first. */
  folder: string
}

/** Amazon S3, or what AWS_ENDPOINT_URL names, by the AWS SDK. */
export class S3Buckets implements ObjectStore {
  readonly #client: S3Client
  readonly #folder: string

  constructor(
    readonly sdk: Sdk,
    { region, keys, folder }: S3Options,
  ) {
    this.#client = new sdk.S3Client({
      ...clientRegion(region),
      ...(keys && { credentials: keys }),
      forcePathStyle: hasNoSubdomains(
        process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL,
      ),
    })
    this.#folder = folder
  }

  async *list(Bucket: string, Prefix: string, signal?: AbortSignal): AsyncGenerator<StoredObject> {
    let ContinuationToken: string | undefined
    do {
      const command = new this.sdk.ListObjectsV2Command({ Bucket, Prefix, ContinuationToken })
      const page = await this.#client
        .send(command, { ...(signal && { abortSignal: signal }) })
        .catch((error: unknown) => this.#fail(error, Bucket))
      for (const { Key, Size, ETag } of page.Contents ?? []) {
        if (Key === undefined) continue
        yield { key: Key, ...(Size !== undefined && { size: Size }), ...(ETag && { etag: ETag }) }
      }
      ContinuationToken = page.NextContinuationToken
    } while (ContinuationToken)
  }

  async open(Bucket: string, Key: string, signal?: AbortSignal): Promise<OpenObject | undefined> {
    const command = new this.sdk.GetObjectCommand({ Bucket, Key })
    try {
      const { Body, ContentLength, ETag } = await this.#client.send(command, {
        ...(signal && { abortSignal: signal }),
      })
      const body = Body as Readable
      return {
        size: ContentLength ?? Infinity,
        ...(ETag && { etag: ETag }),
        chunks: this.#chunks(body, Bucket),
        close: () => closed(body),
      }
    } catch (error) {
      if (error instanceof this.sdk.NoSuchKey) return undefined
      return this.#fail(error, Bucket)
    }
  }

  async put(Bucket: string, Key: string, Body: ObjectBody): Promise<void> {
    const target = { Bucket, Key }
    if (typeof Body !== 'string') return this.#upload(target, Body)
    const command = new this.sdk.PutObjectCommand({ ...target, Body })
    await this.#client.send(command).catch((error: unknown) => this.#fail(error, Bucket))
  }

  async #upload(target: { Bucket: string; Key: string }, body: AsyncIterable<Buffer>) {
    const watched = new WatchedBody(body)
    try {
      await upload({ sdk: this.sdk, client: this.#client }, target, watched)
    } catch (error) {
      if (watched.failed) throw error
      this.#fail(error, target.Bucket)
    }
  }

  async *#chunks(body: Readable, bucket: string): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of body) yield chunk as Buffer
    } catch (error) {
      this.#fail(error, bucket)
    }
  }

  #fail(error: unknown, bucket: string): never {
    throw s3Error(error, bucket, this.#folder)
  }
}

/** Knows whether it was the body that failed, or the writing of it. */
class WatchedBody {
  failed = false

  constructor(private readonly body: AsyncIterable<Buffer>) {}

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    try {
      yield* this.body
    } catch (error) {
      this.failed = true
      throw error
    }
  }
}

function clientRegion(given: string | undefined): Pick<S3ClientConfig, 'region'> {
  const region = given ?? process.env.S3_REGION ?? process.env.AWS_REGION
  return region ? { region } : {}
}

// 127.0.0.1 and localhost have no bucket.localhost.
function hasNoSubdomains(endpoint: string | undefined): boolean {
  if (!endpoint || !URL.canParse(endpoint)) return false
  const { hostname } = new URL(endpoint)
  return hostname === 'localhost' || isIP(hostname.replace(/^\[|\]$/g, '')) > 0
}

function closed(body: Readable): Promise<void> {
  body.on('error', () => undefined).destroy()
  return Promise.resolve()
}
