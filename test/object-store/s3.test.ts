import { Readable } from 'node:stream'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { mockClient } from 'aws-sdk-client-mock'
import { expect } from 'chai'
import { objectStore } from '../../object-store/index'
import { readObjects } from '../../object-store/read-objects'
import { ObjectStoreError } from '../../object-store/store'

const MB = 1024 * 1024
const url = 's3://b/some/key'

async function* megabytes(count: number, failure?: Error): AsyncGenerator<Buffer> {
  for (let done = 0; done < count; done++) yield await Promise.resolve(Buffer.alloc(MB))
  if (failure) throw failure
}

describe('A bucket in S3', () => {
  const s3 = mockClient(S3Client)
  const keys = { accessKeyId: 'ID', secretAccessKey: 'S3CRET' }
  const store = objectStore({ region: 'us-west-2', keys })

  const sent = () =>
    s3.calls().map(({ args: [{ constructor, input }] }) => {
      const name = constructor.name.replace('Command', '')
      const { Body } = input as { Body?: Buffer }
      return Body === undefined ? [name] : [name, Body.length / MB]
    })
  const failure = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: ObjectStoreError) => error,
    )

  beforeEach(() => {
    s3.reset()
    s3.on(PutObjectCommand).resolves({ ETag: 'e' })
    s3.on(CreateMultipartUploadCommand).resolves({ UploadId: 'id' })
    s3.on(UploadPartCommand).callsFake(({ PartNumber }: { PartNumber: number }) => ({
      ETag: `e${PartNumber}`,
      ChecksumCRC32: `c${PartNumber}`,
    }))
    s3.on(CompleteMultipartUploadCommand).resolves({})
    s3.on(AbortMultipartUploadCommand).resolves({})
  })
  after(() => s3.restore())

  it('removes an object', async () => {
    s3.on(DeleteObjectCommand).resolves({})
    await store.remove(url)
    expect(s3.calls()[0]!.args[0].input).to.deep.equal({ Bucket: 'b', Key: 'some/key' })
  })

  it('takes what is small, or empty, or a text, in one request', async () => {
    for (const count of [0, 7]) await store.put(url, megabytes(count))
    await store.put(url, 'x'.repeat(MB))
    expect(sent()).to.deep.equal([
      ['PutObject', 0],
      ['PutObject', 7],
      ['PutObject', 1],
    ])
  })

  it('takes what is large in pieces, and their checksums with them', async () => {
    for (const [count, last] of [
      [20, 4],
      [17, 1],
    ] as const) {
      s3.resetHistory()
      await store.put(url, megabytes(count))
      expect(sent()).to.deep.equal([
        ['CreateMultipartUpload'],
        ['UploadPart', 8],
        ['UploadPart', 8],
        ['UploadPart', last],
        ['CompleteMultipartUpload'],
      ])
      const [completion] = s3.commandCalls(CompleteMultipartUploadCommand)
      const { Parts } = completion!.args[0].input.MultipartUpload!
      expect(Parts![1]).to.deep.equal({ PartNumber: 2, ETag: 'e2', ChecksumCRC32: 'c2' })
    }
  })

  it('holds one piece at a time, and closes what it read from', async () => {
    let read = 0
    let closed = false
    const body = async function* () {
      try {
        for await (const chunk of megabytes(40)) {
          read++
          yield chunk
        }
      } finally {
        await new Promise((resolve) => setTimeout(resolve, 5))
        closed = true
      }
    }
    const ahead: number[] = []
    s3.on(UploadPartCommand).callsFake(({ PartNumber }: { PartNumber: number }) => {
      ahead.push(read - PartNumber * 8)
      if (PartNumber === 3) throw new Error('refused')
      return { ETag: `e${PartNumber}` }
    })
    expect((await failure(store.put(url, body())))!.message).to.match(
      / cannot be reached .*: Error$/,
    )
    expect(ahead).to.have.length(3)
    expect(Math.max(...ahead)).to.be.below(4)
    expect(closed).to.equal(true)
  })

  it('keeps nothing of an upload whose bytes fail, or that S3 rejects', async () => {
    const broken = new Error('broken')
    expect(await failure(store.put(url, megabytes(9, broken)))).to.equal(broken)
    expect(sent().at(-1)).to.deep.equal(['AbortMultipartUpload'])
    // What stopped it is what is told, also where the pieces cannot be removed.
    s3.on(AbortMultipartUploadCommand).rejects(new Error('not now'))
    expect(await failure(store.put(url, megabytes(9, broken)))).to.equal(broken)
    for (const step of [UploadPartCommand, CompleteMultipartUploadCommand]) {
      s3.resetHistory()
      s3.on(AbortMultipartUploadCommand).resolves({})
      s3.on(step as never).rejects(new Error('refused'))
      expect(await failure(store.put(url, megabytes(20)))).to.include({ code: 'unreachable' })
      expect(sent().at(-1)).to.deep.equal(['AbortMultipartUpload'])
      const [abort] = s3.commandCalls(AbortMultipartUploadCommand)
      expect(abort!.args[0].input).to.include({ UploadId: 'id', Bucket: 'b', Key: 'some/key' })
    }
  })

  it('never begins an upload whose first bytes fail', async () => {
    const broken = new Error('broken')
    expect(await failure(store.put(url, megabytes(1, broken)))).to.equal(broken)
    expect(sent()).to.deep.equal([])
  })

  /** Lists objects in pages of ten, and answers for each of them a moment later. */
  function manyObjects(pages: number, size: number) {
    const told = { requests: [] as string[], underWay: 0, most: 0 }
    const later = () => new Promise((resolve) => setTimeout(resolve, 1))
    s3.on(ListObjectsV2Command).callsFake(async ({ ContinuationToken = '0' }) => {
      const page = Number(ContinuationToken)
      told.requests.push(`page ${page}`)
      await later()
      const keys = Array.from({ length: 10 }, (_, at) => `${1000 + page * 10 + at}`)
      return {
        Contents: keys.map((Key) => ({ Key, Size: size })),
        ...(page + 1 < pages && { IsTruncated: true, NextContinuationToken: `${page + 1}` }),
      }
    })
    s3.on(GetObjectCommand).callsFake(async ({ Key }: { Key: string }) => {
      told.requests.push(Key)
      told.most = Math.max(told.most, ++told.underWay)
      await later()
      told.underWay--
      return { Body: Readable.from([Buffer.from(Key)]), ContentLength: Key.length, ETag: 'e' }
    })
    return told
  }

  it('is read in order, a bounded number of objects at once, while it is listed', async () => {
    const told = manyObjects(20, 300)
    const read: string[] = []
    for await (const batch of readObjects(store, store.list('s3://b/')))
      for (const { item, bytes, last } of batch) {
        expect(item.url).to.equal(`s3://b/${bytes.toString()}`)
        expect(last).to.equal(true)
        read.push(bytes.toString())
      }
    expect(read).to.deep.equal(Array.from({ length: 200 }, (_, at) => `${1000 + at}`))
    expect(told.most).to.be.within(20, 48)
    expect(told.requests.indexOf('1000')).to.be.below(told.requests.indexOf('page 2'))
    expect(told.requests.indexOf('page 2')).to.be.below(told.requests.indexOf('1020'))
  })

  it('has no more bytes under way than fit, and none once its reader leaves', async () => {
    const told = manyObjects(20, 1024 * 1024)
    let read = 0
    for await (const batch of readObjects(store, store.list('s3://b/')))
      if ((read += batch.length) > 50) break
    expect(told.most).to.be.within(8, 17)
    expect(told.underWay).to.equal(0)
  })

  it('says in plain words what S3 rejected, with its answer', async () => {
    const error = Object.assign(new Error('Access Denied.'), {
      name: 'AccessDenied',
      $fault: 'client',
      $metadata: { httpStatusCode: 403, requestId: 'R1' },
    })
    s3.on(ListObjectsV2Command).rejects(error)
    const told = await failure(store.list('s3://b/')[Symbol.asyncIterator]().next())
    expect(told).to.be.instanceOf(ObjectStoreError)
    expect(told).to.include({
      code: 'access denied',
      message:
        'Amazon S3 rejected a request for bucket "b": Access Denied (403 AccessDenied, request R1)',
    })
    expect(told!.answer).to.deep.equal({
      words: 'Access Denied',
      status: 403,
      error: 'AccessDenied',
      requestId: 'R1',
    })
  })
})
