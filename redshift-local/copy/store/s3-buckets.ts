import { isIP } from 'node:net'
import type { Readable } from 'node:stream'
import type { S3Client, S3ClientConfig } from '@aws-sdk/client-s3'
import type { AccessKeys } from '../authorization'
import type { ObjectStore, OpenObject, StoredObject } from '../object-store'
import { s3Error } from './s3-errors'

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
      for (const { Key, Size } of page.Contents ?? [])
        if (Key !== undefined) yield { key: Key, ...(Size !== undefined && { size: Size }) }
      ContinuationToken = page.NextContinuationToken
    } while (ContinuationToken)
  }

  async open(Bucket: string, Key: string, signal?: AbortSignal): Promise<OpenObject | undefined> {
    const command = new this.sdk.GetObjectCommand({ Bucket, Key })
    try {
      const { Body, ContentLength } = await this.#client.send(command, {
        ...(signal && { abortSignal: signal }),
      })
      const body = Body as Readable
      return {
        size: ContentLength ?? Infinity,
        chunks: this.#chunks(body, Bucket),
        close: () => closed(body),
      }
    } catch (error) {
      if (error instanceof this.sdk.NoSuchKey) return undefined
      return this.#fail(error, Bucket)
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
