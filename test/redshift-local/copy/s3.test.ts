import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { expect } from 'chai'
import { startS3rver } from '../../s3rver'
import { copy, failure } from './copying'

const auto = `iam_role default json 'auto'`
const keys = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }

/** Environment variables for the tests of a suite; undefined unsets one. */
function environment(variables: () => Record<string, string | undefined>) {
  let former: Record<string, string | undefined> = {}
  const set = (variables: Record<string, string | undefined>) => {
    for (const [name, value] of Object.entries(variables))
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
  }
  before(() => {
    const wanted = variables()
    former = Object.fromEntries(Object.keys(wanted).map((name) => [name, process.env[name]]))
    set(wanted)
  })
  after(() => set(former))
}

describe('COPY from S3', () => {
  const directory = mkdtempSync(join(tmpdir(), 's3rver-'))
  let server: ChildProcess
  let endpoint: string

  before(async () => {
    const started = await startS3rver(directory)
    server = started.server
    endpoint = started.url
    const client = new S3Client({ endpoint, region: 'us-east-1', credentials: keys })
    await client.send(new CreateBucketCommand({ Bucket: 'songs' }))
    const put = (Key: string, Body: string) =>
      client.send(new PutObjectCommand({ Bucket: 'songs', Key, Body }))
    await put('paths.json', '{"jsonpaths":["$.n"]}')
    await put('large/f', '{"id":1}\n'.repeat(300_000))
    await put('many/0', '{"n":0}')
    // A thousand more requests would take seconds, and leave these files.
    const file = (n: number, part: string) =>
      join(directory, 'songs', 'many', `${n}._S3rver_${part}`)
    for (let n = 1; n < 1100; n++) {
      copyFileSync(file(0, 'metadata.json'), file(n, 'metadata.json'))
      writeFileSync(file(n, 'object'), `{"n":${n}}`)
    }
  })

  after(async () => {
    server.kill()
    await once(server, 'exit')
    rmSync(directory, { recursive: true })
  })

  const none = join(tmpdir(), 'no-folder-of-buckets')

  describe('with credentials', () => {
    environment(() => ({
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: keys.accessKeyId,
      AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
      S3_REGION: 'us-east-1',
    }))

    it('is loaded, more than a page of its listing too', async () => {
      const sql = `'s3://songs/many/' iam_role default json 's3://songs/paths.json'`
      const { lines, files } = await copy(none, sql, ['n integer'])
      expect(files).to.have.length(1100)
      expect(new Set(lines).size).to.equal(1100)
      expect(lines.slice(0, 4)).to.deep.equal(['0', '1', '10', '100'])
    })

    it('is streamed where an object is large, and left when told to', async () => {
      const sql = `'s3://songs/large/' ${auto} region 'us-east-1'`
      expect((await copy(none, sql, ['id integer'])).rows).to.equal(300_000)
      const stop = new AbortController()
      const onProgress = () => stop.abort(new Error('stopped'))
      const stopped = copy(none, sql, ['id integer'], { signal: stop.signal, onProgress })
      expect((await failure(stopped)).message).to.equal('stopped')
    })

    it('may be missing, or have no such objects', async () => {
      expect((await failure(copy(none, `'s3://none/x' ${auto}`, ['id integer']))).message).to.match(
        /^S3ServiceException:The specified bucket does not exist,Status 404,Error NoSuchBucket/,
      )
      expect(
        (await failure(copy(none, `'s3://songs/x' ${auto}`, ['id integer']))).message,
      ).to.equal(`The specified S3 prefix 'x' does not exist`)
    })

    it('is read with the keys of the COPY where it has some', async () => {
      const unknown = "access_key_id 'UNKNOWN' secret_access_key 'S3RVER' json 'auto'"
      const { message } = await failure(
        copy(none, `'s3://songs/large/' ${unknown}`, ['id integer']),
      )
      expect(message).to.match(/^S3ServiceException:.*,Status 403,Error InvalidAccessKeyId/)
    })
  })

  describe('that cannot be had', () => {
    let refusing: Server
    before(async () => {
      refusing = createServer((_request, response) => {
        response.writeHead(403, { 'x-amz-request-id': 'R1' })
        response.end('<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>')
      }).listen(0, '127.0.0.1')
      await once(refusing, 'listening')
    })
    after(() => refusing.close())

    const port = () => (refusing.address() as AddressInfo).port

    describe('by its policy', () => {
      environment(() => ({
        AWS_ENDPOINT_URL: `http://127.0.0.1:${port()}`,
        AWS_ACCESS_KEY_ID: 'ID',
        AWS_SECRET_ACCESS_KEY: 'S3CRET',
        AWS_REGION: 'us-east-1',
      }))

      it('is told in the words of Redshift', async () => {
        expect((await failure(copy(none, `'s3://b/k' ${auto}`, ['id integer']))).message).to.equal(
          'S3ServiceException:Access Denied,Status 403,Error AccessDenied,Rid R1',
        )
      })
    })

    describe('because nothing answers', () => {
      environment(() => ({
        AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
        AWS_ACCESS_KEY_ID: 'ID',
        AWS_SECRET_ACCESS_KEY: 'S3CRET',
        AWS_REGION: 'us-east-1',
        AWS_MAX_ATTEMPTS: '1',
      }))

      it('is told by the name of the bucket', async () => {
        expect((await failure(copy(none, `'s3://b/k' ${auto}`, ['id integer']))).message).to.equal(
          'Amazon S3 cannot be reached for bucket "b": ECONNREFUSED',
        )
      })
    })

    describe('for want of credentials', () => {
      environment(() => ({
        AWS_ENDPOINT_URL: `http://127.0.0.1:${port()}`,
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
        AWS_PROFILE: undefined,
        AWS_SHARED_CREDENTIALS_FILE: join(none, 'credentials'),
        AWS_CONFIG_FILE: join(none, 'config'),
        AWS_EC2_METADATA_DISABLED: 'true',
        AWS_REGION: 'us-east-1',
      }))

      it('is told with the folder that was looked for', async () => {
        const { message } = await failure(copy(none, `'s3://b/k' ${auto}`, ['id integer']))
        expect(message)
          .to.contain(none)
          .and.to.match(/no AWS credentials/)
      })
    })
  })
})
