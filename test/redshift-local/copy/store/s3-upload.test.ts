import * as sdk from '@aws-sdk/client-s3'
import { expect } from 'chai'
import { upload } from '../../../../object-store/s3'

const target = { Bucket: 'b', Key: 'k' }
const MB = 1024 * 1024

interface Sent {
  name: string
  bytes: number | undefined
  input: { UploadId?: string; MultipartUpload?: { Parts: object[] } }
}

/** A client that notes what it is to send. @param failing the command that S3 refuses */
function recorder(failing?: string) {
  const sent: Sent[] = []
  const send = ({ constructor, input }: { constructor: { name: string }; input: never }) => {
    const { name } = constructor
    const { Body } = input as { Body?: Buffer }
    sent.push({ name: name.replace('Command', ''), bytes: Body?.length, input })
    if (name === `${failing}Command`) return Promise.reject(new Error('refused'))
    const answer = { UploadId: 'id', ETag: `e${sent.length}`, ChecksumCRC32: `c${sent.length}` }
    return Promise.resolve(answer)
  }
  return { sent, client: { send } as unknown as sdk.S3Client }
}

async function* megabytes(count: number, failure?: Error): AsyncGenerator<Buffer> {
  for (let done = 0; done < count; done++) yield await Promise.resolve(Buffer.alloc(MB))
  if (failure) throw failure
}

const outline = (sent: Sent[]) =>
  sent.map(({ name, bytes }) => (bytes ? [name, bytes / MB] : [name]))
const failure = (work: Promise<void>) =>
  work.then(
    () => undefined,
    (error: Error) => error.message,
  )

describe('An upload of unknown size', () => {
  it('is one request where it is small, or empty', async () => {
    for (const count of [0, 7]) {
      const { client, sent } = recorder()
      await upload({ sdk, client }, target, megabytes(count))
      expect(sent.map(({ name, bytes }) => [name, bytes])).to.deep.equal([
        ['PutObject', count * MB],
      ])
    }
  })

  it('goes in pieces where it is large, and their checksums with them', async () => {
    for (const [count, last] of [
      [20, [4]],
      [16, []],
    ] as const) {
      const { client, sent } = recorder()
      await upload({ sdk, client }, target, megabytes(count))
      expect(outline(sent)).to.deep.equal([
        ['CreateMultipartUpload'],
        ['UploadPart', 8],
        ['UploadPart', 8],
        ...last.map((bytes) => ['UploadPart', bytes]),
        ['CompleteMultipartUpload'],
      ])
      const { Parts } = sent.at(-1)!.input.MultipartUpload!
      expect(Parts[1]).to.deep.equal({ PartNumber: 2, ETag: 'e3', ChecksumCRC32: 'c3' })
    }
  })

  it('is taken back where its bytes or S3 fail', async () => {
    const bytes = recorder()
    const broken = upload({ sdk, client: bytes.client }, target, megabytes(9, new Error('broken')))
    expect(await failure(broken)).to.equal('broken')
    const s3 = recorder('UploadPart')
    expect(await failure(upload({ sdk, client: s3.client }, target, megabytes(20)))).to.equal(
      'refused',
    )
    for (const { sent } of [bytes, s3]) {
      expect(sent.at(-1)!.name).to.equal('AbortMultipartUpload')
      expect(sent.at(-1)!.input.UploadId).to.equal('id')
    }
  })

  it('never begins where the first bytes fail', async () => {
    const { client, sent } = recorder()
    const broken = upload({ sdk, client }, target, megabytes(1, new Error('broken')))
    expect(await failure(broken)).to.equal('broken')
    expect(sent).to.deep.equal([])
  })
})
