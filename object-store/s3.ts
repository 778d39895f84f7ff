import { isIP } from 'node:net'
import { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  paginateListObjectsV2,
  S3Client,
  type S3ClientConfig,
  type S3ServiceException,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import {
  type AccessKeys,
  type Buckets,
  type ObjectBody,
  ObjectStoreError,
  type OpenObject,
  type S3Location,
  type StoredObject,
} from './store'

interface S3Options {
  region?: string
  keys?: AccessKeys
  /** Where a bucket was looked for first. */
  folder?: string | undefined
}

// At least 5 MB by S3's rule, and at most 10,000 of them.
const pieceBytes = 8 * 1024 * 1024

/** Amazon S3, or what AWS_ENDPOINT_URL names, by the AWS SDK. */
export class S3Buckets implements Buckets {
  readonly #client: S3Client
  readonly #folder: string | undefined

  constructor({ region, keys, folder }: S3Options) {
    this.#client = new S3Client({
      ...clientRegion(region),
      ...(keys && { credentials: keys }),
      cacheMiddleware: true, // else it is put together for every object
      forcePathStyle: hasNoSubdomains(
        process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL,
      ),
    })
    this.#folder = folder
  }

  async *list(
    { bucket, key }: S3Location,
    abortSignal?: AbortSignal,
  ): AsyncGenerator<StoredObject[]> {
    const pages = paginateListObjectsV2(
      { client: this.#client },
      { Bucket: bucket, Prefix: key },
      { abortSignal },
    )
    try {
      for await (const { Contents = [] } of pages) {
        const page = Contents.map(({ Key, Size, ETag }) => ({
          url: `s3://${bucket}/${Key}`,
          ...(Size !== undefined && { size: Size }),
          ...(ETag && { etag: ETag }),
        }))
        if (page.length > 0) yield page
      }
    } catch (error) {
      throw this.#explain(error, bucket)
    }
  }

  async open(
    { bucket, key }: S3Location,
    abortSignal?: AbortSignal,
  ): Promise<OpenObject | undefined> {
    try {
      const command = new GetObjectCommand({ Bucket: bucket, Key: key })
      const { Body, ContentLength, ETag } = await this.#client.send(command, {
        ...(abortSignal && { abortSignal }),
      })
      const body = Body as Readable
      return {
        size: ContentLength ?? Infinity,
        ...(ETag && { etag: ETag }),
        chunks: this.#chunks(body, bucket),
        close: () => closed(body),
      }
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined
      throw this.#explain(error, bucket)
    }
  }

  /** One piece of a body is held in memory; pieces that a failed upload left are removed. */
  async put({ bucket, key }: S3Location, body: ObjectBody): Promise<void> {
    if (typeof body === 'string') return this.#upload(bucket, key, body)
    let failure: { error: unknown } | undefined
    const chunks = body[Symbol.asyncIterator]()
    const next = () =>
      chunks.next().catch((error: unknown) => {
        failure = { error }
        throw error
      })
    try {
      await this.#upload(bucket, key, Readable.from({ [Symbol.asyncIterator]: () => ({ next }) }))
    } catch (error) {
      throw failure ? failure.error : error
    } finally {
      await chunks.return?.()
    }
  }

  async remove({ bucket, key }: S3Location): Promise<void> {
    try {
      await this.#client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }))
    } catch (error) {
      throw this.#explain(error, bucket)
    }
  }

  async #upload(Bucket: string, Key: string, Body: string | Readable): Promise<void> {
    const params = { Bucket, Key, Body }
    const upload = new Upload({ client: this.#client, params, partSize: pieceBytes, queueSize: 1 })
    await upload.done().catch((error: unknown) => {
      throw this.#explain(error, Bucket)
    })
  }

  async *#chunks(body: Readable, bucket: string): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of body) yield chunk as Buffer
    } catch (error) {
      throw this.#explain(error, bucket)
    }
  }

  #explain(error: unknown, bucket: string): unknown {
    return explain(error, bucket, this.#folder)
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

/** What a failed request comes to, without anything secret. */
function explain(error: unknown, bucket: string, folder: string | undefined): unknown {
  if (!(error instanceof Error) || error.name === 'AbortError') return error
  if (error.name === 'CredentialsProviderError')
    return notConfigured(bucket, folder, 'there are no AWS credentials')
  if (isServiceException(error)) return rejection(bucket, error)
  if (error.message === 'Region is missing')
    return notConfigured(bucket, folder, 'no region is set (S3_REGION)')
  const code = 'code' in error ? String(error.code) : error.name
  return new ObjectStoreError(
    'unreachable',
    `Amazon S3 cannot be reached for bucket "${bucket}": ${code}`,
  )
}

function notConfigured(bucket: string, folder: string | undefined, reason: string) {
  const [message, hint] =
    folder === undefined
      ? [`Bucket "${bucket}" cannot be read from Amazon S3`, 'Set AWS credentials and region.']
      : [
          `Bucket "${bucket}" is neither a folder in ${folder} nor to be read from Amazon S3`,
          'Put the files into that folder (LOCAL_BUCKETS), or set AWS credentials and region.',
        ]
  return new ObjectStoreError('not configured', `${message}: ${reason}`, { hint })
}

// Of S3, or of who gives the credentials.
function isServiceException(error: Error): error is S3ServiceException {
  return '$metadata' in error && '$fault' in error
}

function rejection(bucket: string, exception: S3ServiceException): ObjectStoreError {
  const { name: error, message, $metadata } = exception
  const { httpStatusCode: status = 0, requestId } = $metadata
  const words = message.replace(/\.$/, '') || error
  const request = requestId ? `, request ${requestId}` : ''
  return new ObjectStoreError(
    error === 'NoSuchBucket' ? 'no such bucket' : status === 403 ? 'access denied' : 'rejected',
    `Amazon S3 rejected a request for bucket "${bucket}": ${words} (${status} ${error}${request})`,
    { answer: { words, status, error, requestId } },
  )
}
