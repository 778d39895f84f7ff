import type { CompletedPart, S3Client } from '@aws-sdk/client-s3'

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
