import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3'

/** The only keys that the server of S3 takes. */
export const s3Credentials = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' }

/** A server of S3 with buckets of its own, in a folder. */
export class S3Server {
  private constructor(
    private readonly server: ChildProcess,
    readonly url: string,
    private readonly client: S3Client,
  ) {}

  static async start(folder: string): Promise<S3Server> {
    const script = require.resolve('s3rver/bin/s3rver.js')
    const words = ['-s', '-d', folder, '-a', '127.0.0.1', '-p', '0']
    const server = spawn(
      process.execPath,
      ['--openssl-legacy-provider', '--no-deprecation', script, ...words],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const endpoint = await endpointOf(server)
    const credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' }
    return new S3Server(
      server,
      endpoint,
      new S3Client({ endpoint, region: 'us-west-2', credentials }),
    )
  }

  async makeBucket(Bucket: string): Promise<void> {
    await this.client.send(new CreateBucketCommand({ Bucket }))
  }

  /** Puts all files of a folder into a bucket. */
  async put(Bucket: string, folder: string): Promise<void> {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    const files = entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
    await Promise.all(
      files.map((file) => {
        const object = { Key: relative(folder, file), Body: readFileSync(file) }
        return this.client.send(new PutObjectCommand({ Bucket, ...object }))
      }),
    )
  }

  async close(): Promise<void> {
    this.client.destroy()
    this.server.kill()
    await once(this.server, 'exit')
  }
}

async function endpointOf(server: ChildProcess): Promise<string> {
  let told = ''
  for await (const chunk of server.stdout!.iterator({ destroyOnReturn: false })) {
    told += String(chunk)
    const port = /listening on \S+:(\d+)/.exec(told)?.[1]
    if (port) return `http://127.0.0.1:${port}`
  }
  throw new Error(`The server of S3 ended: ${told}`)
}
