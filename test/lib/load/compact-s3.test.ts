import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { expect } from 'chai'
import { compactFiles } from '../../../lib/load/compact'
import { tracer } from '../../../lib/load/provenance'
import { DataRefused } from '../../../lib/warehouse/errors'
import { objectStore } from '../../../object-store/index'
import type { ObjectStore } from '../../../object-store/store'
import { startS3rver } from '../../s3rver'
import { listFiles, partsFolder } from './compact-buckets'

const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }
const size = { partBytes: 64e6, slices: 1 }

describe('Compaction in S3', () => {
  const directory = mkdtempSync(join(tmpdir(), 's3rver-'))
  const former = { ...process.env }
  let server: ChildProcess
  let client: S3Client
  let store: ObjectStore

  const put = (Key: string, Body: string) =>
    client.send(new PutObjectCommand({ Bucket: 'data', Key, Body }))
  const compact = async () => compactFiles(store, partsFolder, await listFiles(store), size)
  const bytesOf = async (url: string) => {
    const opened = await store.open(url)
    const chunks: Buffer[] = []
    for await (const chunk of opened!.chunks) chunks.push(chunk)
    return Buffer.concat(chunks)
  }

  before(async () => {
    const started = await startS3rver(directory)
    server = started.server
    const endpoint = started.url
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    })
    client = new S3Client({ endpoint, region: 'us-east-1', credentials: keys })
    for (const Bucket of ['data', 'work']) await client.send(new CreateBucketCommand({ Bucket }))
    store = objectStore({ region: 'us-east-1' })
  })

  after(async () => {
    process.env = former
    server.kill()
    await once(server, 'exit')
    rmSync(directory, { recursive: true })
  })

  it('puts small objects together, once, and leads back to them', async () => {
    for (let id = 0; id < 200; id++) await put(`small/${id + 1000}`, `{"id":${id}}`)
    const { parts, written } = await compact()
    expect(written).to.deep.equal(parts)
    const lines = gunzipSync(await bytesOf(parts[0]!.url))
      .toString()
      .split('\n')
    expect(lines).to.deep.equal(Array.from({ length: 200 }, (_, id) => `{"id":${id}}`))
    expect(await tracer(store)(parts[0]!.url, 8)).to.deep.equal({
      url: 's3://data/small/1007',
      line: 1,
    })
    expect((await compact()).written).to.deep.equal([])
  })

  it('writes what is larger than a piece of an upload in several pieces', async () => {
    const text = `{"id":"${randomBytes(15e6).toString('base64')}"}`
    await put('large', text)
    const [part] = (await compact()).written
    expect(part!.size).to.be.above(8 * 1024 * 1024)
    const bytes = await bytesOf(part!.url)
    expect(bytes.length).to.equal(part!.size)
    expect(gunzipSync(bytes).toString() === text).to.equal(true)
  })

  it('writes no part of which an original changed meanwhile', async () => {
    const random = () => `{"id":"${randomBytes(15e6).toString('base64')}"}`
    await put('x/1', random())
    await put('x/2', '{"id":1}')
    const files = await listFiles(store)
    await put('x/2', '{"id":2}')
    const error: unknown = await compactFiles(store, partsFolder, files, size).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    expect(error).to.be.instanceOf(DataRefused)
    expect((error as Error).message).to.match(/^s3:\/\/data\/x\/2 changed .* its etag is "/)
    const { parts, written } = await compact()
    expect(parts).to.have.length(3)
    expect(written.flatMap(({ originals }) => originals)).to.have.length(2)
  })
})
