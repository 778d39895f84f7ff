import { isIP } from 'node:net'
import type { Readable } from 'node:stream'
import type {
  CompletedPart,
  S3Client,
  S3ClientConfig,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import type { AccessKeys } from '../redshift-local/copy/statement'
import { SqlError } from '../redshift-local/errors'
import type { ObjectBody, ObjectStore, OpenObject, StoredObject } from './index'

/** What Redshift says of a failed request to S3 (facts A6), without anything secret. */
function s3Error(error: unknown, bucket: string, folder: string): unknown {
  if (!(error instanceof Error) || error.name === 'AbortError' || error instanceof SqlError)
    return error
  if (error.name === 'CredentialsProviderError') {
    return notToBeFound(bucket, folder, 'there are no AWS credentials')
  }
  if (isServiceException(error)) return serviceError(error)
  if (error.message === 'Region is missing') {
    return notToBeFound(bucket, folder, 'no region is set (S3_REGION)')
  }
  const code = 'code' in error ? String(error.code) : error.name
  return new SqlError('58030', `Amazon S3 cannot be reached for bucket "${bucket}": ${code}`)
}

function notToBeFound(bucket: string, folder: string, reason: string): SqlError {
  return new SqlError(
    'XX000',
    `Bucket "${bucket}" is neither a folder in ${folder} nor to be read from Amazon S3: ${reason}`,
    { hint: 'Put the files into that folder (LOCAL_BUCKETS), or set AWS credentials and region.' },
  )
}

function isServiceException(error: Error): error is S3ServiceException {
  return '$metadata' in error && '$fault' in error
}

function serviceError({ name, message, $metadata }: S3ServiceException): SqlError {
  const words = message.replace(/\.$/, '') || name
  const request = $metadata.requestId ? `,Rid ${$metadata.requestId}` : ''
  return new SqlError(
    'XX000',
    `S3ServiceException:${words},Status ${$metadata.httpStatusCode ?? 0},Error ${name}${request}`,
  )
}

interface S3 {
  sdk: typeof import('@aws-sdk/client-s3')
  client: S3Client
}

interface Target {
  Bucket: string
  Key: string
}

// At least 5 MB by S3's rule, and at most 10,000 of them.
const pieceBytes = 8 * 1024 * 1024

/**
 * Writes an object of unknown size, of which one piece at a time is held in memory. It appears when
 * it is whole; where `body` throws, it does not.
 */
export async function upload(s3: S3, target: Target, body: AsyncIterable<Buffer>): Promise<void> {
  const pieces = inPieces(body)
  try {
    const first = await pieces.next()
    const Body = first.value ?? Buffer.alloc(0)
    if (Body.length < pieceBytes) await putAtOnce(s3, target, Body)
    else await putInPieces(s3, target, Body, pieces)
  } finally {
    await pieces.return(undefined)
  }
}

async function putAtOnce({ sdk, client }: S3, target: Target, Body: Buffer): Promise<void> {
  await client.send(new sdk.PutObjectCommand({ ...target, Body }))
}

async function putInPieces(
  { sdk, client }: S3,
  target: Target,
  first: Buffer,
  rest: AsyncIterable<Buffer>,
): Promise<void> {
  const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand(target))
  const Parts: CompletedPart[] = []
  const put = async (Body: Buffer) => {
    const PartNumber = Parts.length + 1
    const command = new sdk.UploadPartCommand({ ...target, UploadId, PartNumber, Body })
    const { ETag, ChecksumCRC32 } = await client.send(command)
    Parts.push({ PartNumber, ETag, ...(ChecksumCRC32 && { ChecksumCRC32 }) })
  }
  try {
    await put(first)
    for await (const piece of rest) await put(piece)
    const whole = { ...target, UploadId, MultipartUpload: { Parts } }
    await client.send(new sdk.CompleteMultipartUploadCommand(whole))
  } catch (error) {
    // What stopped it is what to tell: pieces that stay then are for a lifecycle rule of the bucket.
    const command = new sdk.AbortMultipartUploadCommand({ ...target, UploadId })
    await client.send(command).catch(() => undefined)
    throw error
  }
}

/** The same bytes in pieces of at least `pieceBytes`, the last one aside. */
async function* inPieces(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer, undefined> {
  let chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    bytes += chunk.length
    if (bytes < pieceBytes) continue
    yield Buffer.concat(chunks)
    chunks = []
    bytes = 0
  }
  if (bytes > 0) yield Buffer.concat(chunks)
}

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
